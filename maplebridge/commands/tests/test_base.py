"""What every command shares: a refusal of the database is a sentence with a code."""

from __future__ import annotations

import pytest
from django.db import DataError, OperationalError

from maplebridge.commands.base import Failure, with_rooms


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("gone"), "command.database"),
        (DataError("value too long for type character varying(60)"), "command.data"),
    ],
)
def test_a_refusal_of_the_database_is_a_failure(error: Exception, code: str) -> None:
    @with_rooms
    def command() -> None:
        raise error

    with pytest.raises(Failure) as said:
        command()
    assert said.value.code == code
    assert str(error) in said.value.message
