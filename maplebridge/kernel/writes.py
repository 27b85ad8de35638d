"""Several inserts as one statement where the engine can, as one transaction otherwise.

Receiving a report writes an incident, its report, a contact, a status change and a journal
entry. Five round trips and a commit cost most of that command; one statement with writable
CTEs costs one round trip. The rows and the answer are the same on both engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction

from maplebridge.kernel.capabilities import capabilities


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
        parts: list[str] = []
        params: list[Any] = []
        for index, step in enumerate(self.steps):
            sql, bound = _compile(step, index)
            parts.append(f"n{index} AS ({sql})")
            params += bound
        picks = ", ".join(f"(SELECT id FROM n{i})" for i in range(len(self.steps)))  # noqa: S608  ours
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(parts)} SELECT {picks}", params)
            row = cursor.fetchone()
        return None if row[0] is None else [int(pk) for pk in row]

    def _run_one_by_one(self) -> list[int] | None:
        keys: list[int] = []
        for step in self.steps:
            columns, marks, params = [], [], []
            for name, value in step.values.items():
                columns.append(connection.ops.quote_name(_column(step.model, name)))
                marks.append("%s")
                params.append(_bound(step.model, name, _known(value, keys)))
            sql = (
                f"INSERT INTO {connection.ops.quote_name(step.model._meta.db_table)} "  # noqa: S608  ours
                f"({', '.join(columns)}) VALUES ({', '.join(marks)}){_conflict(step)} RETURNING id"
            )
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
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


def _conflict(step: _Step) -> str:
    if not step.ignore_conflict_on:
        return ""
    columns = ", ".join(connection.ops.quote_name(name) for name in step.ignore_conflict_on)
    return f" ON CONFLICT ({columns}) DO NOTHING"


def _with_defaults(model: type[models.Model], values: Mapping[str, object]) -> dict[str, object]:
    """The given values, and for every column left out its Python default."""
    whole: dict[str, object] = {}
    for column in model._meta.concrete_fields:
        if column.attname in values:
            whole[column.attname] = values[column.attname]
        elif column.primary_key or column.db_default is not models.NOT_PROVIDED:
            continue
        else:
            whole[column.attname] = column.get_default()
    if unknown := set(values) - set(whole):
        raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
    return whole


def _column(model: type[models.Model], name: str) -> str:
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field) and column.column
    return str(column.column)


def _bound(model: type[models.Model], name: str, value: object) -> Any:
    column = model._meta.get_field(name)
    return column.get_db_prep_save(value, connection)  # type: ignore[union-attr]


def _compile(step: _Step, index: int) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    columns, marks, params = [], [], []
    sources: set[int] = set()
    for name, value in step.values.items():
        columns.append(quote(_column(step.model, name)))
        if isinstance(value, Node):
            sources.add(value.index)
            marks.append(f"n{value.index}.id")
        elif isinstance(value, JsonWith):
            pairs = []
            for key, node in value.keys.items():
                sources.add(node.index)
                pairs.append(f"'{key}', n{node.index}.id")
            marks.append(f"%s || jsonb_build_object({', '.join(pairs)})")
            params.append(_bound(step.model, name, dict(value.fixed)))
        else:
            marks.append("%s")
            params.append(_bound(step.model, name, value))
    if index and not sources:
        sources.add(0)  # a row that happens only when the first one does
    origin = f" FROM {', '.join(f'n{i}' for i in sorted(sources))}" if sources else ""
    sql = (
        f"INSERT INTO {quote(step.model._meta.db_table)} ({', '.join(columns)}) "
        f"SELECT {', '.join(marks)}{origin}{_conflict(step)} RETURNING id"
    )
    return sql, params
