"""Invented reports with the answers a careful desk would give. No real person, place or event.

``triage_tough.csv`` holds buried danger, grievance in loud words and unusual phrasing; there each
column lists everything that would be accepted, separated by "|".
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "data"


class Case(NamedTuple):
    """One report and its expected triage."""

    channel: str
    category: str
    lead: str
    urgency: str
    police: str
    text: str


class Tough(NamedTuple):
    """One report with every acceptable category and urgency."""

    channel: str
    categories: str
    urgencies: str
    text: str


def _rows(name: str) -> list[list[str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


CASES = tuple(Case(*row) for row in _rows("triage_cases.csv"))
TOUGH = tuple(Tough(*row) for row in _rows("triage_tough.csv"))
