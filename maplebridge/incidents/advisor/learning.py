"""Decisions → labelled texts → a model, and whether it may be used.

The fixed set is the shipped corpus: every text of it is answered by a model that learned from all
others (leave one out), so nothing has to be kept apart, and before and after answer the same texts.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maplebridge.incidents import codes
from maplebridge.incidents.models import Report, TriageDecision

if TYPE_CHECKING:
    from maplebridge.brain.learning.training import HeldOut
    from maplebridge.brain.triage.corpus import LabelledText

Figures = dict[str, float]

MOST_DECISIONS = 4_000  # the newest; more would make learning slow and old habits weigh more
SAME = 0.001  # one text in a thousand more or less is chance
ONE_QUESTION = 0.01  # no single question may lose more than this
ASKED = ("category", "police", "lead_department", "urgency")
NEVER_LEARNED = (codes.Category.NUISANCE,)


@dataclass(frozen=True, slots=True)
class Learned:
    """A model and how it does beside the one before."""

    weights: bytes
    figures: dict[str, Figures]  # "before" and "after" on the fixed set; "own" on the decisions
    why_not: tuple[str, ...]  # empty: it may be used
    decisions: int
    until_decision: int


def learn_from_decisions(
    before: Figures | None,
    *,
    fixed: Sequence[LabelledText] | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Learned:
    """A model of the shipped texts and this town's decisions.

    `before`: figures of the model in use on the fixed set; None: the shipped one, worked out here.
    `progress` is told how many texts were read. Takes minutes; raises FileNotFoundError without
    the shipped texts.
    """
    from maplebridge.brain.learning.storage import write
    from maplebridge.brain.triage.corpus import learn, shipped_texts

    fixed = list(fixed if fixed is not None else shipped_texts())
    rows = decisions()
    own = [as_text(row) for row in rows]
    if before is None:
        _shipped, held_out = learn(fixed, progress=progress)
        before = figures_of(fixed, held_out, range(len(fixed)))
    # What is listened for comes from the shipped texts alone: no word of a resident is kept.
    model, held_out = learn([*fixed, *own], vocabulary_from=len(fixed), progress=progress)
    after = figures_of(fixed, held_out, range(len(fixed)))
    mine = figures_of([*fixed, *own], held_out, range(len(fixed), len(fixed) + len(own)))
    file = io.BytesIO()
    write(model, file)
    return Learned(
        weights=file.getvalue(),
        figures={"before": before, "after": after, "own": mine},
        why_not=worse(before, after),
        decisions=len(own),
        until_decision=max((row.decision_id for row in rows), default=0),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided, and the words it was decided on."""

    decision_id: int
    incident_id: int
    text: str
    channel: str
    labels: dict[str, str]  # question of the model → answer; only what was answered


def decisions() -> list[Decided]:
    """The last decision on each matter whose words are still there, newest first.

    Confidential matters and unsafe contacts are left out: nothing is learned from who must not be
    known. A nuisance is left out because it is found by two people, never by words.
    """
    newest = (
        TriageDecision.objects.filter(incident__confidential=False, account__isnull=False)
        .exclude(incident__contact__safe_contact=codes.SafeContact.UNSAFE)
        .exclude(category__in=NEVER_LEARNED)
        .order_by("-id")
        .select_related("incident")
    )
    found: dict[int, TriageDecision] = {}
    for row in newest.iterator():
        found.setdefault(row.incident_id, row)
        if len(found) == MOST_DECISIONS:
            break
    said: dict[int, str] = {}
    reports = Report.objects.filter(incident_id__in=found).order_by("-id")
    for incident_id, narrative in reports.values_list("incident_id", "narrative"):
        said[incident_id] = narrative  # the first report is read last
    return [_decided(row, said[key]) for key, row in found.items() if said.get(key, "").strip()]


def _decided(row: TriageDecision, text: str) -> Decided:
    labels = {
        "category": row.category,
        "subtype": f"{row.category}/{row.subtype}" if row.subtype else "",
        "urgency": row.urgency,
        "police": row.police_label,
        "lead_department": row.lead_agency,
    }
    named = {question: label for question, label in labels.items() if label}
    return Decided(row.pk, row.incident_id, text, row.incident.channel, named)


def new_decisions(after: int) -> int:
    """How many decisions people have made since the one with this id."""
    return TriageDecision.objects.filter(pk__gt=after, account__isnull=False).count()


def as_text(decided: Decided) -> LabelledText:
    """As the shipped texts are written."""
    from maplebridge.brain.triage.corpus import LabelledText

    where = f"decision {decided.decision_id}"
    return LabelledText(where, decided.text, decided.channel, decided.labels)


def figures_of(
    texts: Sequence[LabelledText], held_out: Mapping[str, HeldOut], rows: range
) -> Figures:
    """Share of right answers per question, and recall and precision of P1, each 0 to 1."""
    found: Figures = {}
    for question in ASKED:
        pairs = _answers(texts, held_out, rows, question)
        if pairs:
            found[question] = round(sum(t == s for t, s in pairs) / len(pairs), 4)
    called = _called_critical(texts, held_out, rows)
    for name, among in (("p1_recall", 0), ("p1_precision", 1)):
        chosen = [pair for pair in called if pair[among]]
        if chosen:
            found[name] = round(sum(t and s for t, s in chosen) / len(chosen), 4)
    return found


def _called_critical(
    texts: Sequence[LabelledText], held_out: Mapping[str, HeldOut], rows: range
) -> list[tuple[bool, bool]]:
    """(is critical, is called so) of every text, from the share on which the desk is warned."""
    from maplebridge.brain.triage.records import TriageSettings

    answered = held_out.get("urgency")
    if answered is None or codes.Urgency.P1 not in answered.labels:
        return []
    column = answered.shares[:, answered.labels.index(codes.Urgency.P1)]
    warned_from = TriageSettings().emergency_from
    return [
        (texts[row].labels["urgency"] == codes.Urgency.P1, float(share) >= warned_from)
        for row, share in zip(answered.rows, column, strict=True)
        if row in rows
    ]


def _answers(
    texts: Sequence[LabelledText], held_out: Mapping[str, HeldOut], rows: range, question: str
) -> list[tuple[str, str]]:
    """(label, answer of a model that never saw the text) of every text in `rows`."""
    answered = held_out.get(question)
    if answered is None:
        return []
    return [
        (texts[row].labels[question], answered.labels[int(best)])
        for row, best in zip(answered.rows, answered.shares.argmax(axis=1), strict=True)
        if row in rows
    ]


def worse(before: Figures, after: Figures) -> tuple[str, ...]:
    """Why the later model may not be used: names of what is worse. Recall of P1 never falls."""
    found = [
        question
        for question in ASKED
        if after.get(question, 0.0) < before.get(question, 0.0) - ONE_QUESTION
    ]
    if _mean(after) < _mean(before) - SAME:
        found.append("overall")
    if after.get("p1_recall", 0.0) < before.get("p1_recall", 0.0):
        found.append("p1_recall")
    return tuple(found)


def _mean(figures: Figures) -> float:
    return sum(figures.get(question, 0.0) for question in ASKED) / len(ASKED)
