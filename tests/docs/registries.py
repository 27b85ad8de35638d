"""What the program holds, as the rows its documentation must show."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
from django.apps import apps
from django.utils import translation

from maplebridge.__main__ import main
from maplebridge.config.environment import BARE, PREFIX, Settings
from maplebridge.dispatch.states import ALARM_FLOW, CALL_FLOW, OFFER_FLOW
from maplebridge.incidents.states import FLOW as INCIDENT_FLOW
from maplebridge.indicators.definitions import DEFINITIONS
from maplebridge.inspections.states import FLOW as HAZARD_FLOW
from maplebridge.kernel.flow import Flow
from maplebridge.kernel.jobs.queue import _jobs
from maplebridge.kernel.journal.events import all_kinds
from maplebridge.kernel.journal.subscribers import _subscribers
from maplebridge.kernel.personal import kept_rows, personal_fields
from maplebridge.orders.states import FLOW as ORDER_FLOW
from maplebridge.people.policies import MATRIX
from tests.docs.pages import Row, cell, code, codes

FLOWS: tuple[Flow[Any, Any], ...] = (
    INCIDENT_FLOW, ORDER_FLOW, CALL_FLOW, OFFER_FLOW, ALARM_FLOW, HAZARD_FLOW,
)  # fmt: skip
KINDS = {"str": "text", "int": "number", "bool": "yes or no", "Path": "folder"}


def modules(name: str) -> list[Any]:
    """The module of this name in every room that has one; importing it registers what it holds."""
    rooms = [held.name for held in apps.get_app_configs() if held.name.startswith("maplebridge.")]
    return [import_module(f"{room}.{name}") for room in rooms if find_spec(f"{room}.{name}")]


def is_ours(thing: object) -> bool:
    """Of the program itself; tests register kinds and jobs of their own."""
    module = str(getattr(thing, "__module__", ""))
    return module.startswith("maplebridge.") and ".tests." not in module


def settings() -> list[Row]:
    rows: list[Row] = []
    for column in dataclasses.fields(Settings):
        name = BARE.get(column.name, PREFIX + column.name.upper())
        default = column.default
        shown = ("yes" if default else "no") if isinstance(default, bool) else str(default)
        rows.append((code(name), KINDS[str(column.type)], code(shown) if shown else "empty"))
    return rows


def events() -> list[Row]:
    modules("events")
    with translation.override("en"):
        return [
            (
                code(kind),
                str(cls.VERSION),
                cell(cls.SENTENCE),
                codes([c.name for c in dataclasses.fields(cls)]),  # type: ignore[arg-type]
            )
            for kind, cls in sorted(all_kinds().items())
            if is_ours(cls)
        ]


def subscribers() -> list[Row]:
    modules("subscribers")
    return [
        (code(name), codes(sorted(held.kinds)))
        for name, held in sorted(_subscribers.items())
        if is_ours(held.handle)
    ]


def jobs() -> list[Row]:
    modules("tasks")
    modules("worker")
    return [
        (code(name), pace(held.every)) for name, held in sorted(_jobs.items()) if is_ours(held.work)
    ]


def pace(every: timedelta | None) -> str:
    if every is None:
        return "when asked for"
    seconds = int(every.total_seconds())
    for size, word in ((3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"every {seconds // size} {word}"
    return f"every {seconds} s"


def metrics() -> list[Row]:
    with translation.override("en"):
        return [
            (code(metric.id), cell(metric.name), cell(metric.says), cell(metric.unit),
             cell(metric.period), codes(metric.sources))
            for metric in DEFINITIONS.values()
        ]  # fmt: skip


def permissions() -> list[Row]:
    return [(code(action), codes(sorted(roles))) for action, roles in MATRIX.items()]


def states(flow: Flow[Any, Any]) -> list[Row]:
    """Every state, with what may be done from it and where that leads."""
    with translation.override("en"):
        return [
            (code(state.value), cell(state.label),
             ", ".join(
                 f"{code(verb.value)} → {code(flow.table[(state, verb)].value)}"
                 for verb in flow.verbs(state)
             ) or "–")
            for state in type(next(iter(flow.table))[0])
        ]  # fmt: skip


def personal() -> list[Row]:
    return [
        (
            code(f"{model._meta.label}.{field}"),
            str(note.kind),
            str(note.keep),
            code(getattr(model, "kept_from", "")) if getattr(model, "kept_from", "") else "–",
        )
        for model, field, note in personal_fields()
        if is_ours(model)
    ]


def rows() -> list[Row]:
    """Models whose whole rows go in time."""
    return sorted(
        (code(model._meta.label), str(note.keep), code(note.since))
        for model, note in kept_rows()
        if is_ours(model)
    )


def commands() -> list[Row]:
    return [(code(f"maplebridge {name}"), first_words(held)) for name, held in walk(main)]


def options() -> list[Row]:
    rows: list[Row] = []
    for name, held in walk(main):
        for given in held.params:
            if isinstance(given, click.Argument):
                rows.append((code(name), code(str(given.name).upper()), "what it is about"))
            elif isinstance(given, click.Option) and given.help:
                spelled = " / ".join([*given.opts, *given.secondary_opts])
                said = cell(given.help)
                if given.show_default:
                    said += f" Default {given.default}."
                rows.append((code(name), code(spelled), said))
    return rows


def walk(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups left out."""
    context = click.Context(group)
    for name in group.list_commands(context):
        held = group.get_command(context, name)
        assert held is not None
        full = f"{before} {name}".strip()
        if isinstance(held, click.Group):
            yield from walk(held, full)
        else:
            yield full, held


def first_words(command: click.Command) -> str:
    """The first paragraph of a command's help."""
    return cell((command.help or "").strip().split("\n\n")[0])
