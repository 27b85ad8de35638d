"""The duty officer: judge, send, advise, report, close, send on."""

from __future__ import annotations

from maplebridge.dispatch import api as dispatch
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import SceneReportIn, Triage
from maplebridge.orders import api as orders
from maplebridge.twin.city.kinds import KINDS
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.plan.desk import NEIGHBOURLY
from maplebridge.twin.living.records import Act
from maplebridge.twin.living.words import after
from maplebridge.twin.queries.matters import Case, case, order_case

BY_KEY = {kind.key: kind for kind in KINDS}
NUISANCE = "nuisance"
MEDIATED = frozenset({"neighbour", "property_mgmt", "business", "damage", "consumer", "lease"})
ASKS_NEIGHBOURS = 0.85
NOTHING_FOUND = 0.05


def judge(act: Act, scene: Scene) -> None:
    held = case(act.on)
    if held.kind.startswith(NUISANCE):
        first, second = scene.cast.two_at_the_desk()
        for actor in (first, second):
            incidents.mark_invalid(held.code, reason="无具体事由，回拨确认为误扰。", actor=actor)
        return
    actor = scene.cast.desk(held.category)
    if (master := _same_event(held)) is not None:
        incidents.merge_incidents(master, held.code, actor=actor)
        return
    incidents.triage_incident(held.code, decided(held), actor=actor)


def decided(held: Case) -> Triage:
    """As an officer decides who has read it: what it truly is, else what is suggested."""
    if held.judged:  # raised or reopened: the kind stays, how urgent it is may have changed
        return Triage(
            held.category, _urgent(held.urgency or "P3", held.floor), held.police or "mixed",
            held.subtype, held.lead, held.co,
        )  # fmt: skip
    kind = BY_KEY.get(held.kind)
    if kind is not None:
        return Triage(
            kind.category, _urgent(kind.urgency, held.floor), kind.police, kind.subtype,
            kind.lead, kind.co,
        )  # fmt: skip
    said = held.suggested
    category = str(said.get("category") or "other")
    return Triage(
        category if category != NUISANCE else "other",
        _urgent(str(said.get("urgency") or held.queue_urgency), held.floor),
        str(said.get("police_label") or "mixed"),
        str(said.get("subtype") or ""),
        str(said.get("lead_agency") or "STATION"),
        tuple(said.get("co_agencies") or ()),
    )


def _urgent(*known: str) -> str:
    return min(filter(None, known))


def _same_event(held: Case) -> str | None:
    """The matter this one repeats, when the brain is sure of it and nobody judged it before."""
    found = held.suggested.get("duplicate")
    if held.judged or not held.kind or not isinstance(found, list):
        return None
    for match in found:
        if float(match.get("score", 0)) < 0.8:
            continue
        other = incidents.brief_by_code(match["code"])
        if other.state in incidents.OPEN and other.id < held.id:
            return other.code
    return None


def send(act: Act, scene: Scene) -> None:
    """The unit that is there first, and neighbours where they may help."""
    held = case(act.on)
    proposal = dispatch.propose(act.on)
    neighbours = proposal.can_call_volunteers and scene.dice.yes(
        ASKS_NEIGHBOURS, "neighbours", act.on
    )
    alone = held.kind in NEIGHBOURLY and held.police == "non_police" and neighbours
    chosen = [unit.pk for unit in proposal.police if unit.first_choice][:2]
    chosen = chosen or [unit.pk for unit in proposal.police[:1]]
    units = [] if alone else chosen
    if not units and not neighbours:
        advise(act, scene)
        return
    actor = scene.cast.one("duty_chief", "dispatcher")
    dispatch.send(act.on, unit_ids=units, volunteers=neighbours, actor=actor)


def advise(act: Act, scene: Scene) -> None:
    held = case(act.on)
    words = scene.dice.pick(after.ADVICE, "advice", act.on)
    form = SceneReportIn(outcome="advised", measures=words, answer=words)
    incidents.file_scene_report(held.code, form, actor=scene.cast.desk(held.category))


def report(act: Act, scene: Scene) -> None:
    """An officer who is there; for what no officer went to, the desk."""
    held = case(act.on)
    if held.category == "complaint_on_police":
        actor = scene.cast.desk(held.category)
    elif held.station is None:
        actor = scene.cast.desk()
    else:
        actor = scene.cast.officer(act.on, held.station)
    incidents.file_scene_report(held.code, _written(held, scene), actor=actor)


def _written(held: Case, scene: Scene) -> SceneReportIn:
    dice = scene.dice
    if dice.yes(NOTHING_FOUND, "nothing", held.id):
        outcome, measures = "no_trace", after.MEASURES[""][1]
    else:
        measures = dice.pick(
            after.MEASURES.get(held.category, after.MEASURES[""]), "measures", held.id
        )
        outcome = {"criminal": "filed", "dispute": "resolved"}.get(held.category, "resolved")
        if held.category == "dispute" and held.subtype in MEDIATED:
            outcome = "mediated"
    answer = dice.pick(after.TO_RESIDENT, "answer", held.id).format(what=measures)
    return SceneReportIn(outcome=outcome, measures=measures, answer=answer)


def close(act: Act, scene: Scene) -> None:
    held = case(act.on)
    incidents.close_incident(held.code, actor=scene.cast.desk(held.category))


def reissue(act: Act, scene: Scene) -> None:
    """To the agency that was named, unless it is at work on this matter already."""
    held = order_case(act.on)
    to = held.names if held.names and held.names not in held.others else held.agency
    orders.reissue_order(act.on, to, actor=scene.cast.desk(held.category))
