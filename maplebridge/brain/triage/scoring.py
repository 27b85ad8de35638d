"""Predictions and their score, one JSON object per text, with the codes of the code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maplebridge.brain.learning import scores
from maplebridge.brain.learning.heads import Heads
from maplebridge.brain.triage import opinion as ask
from maplebridge.brain.triage.competence import DEFAULT_COMPETENCE
from maplebridge.brain.triage.gazetteer import Gazetteer
from maplebridge.brain.triage.opinion import Shipped
from maplebridge.brain.triage.records import Aspect, ReportFacts, TriageSuggestion
from maplebridge.brain.triage.suggest import suggest

Row = Mapping[str, Any]

# Field of a prediction → attribute of a suggestion.
FIELDS: dict[str, str] = {
    ask.CATEGORY: "category",
    ask.SUBTYPE: "subtype",
    ask.POLICE: "police_label",
    ask.LEAD: "lead_agency",
    "co_departments": "co_agencies",
    ask.URGENCY: "urgency",
    ask.JOINT: "needs_joint_handling",
    ask.VOLUNTEERS: "volunteer_ok",
    ask.UNSAFE: "unsafe_contact",
    ask.FRAUD: "fraud_type",
}
_NO_PLACES = Gazetteer(())
_NO_FRAUD = "none"


def predict(row: Row, model: Heads | Shipped | None = Shipped.MODEL) -> dict[str, Any]:
    """What triage says of one text. An unsure answer is the likeliest one, named in `not_sure`."""
    facts = ReportFacts(str(row["text"]), str(row.get("channel") or ""))
    answer = suggest(facts, _NO_PLACES, DEFAULT_COMPETENCE, model=model)
    aspects = {field: getattr(answer, name) for field, name in FIELDS.items()}
    said = {field: _best(aspect) for field, aspect in aspects.items()}
    said["co_departments"] = list(said["co_departments"] or ())
    fraud = said[ask.FRAUD]
    return {
        "id": row.get("id"),
        **said,
        ask.FRAUD: None if fraud == _NO_FRAUD else fraud,
        "confidence": aspects[ask.CATEGORY].confidence,
        "confidences": {field: aspect.confidence for field, aspect in aspects.items()},
        "alternatives": {
            field: [[a.value, a.confidence] for a in aspects[field].alternatives]
            for field in (ask.CATEGORY, ask.SUBTYPE, ask.POLICE, ask.LEAD, ask.URGENCY)
        },
        "not_sure": [field for field, aspect in aspects.items() if aspect.value is None],
        "evidence": _evidence(answer),
        "model": answer.model_version,
    }


def _best(aspect: Aspect) -> Any:
    if aspect.value is None and aspect.alternatives:
        return aspect.alternatives[0].value
    return aspect.value


def _evidence(answer: TriageSuggestion) -> list[dict[str, Any]]:
    """Words of the text that decided, each with the questions it decided."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for field, name in FIELDS.items():
        for evidence in getattr(answer, name).evidence:
            if evidence.start >= 0:
                place = (evidence.start, evidence.end)
                start, end = place
                entry = found.setdefault(
                    place, {"start": start, "end": end, "text": evidence.text, "for": []}
                )
                if field not in entry["for"]:
                    entry["for"].append(field)
    return [found[place] for place in sorted(found)]


def score(predictions: Sequence[Row], gold: Sequence[Row]) -> dict[str, Any]:
    """Agreement of predictions with labels, matched by `id`; only labels that are there count."""
    said = {row.get("id"): row for row in predictions}
    pairs = [(row, said[row["id"]]) for row in gold if row.get("id") in said]
    report: dict[str, Any] = {"texts": len(pairs), "missing": len(gold) - len(pairs), "fields": {}}
    for field in FIELDS:
        known = [(g, p) for g, p in pairs if field in g]
        if known:
            report["fields"][field] = _field(field, known)
    report["p1"] = scores.found(
        [g.get(ask.URGENCY) == "P1" for g, _ in pairs],
        [p.get(ask.URGENCY) == "P1" for _, p in pairs],
    )
    for field in (ask.UNSAFE, ask.JOINT, ask.VOLUNTEERS):
        report[field] = scores.found(
            [bool(g.get(field)) for g, _ in pairs], [bool(p.get(field)) for _, p in pairs]
        )
    top3 = [(g, p["alternatives"][ask.LEAD]) for g, p in pairs if _ranked(p)]
    if top3:
        hits = sum(any(a[0] == g[ask.LEAD] for a in ranked[:3]) for g, ranked in top3)
        report["lead_top3"] = round(hits / len(top3), 4)
    return report


def _ranked(row: Row) -> bool:
    alternatives = row.get("alternatives")
    return isinstance(alternatives, dict) and bool(alternatives.get(ask.LEAD))


def _field(field: str, pairs: Sequence[tuple[Row, Row]]) -> dict[str, Any]:
    if field == "co_departments":
        return _sets([(set(g[field] or ()), set(p.get(field) or ())) for g, p in pairs])
    truth = [str(g[field]) for g, _ in pairs]
    said = [str(p.get(field)) for _, p in pairs]
    result: dict[str, Any] = {
        "accuracy": round(scores.accuracy(truth, said), 4),
        "macro_f1": round(scores.macro_f1(truth, said), 4),
    }
    sure = [p.get("confidences", {}).get(field) for _, p in pairs]
    if all(isinstance(value, int | float) for value in sure):
        result["ece"] = scores.calibration(truth, said, [float(value) for value in sure])
    return result


def _sets(pairs: Sequence[tuple[set[str], set[str]]]) -> dict[str, Any]:
    both = sum(len(g & p) for g, p in pairs)
    said, due = sum(len(p) for _, p in pairs), sum(len(g) for g, _ in pairs)
    return {
        "precision": round(both / said, 4) if said else 1.0,
        "recall": round(both / due, 4) if due else 1.0,
    }
