"""What the tour says at each stop, and which part of the page it points at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Stop:
    title: Sentence
    says: Sentence  # two sentences; {who}, {k}, {n}, {k0}, {n0}
    button: Sentence  # what the next press does
    spot: str  # selectors of what to look at; the first that is there


STOPS: tuple[Stop, ...] = (
    Stop(
        _("One matter from end to end"),
        _("A resident sees something dangerous and reports it once, without knowing who is"
          " competent. Everything here is invented; one press and we report it for you."),
        pgettext_lazy("tour", "1. Report it for me"),
        "#narrative, .say, #main form",
    ),
    Stop(
        _("Reported once"),
        _("You hold one code and need not know any department. From now on this page tells you"
          " who has it, who is coming and what comes next."),
        pgettext_lazy("tour", "2. Split it to two agencies"),
        "#story",
    ),
    Stop(
        _("One report, two agencies"),
        _("The duty desk judged it once: enforcement leads and the community assists, each with a"
          " clock of its own. The resident still has one code and one page."),
        pgettext_lazy("tour", "3. Call the nearest volunteer"),
        "section:has(> #orders-h), #orders-h, #head",
    ),
    Stop(
        _("A neighbour was there first"),
        _("{who} was asked because it is near, said yes and is there while the police are still on"
          " the way. This is the volunteer's own phone."),
        pgettext_lazy("tour", "4. Hand over and settle"),
        "#handover, #way, #main",
    ),
    Stop(
        _("Handed over and settled"),
        _("The officer took over, both agencies answered, and the resident has the answer. Every"
          " step stands here with who and when, and nobody can change it afterwards."),
        pgettext_lazy("tour", "5. Rate it as the resident"),
        "#past",
    ),
    Stop(
        _("The figure moved, and says why"),
        _("The resident is satisfied. Volunteers were first at {k} of {n} matters; when you began"
          " it was {k0} of {n0}, and the list below is exactly those matters, yours among them."),
        "",
        ".fig-num, #main h1",
    ),
)  # fmt: skip
NOT_COUNTED_YET = _(
    "The resident is satisfied. Volunteers were first at {k0} of {n0} matters when you began; yours"
    " is being counted, load this page again to see it move."
)
