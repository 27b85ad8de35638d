"""Words and shapes the frame shares: urgency, role seals, how sure a suggestion is.

Colour never speaks alone: each urgency has a shape and a word, each role a seal of one
character (in English the role's initial).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Urgency:
    rank: int  # 1 is the most urgent; also the number of the shape
    word: Sentence


URGENCIES: dict[str, Urgency] = {
    "P1": Urgency(1, _("Critical")),
    "P2": Urgency(2, _("Urgent")),
    "P3": Urgency(3, _("Routine")),
    "P4": Urgency(4, _("Can be planned")),
}

SEALS: dict[str, Sentence] = {
    "police_officer": pgettext_lazy("seal of a police officer", "P"),
    "auxiliary_officer": pgettext_lazy("seal of an auxiliary officer", "A"),
    "police_assistant": pgettext_lazy("seal of a police assistant", "A"),
    "grid_worker": pgettext_lazy("seal of a grid worker", "G"),
    "urban_enforcement": pgettext_lazy("seal of urban enforcement", "E"),
    "market_supervisor": pgettext_lazy("seal of market supervision", "M"),
    "social_org_member": pgettext_lazy("seal of a social organisation", "S"),
    "agency_clerk": pgettext_lazy("seal of an agency clerk", "A"),
    "call_taker": pgettext_lazy("seal of a call taker", "C"),
    "dispatcher": pgettext_lazy("seal of a dispatcher", "D"),
    "duty_chief": pgettext_lazy("seal of a duty chief", "D"),
    "mediator": pgettext_lazy("seal of a mediator", "M"),
    "station_chief": pgettext_lazy("seal of a station chief", "C"),
    "volunteer": pgettext_lazy("seal of a volunteer", "V"),
    "team_captain": pgettext_lazy("seal of a team captain", "T"),
    "sentinel": pgettext_lazy("seal of a sentinel", "S"),
    "sentinel_leader": pgettext_lazy("seal of a sentinel leader", "S"),
    "resident": pgettext_lazy("seal of a resident", "R"),
    "operator": pgettext_lazy("seal of a shop operator", "O"),
    "auditor": pgettext_lazy("seal of an auditor", "A"),
    "privacy_officer": pgettext_lazy("seal of a privacy officer", "P"),
    "inspectorate": pgettext_lazy("seal of the police inspectorate", "I"),
    "evaluator": pgettext_lazy("seal of an evaluator", "E"),
    "sys_admin": pgettext_lazy("seal of the system administrator", "S"),
    "sec_admin": pgettext_lazy("seal of the security administrator", "S"),
    "audit_admin": pgettext_lazy("seal of the audit administrator", "A"),
    "leader": pgettext_lazy("seal of a leader", "L"),
    "system": pgettext_lazy("seal of the system", "S"),
}


def urgency(value: object) -> Urgency | None:
    """By code "P1" … "P4" (or a choice whose value is one); None when not decided yet."""
    return URGENCIES.get(str(getattr(value, "value", value) or ""))


def seal(role: object) -> Sentence:
    code = str(role).partition(":")[0]
    return SEALS.get(code, code[:1].upper())


def sureness(confidence: float) -> tuple[int, Sentence]:
    """How many of five blocks, and the word. Below 0.6 the system admits that it is not sure."""
    blocks = max(0, min(5, round(confidence * 5)))
    if confidence >= 0.85:
        return blocks, _("very sure")
    if confidence >= 0.6:
        return blocks, _("fairly sure")
    return blocks, _("not sure")
