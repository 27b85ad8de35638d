"""A lasting connection is asked whether it lives once a second, and after every error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


class Watched(DatabaseWrapper):
    """The engine, which counts how often it asked."""

    asked = 0

    def is_usable(self) -> bool:
        self.asked += 1
        return super().is_usable()


@pytest.fixture
def watched() -> Iterator[Watched]:
    if not capabilities().writable_ctes:
        pytest.skip("one writer at a time: a file always answers, and nobody has to ask it")
    found = Watched(connection.settings_dict, alias="watched")
    request(found)
    found.answered_at -= 5  # some seconds ago
    found.asked = 0
    yield found
    found.close()


def request(wrapper: Watched) -> None:
    """What Django does around a request, with one query in it."""
    wrapper.close_if_unusable_or_obsolete()
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 1")
    wrapper.close_if_unusable_or_obsolete()


def test_a_hundred_requests_in_a_moment_ask_once(watched: Watched) -> None:
    for _ in range(100):
        request(watched)
    assert watched.asked == 1


def test_being_used_does_not_renew_the_trust(watched: Watched) -> None:
    for _ in range(5):
        request(watched)
        watched.answered_at -= 0.6
    assert watched.asked == 3


def test_after_an_error_it_is_asked_at_once(watched: Watched) -> None:
    request(watched)
    watched.errors_occurred = True
    request(watched)
    assert watched.asked == 2


def test_a_connection_the_server_ended_is_replaced(watched: Watched) -> None:
    request(watched)
    with watched.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    with connection.cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
    watched.answered_at -= 5
    request(watched)
    assert watched.asked >= 2
