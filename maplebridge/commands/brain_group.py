"""`maplebridge brain group`: the hot issues of a file of messages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from maplebridge.commands.base import Failure, heartbeat, json_option, say, with_rooms


@click.command("group")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="text=COLUMN,…",
    help="Which column holds what: text, title, time, id. Usual names are found by themselves.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="Where to write one line of JSON for each message.",
)  # fmt: skip
@click.option(
    "--issues", "summaries", type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write one line of JSON for each issue: its words, place, span, number, trend.",
)  # fmt: skip
@click.option(
    "--least", default=3, show_default=True, type=click.IntRange(min=2),
    help="Messages from which a group is an issue.",
)  # fmt: skip
@json_option
@with_rooms
def brain_group(
    file: Path, mapping: str, out: Path, summaries: Path | None, least: int, as_json: bool
) -> None:
    """Find the hot issues in FILE (CSV or JSON lines, plain or .gz).

    Writes `{"id": …, "group": …}` for each message, null where it belongs to no issue; g1 is the
    biggest. The same messages always give the same groups.
    """
    from maplebridge.exchange.api import Columns, group_file

    start = time.monotonic()
    with heartbeat("Grouping", as_json):
        found = group_file(file, Columns.parse(mapping), least=least)
    _write(out, ({"id": message, "group": group} for message, group in found.groups))
    if summaries is not None:
        _write(summaries, ({"group": name} | asdict(one) for name, one in found.issues))
    seconds = round(time.monotonic() - start, 1)
    grouped = sum(group is not None for _, group in found.groups)

    def lines() -> Iterator[str]:
        yield f"Messages          {len(found.groups):>8}"
        yield f"Refused           {found.refused:>8}"
        yield f"Issues            {len(found.issues):>8}"
        yield f"Messages in them  {grouped:>8}"
        yield f"Seconds           {seconds:>8}"

    data = {
        "messages": len(found.groups), "refused": found.refused, "issues": len(found.issues),
        "grouped": grouped, "seconds": seconds,
    }  # fmt: skip
    say(data, as_json, lines)


def _write(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    try:
        with out.open("w", encoding="utf-8") as written:
            for row in rows:
                written.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    except OSError as error:
        raise Failure("command.out", f"{out} can not be written: {error.strerror}") from error
