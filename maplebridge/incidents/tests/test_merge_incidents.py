"""Merging is a link: undoing it restores the exact state before."""

from __future__ import annotations

from random import Random

import pytest
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maplebridge.incidents.api import (
    ContactIn,
    file_scene_report,
    merge_incidents,
    reopen_incident,
    triage_incident,
    undo_merge,
)
from maplebridge.incidents.models import (
    Contact,
    Incident,
    InvalidMark,
    MergeLink,
    Report,
    Suggestion,
    Supplement,
    TriageDecision,
)
from maplebridge.incidents.tests import given as rows
from maplebridge.incidents.tests.factories import REPORTED_BACK
from maplebridge.kernel.errors import MapleError, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    rows.city()


ROWS = (Report, Contact, Supplement, Suggestion, TriageDecision, InvalidMark)
Stands = dict[tuple[str, int], dict[str, object]]


def snapshot(*codes: str, without: tuple[str, ...] = ()) -> Stands:
    """Every row of these matters as it stands; when one last moved is history, not state."""
    matters = Incident.objects.filter(code__in=codes)
    told = [model._default_manager.filter(incident__in=matters) for model in ROWS]
    return {
        (type(row).__name__, row.pk): {
            k: v for k, v in model_to_dict(row).items() if k not in ("changed_at", *without)
        }
        for row in [*matters, *(row for found in told for row in found)]
    }


def test_a_duplicate_keeps_its_code_and_words_and_comes_back_as_it_was() -> None:
    master, duplicate = rows.report().code, rows.report().code
    triage_incident(duplicate, rows.TRIAGE, actor=rows.desk())
    before = snapshot(master, duplicate)
    merge_incidents(master, duplicate, actor=rows.desk())
    assert Incident.objects.get(code=duplicate).state == "merged"
    undo_merge(duplicate, actor=rows.desk())
    assert snapshot(master, duplicate) == before
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


TOLD = ("P1", "P2", "P3", "P4", "", "again")  # decided so, not decided, or open again


def matter(told: str) -> str:
    """A matter with a contact, decided or not."""
    code = rows.report(contact=ContactIn("陈", "13800000001")).code
    if told == "again":
        triage_incident(code, rows.triage(urgency="P3"), actor=rows.desk())
        file_scene_report(code, REPORTED_BACK, actor=rows.desk())
        reopen_incident(code, reason="又响了", actor=rows.desk())
    elif told:
        triage_incident(code, rows.triage(urgency=told), actor=rows.desk())
    return code


def follows(codes: list[str]) -> frozenset[tuple[str, str]]:
    links = MergeLink.objects.filter(undone_at=None, duplicate__code__in=codes)
    return frozenset(links.values_list("master__code", "duplicate__code"))


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=12)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.sampled_from(TOLD), min_size=5, max_size=5), STEPS, st.randoms())
def test_any_sequence_of_merges_undone_in_any_order_restores_everything(
    told: list[str], steps: list[tuple[bool, int, int]], chance: Random
) -> None:
    """Where matters stand depends on what follows what, and on nothing that was undone."""
    codes = [matter(urgency) for urgency in told]
    desk, before = rows.desk(), snapshot(*codes)
    seen = {follows(codes): snapshot(*codes, without=("raised_at",))}
    for merge, a, b in steps:
        try:
            if merge:
                merge_incidents(codes[a], codes[b], actor=desk)
            else:
                undo_merge(codes[b], actor=desk)
        except MapleError:
            continue
        now_follow, stands = follows(codes), snapshot(*codes, without=("raised_at",))
        assert seen.setdefault(now_follow, stands) == stands
    left = list(follows(codes))
    chance.shuffle(left)
    for _master, duplicate in left:
        undo_merge(duplicate, actor=desk)
    assert snapshot(*codes) == before
