"""Who may listen to what, and how much is said there."""

from __future__ import annotations

import dataclasses

import pytest
from pytest_django.fixtures import Settings

from maplebridge.kernel import numbers
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.testing import BAO, CHEN, LIN
from maplebridge.live.frames import frame_of
from maplebridge.live.policies import Watch, may_listen, parse_topics, watch
from maplebridge.live.tests.listening import entry


def person(role: str, **more: int) -> Actor:
    return Actor(kind=ActorKind.PERSON, role=role, post_id=1, account_id=1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("actor", "topic", "allowed"),
    [
        (LIN, "desk", True),
        (BAO, "desk", True),
        (CHEN, "desk", False),
        (person("leader"), "desk", False),
        (person("volunteer", volunteer_id=7), "desk", False),
        (person("leader"), "wall", True),
        (LIN, "wall", True),
        (CHEN, "wall", False),
        (person("volunteer", volunteer_id=7), "wall", False),
        (person("volunteer", volunteer_id=7), "field", True),
        (person("agency_clerk"), "field", False),
        (CHEN, "field", False),
        (person("volunteer", volunteer_id=7), "volunteer:7", True),
        (person("volunteer", volunteer_id=7), "volunteer:8", False),
        (person("sentinel", sentinel_id=4), "sentinel:4", True),
        (person("sentinel", sentinel_id=4), "sentinel:5", False),
        (LIN, "volunteer:7", False),
        (CHEN, "volunteer:7", False),
        (person("police_officer", unit_id=3), "unit:3", True),
        (person("police_officer", unit_id=3), "unit:4", False),
        (person("sys_admin"), "desk", False),
        (person("auditor"), "wall", False),
    ],
)
def test_who_may_listen(actor: Actor, topic: str, allowed: bool) -> None:
    verdict = may_listen(actor, parse_topics([topic])[0])
    assert bool(verdict) is allowed
    assert verdict.reason


def test_a_resident_dressed_up_as_a_role_stays_a_resident() -> None:
    fake = Actor(kind=ActorKind.RESIDENT, role="dispatcher")
    assert not may_listen(fake, parse_topics(["desk"])[0])


def test_whoever_has_the_code_follows_their_matter() -> None:
    code = numbers.new_code()
    heard, verdict = watch(CHEN, parse_topics([f"follow:{numbers.spaced(code).lower()}"]))
    assert verdict
    assert heard == Watch(bare=frozenset({f"follow:{code}"}))


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["everything"],
        ["follow:123"],
        ["follow:"],
        ["volunteer:"],
        ["volunteer:x"],
        ["desk\n"],
        ["unit:-1"],
        [f"volunteer:{n}" for n in range(13)],
    ],
)
def test_what_is_no_topic_is_refused(texts: list[str]) -> None:
    with pytest.raises(BadInput):
        parse_topics(texts)


def test_the_wall_is_public_in_the_demo(settings: Settings) -> None:
    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo")
    assert may_listen(CHEN, parse_topics(["wall"])[0])


def test_one_refused_topic_refuses_the_stream() -> None:
    heard, verdict = watch(BAO, parse_topics(["desk", "volunteer:1"]))
    assert not verdict
    assert heard == Watch()


def test_codes_reach_only_the_command_centre_and_the_person_concerned() -> None:
    """A code opens a matter, so nobody else may read one off a stream."""
    said = frame_of(entry(4, "desk", "wall", "field", "volunteer:7"))
    heard = {
        "lin": watch(LIN, parse_topics(["desk", "wall"]))[0],
        "bao": watch(BAO, parse_topics(["desk", "field"]))[0],
        "leader": watch(person("leader"), parse_topics(["wall"]))[0],
        "own": watch(person("volunteer", volunteer_id=7), parse_topics(["volunteer:7"]))[0],
    }
    told = {who: b'"C4"' in said.for_watch(watched) for who, watched in heard.items()}
    assert told == {"lin": True, "bao": False, "leader": False, "own": True}
    assert all(said.for_watch(watched) for watched in heard.values())


def test_a_frame_is_what_the_contract_says() -> None:
    said = frame_of(entry(4, "desk"))
    assert said.full == (
        b"id: 0-4\nevent: incidents.report_received\n"
        b'data: {"kind":"incidents.report_received","at":"2026-07-14T01:30:00.000+00:00",'
        b'"incident_id":4,"code":"C4"}\n\n'
    )
    assert said.for_watch(Watch(full=frozenset({"wall"}))) == b""
