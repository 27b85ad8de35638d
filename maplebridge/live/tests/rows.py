"""One row of every model that holds something personal, each value like nothing else.

Which models those are is read from the registry of personal fields, so a room that adds one is
in the test of the wall without anybody remembering it. What a row needs beside its personal
fields is made up from its columns; where rows must fit together, `FITTING` says how.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from maplebridge.indicators.tests.factories import BEGIN
from maplebridge.kernel.personal import personal_fields

Field = tuple[type[models.Model], str]
FAR_EAST = 150.0  # degrees; no place of the city is near, so a digit of it is a leak


@dataclass(slots=True)
class Rows:
    """Makes rows, hangs them on those that are there, and remembers what must not be seen."""

    made: dict[type[models.Model], models.Model] = field(default_factory=dict)
    told: dict[Field, str] = field(default_factory=dict)  # a recognisable part of each value
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def adopt(self, row: models.Model) -> None:
        """A row made elsewhere: its personal fields get recognisable values too."""
        self.made[type(row)] = row
        for name in getattr(row, "personal", {}):
            setattr(row, name, self._secret(type(row), name))
        row.save()

    def every_personal_one(self) -> dict[Field, str]:
        for model in {model for model, _name, _note in personal_fields()}:
            self.row_of(model)
        return self.told

    def row_of(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            self.made[model] = self._make(model)
        return self.made[model]

    def another(self, model: type[models.Model]) -> models.Model:
        """A second row, where one must not be both sides."""
        return self._make(model)

    def _make(self, model: type[models.Model]) -> models.Model:
        values: dict[str, Any] = {}
        for column in model._meta.concrete_fields:
            if column.name in getattr(model, "personal", {}):
                values[column.name] = self._secret(model, column.name)
            elif self._is_needed(column):
                values[column.name] = self._filling(column)
        for name, make in FITTING.get(model._meta.label, {}).items():
            values[name] = make(self)
        row = model(**values)
        row.save()
        return row

    @staticmethod
    def _is_needed(column: models.Field[Any, Any]) -> bool:
        made_here = isinstance(column, models.AutoField | models.BigAutoField)
        return not (column.null or column.has_default() or made_here)

    def _filling(self, column: models.Field[Any, Any]) -> Any:
        """Something that fits a column nobody reads here."""
        if isinstance(column, models.ForeignKey):
            return self.row_of(column.related_model)
        if column.choices:
            return column.flatchoices[0][0]
        match column:
            case models.DateTimeField():
                return BEGIN
            case models.DateField():
                return date(2026, 1, 1)
            case models.BooleanField():
                return False
            case models.JSONField():
                return {}
            case models.FloatField() | models.IntegerField():
                return next(self.numbers)
        return f"x{next(self.numbers)}"[: column.max_length or 40]

    def _secret(self, model: type[models.Model], name: str) -> Any:
        """A value nothing else looks like; remembered by what would give it away."""
        column = model._meta.get_field(name)
        number = next(self.numbers)
        if isinstance(column, models.FloatField):
            value = FAR_EAST + number / 1000 if "lon" in name else -40.0 - number / 1000
            self.told[model, name] = f"{value:.3f}"
            return value
        word = f"秘密{number:03d}号"
        self.told[model, name] = word
        if isinstance(column, models.JSONField):
            return [{"code": "made_up", "text": word}]
        if isinstance(column, models.FileField):
            return f"incidents/2026/07/{word}.jpg"
        assert isinstance(column, models.CharField | models.TextField), f"{model}: {column}"
        return word

    def missing(self) -> list[str]:
        """Personal fields that hold nothing recognisable in the database."""
        return [
            f"{model._meta.label}.{name}"
            for model, name, _note in personal_fields()
            if (model, name) not in self.told or not self._is_stored(model, name)
        ]

    def _is_stored(self, model: type[models.Model], name: str) -> bool:
        stored = model._default_manager.values_list(name, flat=True)
        told = self.told[model, name]
        return any(told in _text(value) for value in stored)


def _text(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


# What must fit together: an offer goes to one person, a call that waits is on the wall.
FITTING: dict[str, dict[str, Callable[[Rows], Any]]] = {
    "dispatch.Offer": {"volunteer": lambda rows: rows.row_of(_model("teams.Volunteer"))},
    "dispatch.Call": {"state": lambda _rows: "accepted"},
    "teams.PointsTransfer": {"credit": lambda rows: rows.another(_model("teams.PointsAccount"))},
    "orders.Order": {"due_at": lambda _rows: datetime(2026, 7, 14, 0, 0, tzinfo=UTC)},
}
