"""Merging is a link: undoing it restores the exact state before."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maplebridge.incidents.api import merge_incidents, triage_incident, undo_merge
from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.incidents.tests import given as rows
from maplebridge.kernel.errors import MapleError, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    rows.city()


def snapshot() -> dict[str, dict[str, object]]:
    """Every incident as it stands; when it last moved is history, not state."""
    return {
        i.code: {k: v for k, v in model_to_dict(i).items() if k != "changed_at"}
        for i in Incident.objects.all()
    }


def test_a_duplicate_keeps_its_code_and_words_and_comes_back_as_it_was() -> None:
    master, duplicate = rows.report().code, rows.report().code
    triage_incident(duplicate, rows.TRIAGE, actor=rows.desk())
    before = snapshot()
    merge_incidents(master, duplicate, actor=rows.desk())
    assert Incident.objects.get(code=duplicate).state == "merged"
    undo_merge(duplicate, actor=rows.desk())
    assert snapshot() == before
    assert MergeLink.objects.get().undone_at is not None


def test_no_rings_no_chains_no_self() -> None:
    a, b, c = (rows.report().code for _ in range(3))
    desk = rows.desk()
    with pytest.raises(Refused):
        merge_incidents(a, a, actor=desk)
    merge_incidents(a, b, actor=desk)
    with pytest.raises(Refused):
        merge_incidents(b, c, actor=desk)  # b is itself a duplicate
    with pytest.raises(Refused):
        merge_incidents(c, a, actor=desk)  # others follow a
    with pytest.raises(Refused):
        undo_merge(c, actor=desk)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_any_sequence_of_merges_undone_in_any_order_restores_everything(
    steps: list[tuple[bool, int, int]],
) -> None:
    codes = [rows.report().code for _ in range(4)]
    desk, before = rows.desk(), snapshot()
    for merge, a, b in steps:
        try:
            if merge:
                merge_incidents(codes[a], codes[b], actor=desk)
            else:
                undo_merge(codes[b], actor=desk)
        except MapleError:
            continue
    for link in MergeLink.objects.filter(undone_at=None, duplicate__code__in=codes):
        undo_merge(link.duplicate.code, actor=desk)
    assert snapshot() == before
