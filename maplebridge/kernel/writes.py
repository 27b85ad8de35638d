"""Several inserts as one statement where the engine can, as one transaction otherwise.

Receiving a report writes an incident, its report, a contact, a status change and a journal
entry. Five round trips and a commit cost most of that command; one statement with writable
CTEs costs one round trip. The rows and the answer are the same on both engines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models, transaction

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.prepared import prepared_cursor


@dataclass(frozen=True, slots=True)
class Node:
    """A row to come; used as a value it means that row's primary key."""

    index: int


@dataclass(frozen=True, slots=True)
class JsonWith:
    """A JSON object completed with the keys of rows that this chain inserts."""

    fixed: Mapping[str, object]
    keys: Mapping[str, Node]


@dataclass(slots=True)
class _Step:
    model: type[models.Model]
    values: dict[str, object]  # column attname → value, Node or JsonWith
    ignore_conflict_on: tuple[str, ...] = ()


@dataclass(slots=True)
class InsertChain:
    steps: list[_Step] = field(default_factory=list)

    def insert(
        self,
        model: type[models.Model],
        values: Mapping[str, object],
        *,
        ignore_conflict_on: tuple[str, ...] = (),
    ) -> Node:
        """Add a row; only the first one may ignore a conflict, and then nothing is written."""
        if ignore_conflict_on and self.steps:
            raise ValueError("only the first row of a chain decides whether it happens")
        self.steps.append(_Step(model, _with_defaults(model, values), ignore_conflict_on))
        return Node(len(self.steps) - 1)

    def run(self) -> list[int] | None:
        """Primary keys in order of insertion; None when the first row was already there."""
        if capabilities().writable_ctes:
            return self._run_at_once()
        with transaction.atomic():
            return self._run_one_by_one()

    def _run_at_once(self) -> list[int] | None:
        plan = _plan(tuple(_shape(step) for step in self.steps))
        params: list[Any] = [
            bind(value.fixed if isinstance(value, JsonWith) else value) if bind else value
            for step, binds in zip(self.steps, plan.binds, strict=True)
            for value, bind in zip(step.values.values(), binds, strict=True)
            if not isinstance(value, Node)
        ]
        with prepared_cursor() as cursor:
            cursor.execute(plan.sql, params)
            row = cursor.fetchone()
        return None if row[0] is None else [int(pk) for pk in row]

    def _run_one_by_one(self) -> list[int] | None:
        keys: list[int] = []
        for step in self.steps:
            plan = _single(step.model, tuple(step.values), step.ignore_conflict_on)
            known = (_known(value, keys) for value in step.values.values())
            params: list[Any] = [
                bind(value) if bind else value
                for value, bind in zip(known, plan.binds, strict=True)
            ]
            with connection.cursor() as cursor:
                cursor.execute(plan.sql, params)
                row = cursor.fetchone()
            if row is None:
                return None
            keys.append(int(row[0]))
        return keys


def _known(value: object, keys: list[int]) -> object:
    if isinstance(value, Node):
        return keys[value.index]
    if isinstance(value, JsonWith):
        return {**value.fixed, **{name: keys[node.index] for name, node in value.keys.items()}}
    return value


def _conflict(ignore_conflict_on: tuple[str, ...]) -> str:
    if not ignore_conflict_on:
        return ""
    columns = ", ".join(connection.ops.quote_name(name) for name in ignore_conflict_on)
    return f" ON CONFLICT ({columns}) DO NOTHING"


def _with_defaults(model: type[models.Model], values: Mapping[str, object]) -> dict[str, object]:
    """The given values, and for every column left out its Python default."""
    whole: dict[str, object] = {}
    for name, default in _columns_and_defaults(model):
        if name in values:
            whole[name] = values[name]
        elif default is not None:
            whole[name] = default()
    if unknown := set(values) - set(whole):
        raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
    return whole


@cache
def _columns_and_defaults(
    model: type[models.Model],
) -> tuple[tuple[str, Callable[[], object] | None], ...]:
    """Column names with what fills them; None where the database does."""
    return tuple(
        (column.attname, None if _filled_by_database(column) else column.get_default)
        for column in model._meta.concrete_fields
    )


def _filled_by_database(column: models.Field[Any, Any]) -> bool:
    return column.primary_key or column.db_default is not models.NOT_PROVIDED


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


# Columns whose values the driver takes as they are; everything else goes through its field.
_AS_THEY_ARE = (
    models.CharField, models.TextField, models.FloatField, models.BooleanField,
    models.DateTimeField, models.ForeignKey, models.BigIntegerField,
    models.PositiveSmallIntegerField,
)  # fmt: skip
Bind = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the SQL of a step depends on: its columns and where they come from, not its values."""

    model: type[models.Model]
    columns: tuple[str, ...]
    sources: tuple[int | tuple[tuple[str, int], ...] | None, ...]  # node, JSON keys, or a value
    ignore_conflict_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    binds: tuple[tuple[Bind | None, ...], ...]


@dataclass(frozen=True, slots=True)
class _Single:
    sql: str
    binds: tuple[Bind | None, ...]


@lru_cache(maxsize=64)
def _single(
    model: type[models.Model], names: tuple[str, ...], ignore_conflict_on: tuple[str, ...]
) -> _Single:
    """The statement for one row; built once, the columns of a table do not change."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in names)
    marks = ", ".join(["%s"] * len(names))
    return _Single(
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  ours
        f"{_conflict(ignore_conflict_on)} RETURNING id",
        tuple(_bind_one(model, name) for name in names),
    )


def _shape(step: _Step) -> _Shape:
    return _Shape(
        step.model,
        tuple(step.values),
        tuple(_source(value) for value in step.values.values()),
        step.ignore_conflict_on,
    )


def _source(value: object) -> int | tuple[tuple[str, int], ...] | None:
    if isinstance(value, Node):
        return value.index
    if isinstance(value, JsonWith):
        return tuple((key, node.index) for key, node in value.keys.items())
    return None


@lru_cache(maxsize=64)
def _plan(shapes: tuple[_Shape, ...]) -> _Plan:
    """The one statement of a chain; a channel has one or two shapes, so it is built once."""
    parts = [f"n{index} AS ({_compile(shape, index)})" for index, shape in enumerate(shapes)]
    picks = [f"(SELECT id FROM n{index})" for index in range(len(shapes))]  # noqa: S608  ours
    binds = tuple(tuple(_bind(shape.model, name) for name in shape.columns) for shape in shapes)
    sql = f"WITH {', '.join(parts)} SELECT {', '.join(picks)}"
    return _Plan(_numbered(sql), binds)


def _numbered(sql: str) -> str:
    """`$1`, `$2`, … for each `%s`, as a prepared cursor takes them."""
    numbers = itertools.count(1)
    return re.sub("%s", lambda _place: f"${next(numbers)}", sql)


def _bind(model: type[models.Model], name: str) -> Bind | None:
    column = _field(model, name)
    if type(column) in _AS_THEY_ARE:
        return None
    return lambda value: column.get_db_prep_save(
        dict(value) if isinstance(value, Mapping) else value, connection
    )


def _bind_one(model: type[models.Model], name: str) -> Bind | None:
    """As `_bind`, for an engine that may have no type for times."""
    column = _field(model, name)
    if isinstance(column, models.DateTimeField):
        return lambda value: column.get_db_prep_save(value, connection)
    return _bind(model, name)


def _compile(shape: _Shape, index: int) -> str:
    quote = connection.ops.quote_name
    marks: list[str] = []
    needed: set[int] = set()
    for source in shape.sources:
        if isinstance(source, int):
            needed.add(source)
            marks.append(f"n{source}.id")
        elif source is not None:
            needed |= {node for _key, node in source}
            pairs = ", ".join(f"'{key}', n{node}.id" for key, node in source)
            marks.append(f"%s || jsonb_build_object({pairs})")
        else:
            marks.append("%s")
    if index and not needed:
        needed.add(0)  # a row that happens only when the first one does
    origin = f" FROM {', '.join(f'n{i}' for i in sorted(needed))}" if needed else ""
    columns = ", ".join(quote(_column(shape.model, name)) for name in shape.columns)
    return (
        f"INSERT INTO {quote(shape.model._meta.db_table)} ({columns}) "
        f"SELECT {', '.join(marks)}{origin}{_conflict(shape.ignore_conflict_on)} RETURNING id"
    )
