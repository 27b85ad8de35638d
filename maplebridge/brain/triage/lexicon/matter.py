"""A matter: one kind of thing people report, and the words that speak for it."""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.brain.triage.records import Category, Urgency


@dataclass(frozen=True, slots=True)
class Matter:
    """One subtype. ``cues`` has one cue per line, weight first; 3 = typical, 5 = hardly else."""

    subtype: str
    category: Category
    urgency: Urgency  # usual urgency when nothing in the words raises it
    cues: str
    joint: bool = False  # several bodies usually have a duty and one answer is due
    unsafe: bool = False  # contact with the reporter is confidential or unsafe by its kind
    lasting: bool = False  # lasts until it is over: last week's missing child is still missing
    physical: bool = False  # bodily danger: in doubt it outranks a matter of paper

    @property
    def key(self) -> str:
        """Unique name of the matter."""
        return f"{self.category}/{self.subtype}"
