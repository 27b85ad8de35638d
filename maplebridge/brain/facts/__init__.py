"""Facts said in a report: when, how much, how many, who is hurt, with what [要素提取].

Pure: the same words and the same time of the report give the same facts, so nothing is stored.
See docs/algorithms/facts.md.
"""

from __future__ import annotations

from maplebridge.brain.facts.extract import extract
from maplebridge.brain.facts.records import Fact, FactKind

__all__ = ["Fact", "FactKind", "extract"]
