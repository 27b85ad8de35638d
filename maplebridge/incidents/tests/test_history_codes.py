"""Past matters get codes that nobody has, however unlucky the draw."""

from __future__ import annotations

import itertools

import pytest

from maplebridge.incidents.actions.history import fresh_codes
from maplebridge.incidents.tests import given

pytestmark = pytest.mark.django_db


def test_a_code_that_is_taken_and_one_drawn_twice_are_drawn_anew() -> None:
    given.city()
    taken = given.report().code
    draws = iter(["AAA", taken, "AAA", "BBB", taken, "CCC"])
    assert sorted(fresh_codes(3, lambda: next(draws))) == ["AAA", "BBB", "CCC"]


def test_thousands_are_all_different() -> None:
    codes = fresh_codes(3_000)
    assert len(set(codes)) == 3_000
    assert all(len(code) == 9 for code in itertools.islice(codes, 20))
