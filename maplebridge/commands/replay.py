"""`maplebridge replay`: a file of real messages as reports."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import click

from maplebridge.commands.base import bar, json_option, say, with_rooms


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="text=COLUMN,…",
    help="Which column holds what: text, title, time, id, lon, lat, place, channel, language. "
    "Usual names are found by themselves.",
)
@click.option(
    "--speed",
    default="max",
    show_default=True,
    help="“max”, or a multiple of the file's own pace (long gaps are cut).",
)
@click.option(
    "--source",
    default="",
    help="Name of the file's origin, where several origins give out the same ids.",
)
@click.option("--no-suggest", is_flag=True, help="Leave the suggestions to the worker.")
@json_option
@with_rooms
def replay(
    file: Path, mapping: str, speed: str, source: str, no_suggest: bool, as_json: bool
) -> None:
    """Replay FILE (CSV or JSON lines, plain or .gz) as reports.

    Every row is stored, was already there, or is refused with its reason. Rows are keyed by
    their id column, or by their content where there is none, so a second run adds nothing.
    Ends with 1 where the file could not be read to its end; what was read is stored.
    """
    from maplebridge.exchange.api import Columns, count_rows, replay_file

    pace = None if speed == "max" else _pace(speed)
    columns = Columns.parse(mapping)
    with bar(None if as_json else count_rows(file), "Replaying", as_json) as advance:
        summary = replay_file(
            file,
            columns=columns,
            source=source,
            speed=pace,
            suggest=not no_suggest,
            progress=advance,
        )

    def lines() -> Iterator[str]:
        yield f"Rows              {summary.rows:>8}"
        yield f"Stored            {summary.stored:>8}"
        yield f"Already there     {summary.already_there:>8}"
        yield f"Refused           {summary.refused.total():>8}"
        for reason, count in summary.refused.most_common():
            named = ", ".join(map(str, summary.named[reason]))
            more = ", …" if count > len(summary.named[reason]) else ""
            yield f"  {reason:<16}{count:>8}  (row {named}{more})"
        yield f"Merge suggestions {summary.merge_suggestions:>8}"
        yield f"Seconds           {summary.seconds:>8.1f}"
        yield from summary.notes()

    say(summary.as_dict(), as_json, lines)
    if summary.broken_off:
        raise SystemExit(1)


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not (pace > 0 and math.isfinite(pace)):
        raise click.BadParameter("give “max” or a number above 0, such as 60", param_hint="--speed")
    return pace
