"""Empty what is no longer needed. The row stays, so figures and the journal's proof stay too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record
from maplebridge.kernel.personal import Keep, Personal, kept_rows, personal_fields
from maplebridge.privacy.events import PersonalDataEmptied

PERIODS = {
    Keep.HOURS_72: timedelta(hours=72),
    Keep.MONTHS_6: timedelta(days=183),
    Keep.YEARS_3: timedelta(days=3 * 366),
}
# These end with a deed of the owning room (the order closes, the member leaves), not with time.
BY_DEED = frozenset({Keep.UNTIL_CLOSED, Keep.MEMBERSHIP})
SHREDDER = SYSTEM("shredder")


@dataclass(frozen=True, slots=True)
class Due:
    """One field whose time can be told."""

    model: type[models.Model]
    field: str
    note: Personal
    since: str  # lookup of the moment the period counts from


def fields_by_time() -> Iterator[Due]:
    """Every field that time empties."""
    for model, field, note in personal_fields():
        if note.keep in PERIODS:
            yield Due(model, field, note, getattr(model, "kept_from", ""))


def apply_retention() -> dict[str, int]:
    """Empty every value whose period is over; counts by field. Repeating it changes nothing."""
    emptied: dict[str, int] = {}
    with transaction.atomic():
        for due in fields_by_time():
            count = _empty(due)
            if count:
                emptied[f"{due.model._meta.label}.{due.field}"] = count
        emptied |= _forget_rows()
        if emptied:
            said = ", ".join(f"{name} {count}" for name, count in sorted(emptied.items()))
            record(PersonalDataEmptied(sum(emptied.values()), said), actor=SHREDDER)
    return emptied


def _empty(due: Due) -> int:
    over = {f"{due.since}__lt": now() - PERIODS[due.note.keep]}
    rows = due.model._default_manager.filter(**over)
    rows = (
        rows.exclude(**{f"{due.field}__isnull": True})
        if due.note.empty is None
        else rows.exclude(**{due.field: due.note.empty})
    )
    column = due.model._meta.get_field(due.field)
    if isinstance(column, models.FileField):
        return _remove_files(rows, due.field)
    return rows.update(**{due.field: due.note.empty})


def _forget_rows() -> dict[str, int]:
    """Traces whose time is over go as whole rows; counts by model."""
    gone: dict[str, int] = {}
    for model, note in kept_rows():
        over = {f"{note.since}__lt": now() - PERIODS[note.keep]}
        count, _by_model = model._default_manager.filter(**over).delete()
        if count:
            gone[model._meta.label] = count
    return gone


def _remove_files(rows: models.QuerySet[models.Model], field: str) -> int:
    """The file leaves the disk before its name leaves the row, so none is forgotten."""
    count = 0
    for row in rows.iterator():
        stored = getattr(row, field)
        stored.delete(save=False)
        type(row)._default_manager.filter(pk=row.pk).update(**{field: ""})
        count += 1
    return count
