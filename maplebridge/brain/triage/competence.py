"""Who is competent: the rule that speaks for a category and subtype, and the default table.

See docs/algorithms/triage.md, step 6. The default table follows the code lists; each city keeps
its own rows and hands them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maplebridge.brain.triage.lexicon.duties import TABLE
from maplebridge.brain.triage.records import Category, CompetenceRule, PoliceLabel

_POLICE, _MIXED, _NON = PoliceLabel.POLICE, PoliceLabel.MIXED, PoliceLabel.NON_POLICE

# Code list 2.3.2, column "police?": the label when no rule says otherwise.
CATEGORY_LABEL: dict[Category, PoliceLabel] = {
    Category.CRIMINAL: _POLICE,
    Category.PUBLIC_ORDER: _POLICE,
    Category.TRAFFIC: _POLICE,
    Category.FIRE_RESCUE: _MIXED,
    Category.URGENT_HELP: _MIXED,
    Category.DISPUTE: _MIXED,
    Category.TIP_OFF: _NON,
    Category.COMPLAINT_ON_POLICE: _POLICE,
    Category.SOCIAL_LINKAGE: _NON,
    Category.COLLECTIVE_PETITION: _MIXED,
    Category.MASS_INCIDENT: _MIXED,
    Category.CONSULTATION: _NON,
    Category.OTHER: _NON,
    Category.NUISANCE: _NON,
}


def find_rule(
    rules: Sequence[CompetenceRule], category: str, subtype: str
) -> CompetenceRule | None:
    """The most specific rule: the longest subtype that covers the asked one, first on a tie."""
    best: CompetenceRule | None = None
    for rule in rules:
        if rule.category != category or not _covers(rule.subtype, subtype):
            continue
        if best is None or len(rule.subtype) > len(best.subtype):
            best = rule
    return best


def _covers(rule_subtype: str, subtype: str) -> bool:
    return not rule_subtype or subtype == rule_subtype or subtype.startswith(rule_subtype + ".")


def _rows() -> Iterator[CompetenceRule]:
    labels = {"p": _POLICE, "m": _MIXED, "n": _NON}
    for line in TABLE.strip().splitlines():
        category, subtypes, lead, co, label, joint = (part.strip() for part in line.split("|"))
        for subtype in subtypes.split():
            name = "" if subtype == "*" else subtype
            yield CompetenceRule(
                rule_id=f"{category}/{subtype}",
                category=category,
                subtype=name,
                lead=lead,
                co=tuple(co.split()),
                police_label=labels[label].value,
                joint=True if joint == "j" else None,
            )


DEFAULT_COMPETENCE: tuple[CompetenceRule, ...] = tuple(_rows())
