"""Many rows of one table at once, for imports: the ORM's bookkeeping would cost more than the rows.

A row is a mapping of column names to values; nothing comes back, so this is for tables whose
keys nobody in the same import points at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

# The drivers of both engines take these as they are; any other kind goes through its field.
PLAIN = (
    models.CharField, models.TextField, models.FloatField, models.BooleanField, models.ForeignKey,
    models.BigIntegerField, models.PositiveSmallIntegerField,
)  # fmt: skip
BATCH = 2_000  # rows a round; keeps what is waiting in a few megabytes


@dataclass(frozen=True, slots=True)
class _Column:
    name: str  # as a model instance calls it ("incident_id")
    default: Callable[[], object]
    bind: Callable[[object], Any] | None  # None: as it is


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    columns: tuple[_Column, ...]

    def row(self, given: Mapping[str, object]) -> list[Any]:
        whole = []
        for column in self.columns:
            value = given[column.name] if column.name in given else column.default()
            whole.append(value if column.bind is None else column.bind(value))
        return whole


def insert_rows(model: type[models.Model], rows: Iterable[Mapping[str, object]]) -> int:
    """Insert rows in the caller's transaction, how many; a column left out takes its default."""
    plan, count = _plan(model), 0
    known = {column.name for column in plan.columns}
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while piece := list(islice(waiting, BATCH)):
            if unknown := set().union(*piece) - known:
                raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
            cursor.executemany(plan.sql, [plan.row(given) for given in piece])
            count += len(piece)
    return count


@cache
def _plan(model: type[models.Model]) -> _Plan:
    fields = [f for f in model._meta.concrete_fields if not _filled_by_database(f)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in fields)
    marks = ", ".join("%s" for _field in fields)
    table = quote(model._meta.db_table)
    return _Plan(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  names are ours
        tuple(_Column(f.attname, f.get_default, _bind(f)) for f in fields),
    )


def _filled_by_database(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField) or field.db_default is not models.NOT_PROVIDED


def _bind(field: models.Field[Any, Any]) -> Callable[[object], Any] | None:
    if type(field) in PLAIN:
        return None
    return lambda value: field.get_db_prep_save(value, connection)
