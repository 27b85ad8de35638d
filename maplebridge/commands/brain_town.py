"""`maplebridge brain learn|versions|use|take-back`: what a town's own decisions teach."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from maplebridge.commands.base import heartbeat, json_option, say, with_rooms

if TYPE_CHECKING:
    from maplebridge.incidents.models import BrainVersion
    from maplebridge.kernel.actor import Actor

KINDER = 10  # learning gives way to everything else on the machine


@click.command("learn")
@click.option("--if-due", is_flag=True, help="Only if enough was decided since the last time.")
@json_option
@with_rooms
def learn(if_due: bool, as_json: bool) -> None:
    """Learn from what the desk decided; used only if it is not worse than before.

    It takes some minutes. The worker starts it once a day by itself.
    """
    from maplebridge.incidents import api as incidents

    if if_due and not incidents.is_worth_learning():
        say({"learned": None}, as_json, lambda: iter(["Too little was decided since last time."]))
        return
    os.nice(KINDER)
    with heartbeat("Learning", as_json):
        version = incidents.learn_brain(actor=_keeper())
    say({"learned": _as_dict(version)}, as_json, lambda: _lines([version]))


@click.command("versions")
@json_option
@with_rooms
def versions(as_json: bool) -> None:
    """What was learned so far, newest first, and what is in use."""
    from maplebridge.incidents.versions import brain_in_use, brain_versions

    rows = brain_versions()
    in_use = brain_in_use()
    data = {"in_use": in_use or "shipped", "versions": [_as_dict(row) for row in rows]}

    def lines() -> Iterator[str]:
        yield f"in use: {in_use or 'the model that came with the program'}"
        yield from _lines(rows)

    say(data, as_json, lines)


@click.command("use")
@click.argument("number", type=int)
@json_option
@with_rooms
def use(number: int, as_json: bool) -> None:
    """Put version NUMBER into use again."""
    from maplebridge.incidents import api as incidents

    version = incidents.use_brain(number, actor=_keeper())
    say({"in_use": version.name}, as_json, lambda: iter([f"{version.name} is in use."]))


@click.command("take-back")
@click.argument("number", type=int)
@json_option
@with_rooms
def take_back(number: int, as_json: bool) -> None:
    """Take version NUMBER out of use; the one before reads the next report."""
    from maplebridge.incidents import api as incidents

    before = incidents.take_back_brain(number, actor=_keeper())
    name = before.name if before else "shipped"
    say({"in_use": name}, as_json, lambda: iter([f"Taken back. In use: {name}."]))


def _keeper() -> Actor:
    from maplebridge.kernel.actor import SYSTEM

    return SYSTEM("operator")


def _as_dict(version: BrainVersion) -> dict[str, Any]:
    return {
        "version": version.name,
        "state": version.state,
        "decisions": version.decisions,
        "figures": version.figures,
        "worse": version.why_not,
        "ended_at": version.ended_at,
    }


def _lines(rows: list[BrainVersion]) -> Iterator[str]:
    for version in rows:
        yield f"{version.name}: {version.state}, learned from {version.decisions} decisions"
        for name in ("before", "after", "own"):
            figures = version.figures.get(name, {})
            shown = ", ".join(f"{key} {value:.3f}" for key, value in figures.items())
            yield f"  {name}: {shown or '–'}"
        if version.why_not:
            yield f"  worse in: {', '.join(version.why_not)}"
