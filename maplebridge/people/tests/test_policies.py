"""The matrix of roles and actions, and that no screen can get past it."""

from __future__ import annotations

import pytest

from maplebridge.kernel.actor import SYSTEM, Actor, ActorKind
from maplebridge.kernel.testing import BAO, CHEN, LIN
from maplebridge.people import api
from maplebridge.people.roles import Role
from maplebridge.places.policies import GRID_KEEPERS


def holding(role: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, role=role, post_id=1)


@pytest.mark.parametrize(
    ("actor", "action", "allowed"),
    [
        (LIN, "incident.triage", True),
        (LIN, "incident.dispatch", True),
        (LIN, "incident.read_contact", True),
        (BAO, "incident.receive", True),
        (BAO, "incident.triage", False),
        (BAO, "incident.read_contact", False),
        (CHEN, "incident.receive", True),
        (CHEN, "incident.read", False),
        (CHEN, "wall.see", False),
        (holding("call_taker"), "incident.dispatch", False),
        (holding("police_officer"), "dispatch.take_over", True),
        (holding("auxiliary_officer"), "dispatch.take_over", False),
        (holding("volunteer"), "dispatch.accept", True),
        (holding("volunteer"), "dispatch.take_over", False),
        (holding("sentinel"), "alarm.raise", True),
        (holding("leader"), "wall.see", True),
        (holding("leader"), "incident.read", False),
        (holding("leader"), "figures.read", True),
        (holding("auditor"), "journal.read", True),
        (holding("auditor"), "incident.read", False),
        (holding("team_captain"), "team.manage", True),
        (holding("agency_clerk"), "order.answer", True),
    ],
)
def test_what_a_role_may(actor: Actor, action: str, allowed: bool) -> None:
    verdict = api.role_may(actor, action)
    assert verdict.allowed is allowed
    assert action in verdict.reason


def test_every_role_named_in_the_matrix_exists() -> None:
    named = set().union(*api.MATRIX.values())
    assert named <= {*Role.values, "resident"}


@pytest.mark.parametrize("role", ["sys_admin", "sec_admin", "audit_admin", "leader", "evaluator"])
def test_who_runs_or_watches_the_system_reads_no_case(role: str) -> None:
    content = {"incident.read", "incident.read_contact", "incident.triage", "order.answer"}
    assert not {a for a in content if api.role_may(holding(role), a).allowed}


def test_helpers_neither_see_contacts_nor_decide() -> None:
    deciding = {
        "incident.triage", "incident.merge", "incident.close", "incident.dispatch",
        "incident.read_contact", "dispatch.take_over", "grid.change", "import.run",
    }  # fmt: skip
    for role in ("volunteer", "team_captain", "sentinel", "sentinel_leader", "social_org_member"):
        assert not {a for a in deciding if api.role_may(holding(role), a).allowed}


def test_the_system_may_and_says_so() -> None:
    assert api.role_may(SYSTEM("test"), "incident.triage").reason == "system"


def test_an_unknown_action_is_a_mistake_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        api.role_may(LIN, "incident.delete")


def test_places_and_people_agree_on_who_draws_grids() -> None:
    assert api.MATRIX["grid.change"] == GRID_KEEPERS


def test_no_table_of_people_has_a_field_for_what_must_not_be_known() -> None:
    from django.apps import apps

    forbidden = (
        "ethnic",
        "nation",
        "party_member",
        "religion",
        "belief",
        "origin",
        "score",
        "face",
    )
    names = [
        f"{model.__name__}.{field.name}"
        for label in ("people", "places")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if any(word in field.name for word in forbidden)
    ]
    assert names == []
