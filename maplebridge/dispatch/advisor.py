"""Rows → the brain's records → a proposal: who could go, why, and who is left out.

The only caller of the brain in this room. It decides nothing: the desk sends, and what was
proposed at that moment is kept with the call.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maplebridge.brain.assignment import COUNTED, REASONS, offer_plan, rank
from maplebridge.brain.assignment.pre_handling import (
    ACT_SENTENCES,
    BLOCK_SENTENCES,
    Allowed,
    Blocked,
    Words,
    hard_block,
    judge_sentinels,
    judge_volunteers,
)
from maplebridge.brain.assignment.records import (
    Mode,
    OrderNeed,
    Pick,
    Ranking,
    Reason,
    Rejected,
    TierLimit,
    Unit,
    UnitKind,
)
from maplebridge.brain.geometry import LonLat, metres_between
from maplebridge.brain.triage import Gazetteer, suggest
from maplebridge.brain.triage.records import ReportFacts
from maplebridge.dispatch.keys import UNIT_KEY
from maplebridge.dispatch.records import Acts, Heard, LeftOut, Phase, Proposal, Ranked
from maplebridge.dispatch.weeks import loads
from maplebridge.incidents.api import IncidentBrief
from maplebridge.people import api as people
from maplebridge.places import api as places
from maplebridge.teams import api as teams

Names = Callable[[Collection[str]], Mapping[str, str]]
Week = Mapping[str, teams.Load]
POLICE_UNITS = frozenset({"patrol", "traffic"})  # the others belong to their own bodies
CIVILIANS = frozenset({UnitKind.VOLUNTEER, UnitKind.SENTINEL})
CREWS = frozenset({UnitKind.POLICE, UnitKind.AGENCY})
_ranking = threading.Lock()  # the street network keeps its last searches and is not thread-safe
# How many are asked at once; more where minutes decide.
ASKED_AT_ONCE = {"P1": 6, "P2": 4}
ASKED_AT_ONCE_OTHERWISE = 3
SENTINEL_REACH_M = 600.0  # a guard leaves the premises only for what is next door
SIGNED = frozenset({"pick.acceptance"})  # a crew is ordered and not asked
UNJUDGED = "no_category"  # nobody has decided what it is
NOT_LISTED = "not_on_white_list"  # a person screens it; it endangers nobody who is on the way
NAMED = 12  # left out by name on the page; the rest is counted
# What a crew must be able to do; the nearest one that can is ticked beside the nearest police.
CREW_SKILLS: Mapping[str, str] = {
    "fire_rescue": "fire_fighting",
    "urgent_help/medical_emergency": "medical",
    "urgent_help/drowning": "medical",
    "traffic/collision_injury": "medical",
}
POLICE_SKILL = "police_power"
# Certified skills without which a matter is not offered; nothing else is assumed.
NEEDED_SKILLS: Mapping[str, frozenset[str]] = {
    "urgent_help/medical_emergency": frozenset({"first_aid"}),
    "urgent_help/drowning": frozenset({"water_rescue"}),
}


def order_type(brief: IncidentBrief) -> str:
    return f"{brief.category}/{brief.subtype}" if brief.subtype else brief.category


def acts() -> Acts:
    """Both lists in the active language, as they stand before the yes."""
    allowed = Allowed()
    return Acts(
        may=tuple(_sentence(ACT_SENTENCES[code]) for code in allowed.allowed_acts),
        may_not=tuple(_sentence(ACT_SENTENCES[code]) for code in allowed.forbidden_acts),
    )


def blocked_words(code: str) -> str:
    own = {
        "no_place": _("The place is not known yet; helpers can not be ranked."),
        UNJUDGED: _("First decide what kind of matter it is."),
        "brain_off": _("Suggestions are switched off; send a unit by hand."),
        "nobody": _("Nobody who could go is free."),
    }
    return own.get(code) or (_sentence(BLOCK_SENTENCES[code]) if code in BLOCK_SENTENCES else code)


def propose(
    brief: IncidentBrief, said: Heard, week: Week, at: datetime, names: Names, *, screened: bool
) -> Proposal:
    """Police units and helpers ranked for an incident as it stands now."""
    crews = crew_units(at, week)
    if not settings.MAPLEBRIDGE.brain:
        return _unranked(brief, at, crews, "brain_off", names)
    if brief.lon is None or brief.lat is None:
        return _unranked(brief, at, crews, "no_place", names)
    need = order_need(brief, said, at, screened=screened)
    civilians = teams.responders(at, week)
    travel = places.street_graph()
    with _ranking:
        crew_ranking = rank(_for(need, CREWS, frozenset()), crews, travel)
        ranking = rank(need, civilians, travel)
    plan = offer_plan(
        ranking,
        ASKED_AT_ONCE.get(brief.acting_urgency, ASKED_AT_ONCE_OTHERWISE),
        brief.acting_urgency,
    )
    phases = tuple(Phase(p.number, p.radius_m, p.wait_s, p.unit_ids) for p in plan.phases)
    called = names([*_keys(crew_ranking), *_keys(ranking)])
    able = {unit.unit_id: unit.skills for unit in crews}
    return _proposal(brief, at, need, crew_ranking, ranking, phases, called, able)


def order_need(
    brief: IncidentBrief, said: Heard, at: datetime, *, screened: bool = False
) -> OrderNeed:
    """What the order needs; whether civilians may go is judged from kind, words and secrecy."""
    kind = order_type(brief)
    volunteers, sentinels = (_listed(verdict, screened) for verdict in _judged(brief, said))
    assert brief.lon is not None and brief.lat is not None
    return OrderNeed(
        order_id=brief.code,
        kind=kind,
        point=LonLat(brief.lon, brief.lat),
        urgency=brief.acting_urgency,
        at=at,
        needed_skills=NEEDED_SKILLS.get(kind, frozenset()),
        allowed_kinds=CIVILIANS,
        limits=(TierLimit(UnitKind.SENTINEL, max_metres=SENTINEL_REACH_M),),
        volunteers_allowed=isinstance(volunteers, Allowed),
        sentinels_allowed=isinstance(sentinels, Allowed),
        blocked_reason=volunteers.reason if isinstance(volunteers, Blocked) else None,
    )


def propose_crews(brief: IncidentBrief, week: Week, at: datetime, names: Names) -> Proposal:
    """Units on duty without helpers: by arrival where the place is known, else by name."""
    crews = crew_units(at, week)
    if not settings.MAPLEBRIDGE.brain or brief.lon is None or brief.lat is None:
        return _unranked(brief, at, crews, "no_place", names)
    need = OrderNeed(
        order_id=brief.code, kind=order_type(brief), point=LonLat(brief.lon, brief.lat),
        urgency=brief.acting_urgency, at=at, needed_skills=frozenset(), allowed_kinds=CREWS,
    )  # fmt: skip
    with _ranking:
        ranking = rank(need, crews, places.street_graph())
    nobody = Ranking(brief.code, (), (), {}, 0, ranking.model_version)
    able = {unit.unit_id: unit.skills for unit in crews}
    return _proposal(brief, at, need, ranking, nobody, (), names([*_keys(ranking)]), able)


@dataclass(frozen=True, slots=True)
class Screened:
    """What civilians may do about a matter as it stands now; codes of why not."""

    volunteers: str = ""
    sentinels: str = ""

    def reason(self, key: str) -> str:
        """Why this responder may not be asked; empty when nothing is against it."""
        if key.startswith(f"{teams.VOLUNTEER_KEY}:"):
            return self.volunteers
        return self.sentinels if key.startswith(f"{teams.SENTINEL_KEY}:") else ""

    def danger(self, key: str) -> str:
        """Why whoever is on the way or there has to keep away; what nobody listed is no danger."""
        reason = self.reason(key)
        return "" if reason in (NOT_LISTED, UNJUDGED) else reason

    def reason_for(self, screened_by: int | None, key: str) -> str:
        """The same for a call that a person screened: what is not on the list is no reason."""
        reason = self.reason(key)
        return "" if reason == NOT_LISTED and screened_by is not None else reason


def screen(brief: IncidentBrief, said: Heard) -> Screened:
    """Step 1 of docs/algorithms/dispatch.md, at any moment after the sending too."""
    volunteers, sentinels = _judged(brief, said)
    return Screened(
        volunteers.reason if isinstance(volunteers, Blocked) else "",
        sentinels.reason if isinstance(sentinels, Blocked) else "",
    )


def _listed(verdict: Allowed | Blocked, screened: bool) -> Allowed | Blocked:
    """A person may let helpers go to what is not on the list, and to nothing else."""
    return Allowed() if screened and verdict == Blocked(NOT_LISTED) else verdict


def _judged(brief: IncidentBrief, said: Heard) -> tuple[Allowed | Blocked, Allowed | Blocked]:
    words = _suspected(brief, said)
    if not brief.category:
        # Nobody has judged it: no order is made yet, and only a danger speaks against who is there.
        danger = hard_block("", "", words, confidential=said.confidential)
        nobody = Blocked(danger or UNJUDGED)
        return nobody, nobody
    return (
        judge_volunteers(brief.category, brief.subtype, words, confidential=said.confidential),
        judge_sentinels(brief.category, brief.subtype, words, confidential=said.confidential),
    )


def _suspected(brief: IncidentBrief, said: Heard) -> Words:
    """The brain reads the words again: what was added later may keep civilians away.

    Where the desk or the resident says that contact is unsafe, nobody from the street goes to a
    person; a thing in a public place is no contact.
    """
    hidden = brief.safe_contact == "unsafe" and brief.category not in ("", "social_linkage")
    if not settings.MAPLEBRIDGE.brain:
        return Words(unsafe_contact=hidden)
    answer = suggest(ReportFacts(said.words, said.channel), Gazetteer(()), ())
    category, subtype = answer.category.value, answer.subtype.value
    return Words(
        signals=frozenset(signal.code for signal in answer.safety),
        matter=f"{category}/{subtype}" if category and subtype else "",
        unsafe_contact=hidden or answer.unsafe_contact.value is True,
    )


def _for(need: OrderNeed, kinds: frozenset[UnitKind], skills: frozenset[str]) -> OrderNeed:
    return OrderNeed(
        order_id=need.order_id, kind=need.kind, point=need.point, urgency=need.urgency,
        at=need.at, needed_skills=skills, allowed_kinds=kinds,
    )  # fmt: skip


def crew_units(at: datetime, week: Week) -> list[Unit]:
    """Units on duty now, each with its open orders."""
    found = []
    for unit in people.units_on_duty(at):
        key = teams.unit_key(UNIT_KEY, unit.id)
        load = week.get(key, teams.Load())
        kind = UnitKind.POLICE if unit.kind in POLICE_UNITS else UnitKind.AGENCY
        found.append(
            Unit(
                unit_id=key,
                kind=kind,
                point=LonLat(unit.lon, unit.lat),
                mode=Mode(unit.mode),
                skills=frozenset(unit.skills),
                recent_duties_7d=load.duties_7d,
                open_orders=load.open_orders,
            )
        )
    return found


def still_free(keys: Collection[str], at: datetime) -> frozenset[str]:
    """Of planned helpers, those who can still be asked: hours and orders move on."""
    free = teams.responders(at, loads(at), only=keys)
    return frozenset(unit.unit_id for unit in free if unit.available)


def _proposal(
    brief: IncidentBrief,
    at: datetime,
    need: OrderNeed,
    crew_ranking: Ranking,
    ranking: Ranking,
    phases: tuple[Phase, ...],
    names: Mapping[str, str],
    able: Mapping[str, frozenset[str]],
) -> Proposal:
    helpers = tuple(_ranked(pick, names) for pick in ranking.picks[:NAMED])
    crews = tuple(_ranked(pick, names, skip=SIGNED) for pick in crew_ranking.picks)
    blocked = None
    if not need.volunteers_allowed and not need.sentinels_allowed:
        blocked = need.blocked_reason or "not_on_white_list"
    elif not phases:
        # Sentinels might have gone where volunteers may not, but none is near enough.
        blocked = need.blocked_reason or "nobody"
    out = [*crew_ranking.rejected[:NAMED], *(() if blocked else ranking.rejected[:NAMED])]
    return Proposal(
        incident_id=brief.id,
        code=brief.code,
        at=at,
        police=_with_first_choices(crews, brief, able),
        volunteers=() if blocked else helpers,
        left_out=tuple(_left_out(row, names) for row in out),
        left_out_more=_more(crew_ranking, ranking),
        phases=() if blocked else phases,
        needed_skills=need.needed_skills,
        blocked_reason=blocked,
        blocked_sentence=blocked_words(blocked) if blocked else "",
        model_version=ranking.model_version,
        snapshot=_snapshot(ranking, crew_ranking, phases),
    )


def _with_first_choices(
    crews: Sequence[Ranked], brief: IncidentBrief, able: Mapping[str, frozenset[str]]
) -> tuple[Ranked, ...]:
    """Mark the first in the order that has police power, and the first with the crew's skill."""
    wanted = {POLICE_SKILL}
    for kind in (order_type(brief), brief.category):
        if kind in CREW_SKILLS:
            wanted.add(CREW_SKILLS[kind])
    chosen = {
        next((crew.key for crew in crews if skill in able.get(crew.key, frozenset())), "")
        for skill in wanted
    }
    return tuple(replace(crew, first_choice=crew.key in chosen) for crew in crews)


def _keys(ranking: Ranking) -> Iterable[str]:
    yield from (pick.unit_id for pick in ranking.picks[:NAMED])
    yield from (row.unit_id for row in ranking.rejected[:NAMED])


def _ranked(pick: Pick, names: Mapping[str, str], *, skip: frozenset[str] = frozenset()) -> Ranked:
    return Ranked(
        key=pick.unit_id,
        pk=int(pick.unit_id.partition(":")[2]),
        kind=pick.kind.value,
        label=names.get(pick.unit_id, pick.unit_id),
        rank=pick.rank,
        seconds=pick.expected_seconds,
        metres=pick.distance_m,
        reasons=tuple(reason_words(r.code, r.params) for r in pick.reasons if r.code not in skip),
    )


def _left_out(row: Rejected, names: Mapping[str, str]) -> LeftOut:
    return LeftOut(
        row.unit_id,
        row.kind.value,
        names.get(row.unit_id, row.unit_id),
        tuple(reason_words(r.code, r.params) for r in row.reasons),
    )


def _more(*rankings: Ranking) -> dict[str, int]:
    """Those beyond the named ones, counted by the words of their first reason."""
    found: Counter[str] = Counter()
    for ranking in rankings:
        for row in ranking.rejected[NAMED:]:
            found[_sentence(COUNTED[row.reasons[0].code])] += 1
        for code, n in ranking.rejected_more.items():
            found[_sentence(COUNTED[code])] += n
    return dict(found.most_common())


def _snapshot(
    ranking: Ranking, crew_ranking: Ranking, phases: Sequence[Phase]
) -> dict[str, object]:
    """What is kept with a call: the plan and the picks in it, as codes and figures."""
    planned = {key for phase in phases for key in phase.keys}
    picks = {
        pick.unit_id: {
            "rank": pick.rank,
            "seconds": round(pick.expected_seconds, 1),
            "metres": round(pick.distance_m, 1),
            "reasons": [reason_as_json(r) for r in pick.reasons],
        }
        for pick in [*ranking.picks, *crew_ranking.picks]
        if pick.unit_id in planned or pick.kind in CREWS
    }
    return {
        "model": ranking.model_version,
        "phases": [
            {"number": p.number, "radius_m": p.radius_m, "wait_s": p.wait_s, "keys": list(p.keys)}
            for p in phases
        ],
        "picks": picks,
        "judged": ranking.total + crew_ranking.total,
    }


def reason_as_json(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "params": dict(reason.params)}


def _unranked(
    brief: IncidentBrief, at: datetime, crews: Sequence[Unit], blocked: str, naming: Names
) -> Proposal:
    """Units by name, or by straight distance when a point is known: sending must always work."""
    names = naming([unit.unit_id for unit in crews])
    here = None if brief.lon is None or brief.lat is None else LonLat(brief.lon, brief.lat)

    def order(unit: Unit) -> tuple[bool, int, float, str]:
        away = metres_between(here, unit.point) if here and unit.point else 0.0
        # Without a place nothing is near: police first, for a name decides nothing.
        other = here is None and POLICE_SKILL not in unit.skills
        return other, unit.open_orders, away, names.get(unit.unit_id, "")

    listed = sorted(crews, key=order)
    ranked = tuple(
        Ranked(
            unit.unit_id, int(unit.unit_id.partition(":")[2]), unit.kind.value,
            names.get(unit.unit_id, unit.unit_id), number, None, None, (),
        )
        for number, unit in enumerate(listed, start=1)
    )  # fmt: skip
    return Proposal(
        incident_id=brief.id,
        code=brief.code,
        at=at,
        police=_with_first_choices(ranked, brief, {u.unit_id: u.skills for u in crews}),
        volunteers=(),
        left_out=(),
        left_out_more={},
        phases=(),
        needed_skills=frozenset(),
        blocked_reason=blocked,
        blocked_sentence=blocked_words(blocked),
        model_version="",
        snapshot={},
    )  # fmt: skip


def reason_words(code: str, params: Mapping[str, object]) -> str:
    """A reason of the brain as a sentence in the active language."""
    pair = REASONS.get(code)
    if pair is None:
        return code
    return _sentence(pair).format(**{k: _worded(k, v) for k, v in params.items()})


def _worded(name: str, value: object) -> object:
    """Codes inside a reason become words; figures stay."""
    text = str(value)
    if name == "reason":
        if text in teams.WhyNot.values:
            return teams.WhyNot(text).label
        return _sentence(BLOCK_SENTENCES[text]).rstrip("。.") if text in BLOCK_SENTENCES else text
    if name == "skills":
        return _(", ").join(teams.skill_label(code.strip()) for code in text.split(","))
    return value


def _sentence(pair: tuple[str, str]) -> str:
    """The brain keeps its sentences as (Chinese, English)."""
    return pair[0] if (get_language() or "").startswith("zh") else pair[1]
