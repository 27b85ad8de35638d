"""A file of messages → its hot issues. The room's only caller of the brain; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from maplebridge.brain.matching.issue_summary import IssueSummary, summarise
from maplebridge.brain.matching.issues import IssueSettings, Message, group_messages
from maplebridge.exchange.files import open_messages
from maplebridge.exchange.rows import Columns, time_of
from maplebridge.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Grouped:
    """Which message belongs to which issue, in the order of the file."""

    groups: tuple[tuple[str, str | None], ...]  # id, name of the issue or None
    issues: tuple[tuple[str, IssueSummary], ...]  # name and summary, biggest first
    refused: int  # rows that could not be read


def group_file(path: Path, columns: Columns, *, least: int) -> Grouped:
    """Group the messages of a file; `BadInput` where the columns do not fit it."""
    file = open_messages(path)
    columns.check(file.columns)
    known = columns.completed(file.columns)
    ids: list[str] = []
    messages: list[Message] = []
    refused = 0
    for number, row in enumerate(file.rows(), start=1):
        if isinstance(row, BadInput):
            refused += 1
            continue
        said = {q: row.get(column, "").strip() for q, column in known.columns.items()}
        ids.append(said.get("id") or str(number))
        # By its place in the file, so that two rows with one id stay two messages.
        name = f"{number:09}"
        messages.append(
            Message(name, said.get("text", ""), said.get("title", ""), _at(said.get("time", "")))
        )
    issues = group_messages(messages, IssueSettings(least=least))
    named = {f"g{number}": issue for number, issue in enumerate(issues, start=1)}
    of = {m.message_id: name for name, issue in named.items() for m in issue}
    until = max((m.at for m in messages if m.at), default=None)
    return Grouped(
        groups=tuple((i, of.get(m.message_id)) for i, m in zip(ids, messages, strict=True)),
        issues=tuple((name, summarise(issue, until)) for name, issue in named.items()),
        refused=refused,
    )


def _at(text: str) -> datetime | None:
    """A time only orders the messages: one that cannot be read is no reason to leave them out."""
    try:
        return time_of(text)
    except BadInput:
        return None
