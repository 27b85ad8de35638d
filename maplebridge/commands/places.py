"""`maplebridge places`: the map of a real town."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from maplebridge.commands.base import Failure, bar, json_option, say, with_rooms

if TYPE_CHECKING:
    from maplebridge.places.api import TownReport


LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides
F = TypeVar("F", bound=Callable[..., Any])


def in_users_language(command: F) -> F:
    """What the rooms refuse is said in the language of the terminal, not in the pages' first."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from django.utils.translation import override

        from maplebridge.kernel.errors import MapleError

        spoken = next((os.environ[n] for n in LOCALES if os.environ.get(n)), "")
        with override("zh-hans" if spoken.startswith("zh") else "en"):
            try:
                return command(*args, **kwargs)
            except MapleError as error:
                raise Failure(error.code, error.sentence()) from error

    return run  # type: ignore[return-value]


@click.group()
def places() -> None:
    """Streets and base map of a real town."""


@places.command("import-osm")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Name of the town; default the largest place on the map.")
@click.option("--centre", default="", metavar="LON,LAT", help="Take only what lies around here.")
@click.option("--radius", default=12.0, show_default=True, help="Kilometres around the centre.")
@click.option("--buildings", is_flag=True, help="Draw the outlines of buildings as well.")
@click.option("--replace", is_flag=True, help="Put it in place of another town's streets.")
@click.option("--check", is_flag=True, help="Read and report; store nothing.")
@json_option
@with_rooms
@in_users_language
def import_osm(
    file: Path, name: str, centre: str, radius: float, buildings: bool, replace: bool, check: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Import streets and base map from FILE, an extract of OpenStreetMap.

    Takes .osm, .osm.gz and .osm.bz2, and .osm.pbf where osmium is installed. All or nothing: a
    damaged file leaves everything as it was. Repeating it changes nothing.
    """
    from maplebridge.kernel.actor import SYSTEM, Channel
    from maplebridge.places import api

    size = file.stat().st_size if file.is_file() else 0
    with bar(None if as_json else size, "Reading", as_json) as advance:
        report = api.import_osm(
            file,
            name=name,
            centre=_centre(centre),
            radius_km=_radius(radius),
            buildings=buildings,
            replace=replace,
            check=check,
            progress=advance,
            actor=SYSTEM("command", Channel.COMMAND),
        )
    data = asdict(report) | {"stored": not check, "memory_mb": _memory_mb()}
    say(data, as_json, lambda: _lines(report, check))


def _lines(report: TownReport, check: bool) -> Iterator[str]:
    from maplebridge.places.api import SKIPPED

    yield f"Town              {report.town or '–'}"
    yield f"Points read       {report.points_read:>9,}  ({report.points_per_second:,} a second)"
    yield f"Street network    {report.nodes:>9,}  crossings, {report.pieces:,} pieces, " + (
        f"{report.kilometres:,.1f} km"
    )
    yield f"Named streets     {report.streets:>9,}  with {report.addresses:,} house numbers"
    yield f"Premises          {report.premises:>9,}"
    yield f"Boundaries        {report.boundaries:>9,}"
    drawn = ", ".join(f"{layer} {count:,}" for layer, count in report.drawn.items() if count)
    yield f"Drawn             {drawn}"
    for reason, count in report.skipped.items():
        yield f"Left out          {count:>9,}  {SKIPPED[reason]}"
    yield (
        f"Seconds           {report.read_seconds:>9.1f}  reading, {report.stored_seconds:.1f} "
        + (f"storing; at most {_memory_mb():,} MB of memory")
    )
    yield (
        "Nothing was stored." if check else "The map is in use. © OpenStreetMap contributors, ODbL."
    )


def _centre(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    from maplebridge.kernel.errors import BadInput
    from maplebridge.places.osm.sentences import CENTRE

    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadInput("places.osm_centre", CENTRE) from error
    if not (abs(lon) <= 180 and abs(lat) <= 85):
        raise BadInput("places.osm_centre", CENTRE)
    return lon, lat


def _radius(km: float) -> float:
    if not 0.1 <= km <= 60:
        raise click.BadParameter("give kilometres from 0.1 to 60", param_hint="--radius")
    return km


def _memory_mb() -> int:
    """The most this process held; 0 on systems that do not say."""
    if sys.platform == "win32":
        return 0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(held / (1e6 if sys.platform == "darwin" else 1e3))
