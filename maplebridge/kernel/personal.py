"""The registry of personal fields: what is held about people, and for how long.

Every text-like field of every model is either in the model's `personal` mapping or in its
`plain` set; a system check fails on a field that is in neither, so that a new column can not
be forgotten by the shredder. A model with fields that time empties names in `kept_from` the
look-up of the moment their period counts from ("incident__closed_at").

A trace of what somebody did (who opened a matter) has nothing to empty: the whole row goes. Such
a model says so in `rows_kept`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models


class Keep(StrEnum):
    """How long, counted from the closing of the matter unless the name says otherwise."""

    UNTIL_CLOSED = "until_closed"  # positions during an order
    HOURS_72 = "hours_72"  # where a caller stood
    MONTHS_6 = "months_6"  # a reporter's contact
    YEARS_3 = "years_3"  # incident and dispute texts
    MEMBERSHIP = "membership"  # while the account or membership lasts


class Kind(StrEnum):
    NAME = "name"
    CONTACT = "contact"
    WORDS = "words"  # what somebody said; may name people
    POSITION = "position"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Personal:
    kind: Kind
    keep: Keep
    empty: object = ""  # what the shredder leaves behind


@dataclass(frozen=True, slots=True)
class RowsKept:
    """How long whole rows of a model are kept, and the field their time counts from."""

    keep: Keep
    since: str


TEXT_LIKE = (models.CharField, models.TextField, models.JSONField, models.FileField)


def personal_fields() -> Iterator[tuple[type[models.Model], str, Personal]]:
    """Every declared personal field of the installed rooms."""
    for model in apps.get_models():
        for name, note in getattr(model, "personal", {}).items():
            yield model, name, note


def kept_rows() -> Iterator[tuple[type[models.Model], RowsKept]]:
    """Every model whose whole rows go when their time is over."""
    for model in apps.get_models():
        note = getattr(model, "rows_kept", None)
        if note is not None:
            yield model, note


def unclassified_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Text-like fields of our own models that nobody classified."""
    for model in apps.get_models():
        if not model.__module__.startswith("maplebridge."):
            continue
        known = set(getattr(model, "personal", {})) | set(getattr(model, "plain", ()))
        for field in model._meta.concrete_fields:
            if not isinstance(field, TEXT_LIKE) or field.choices or field.is_relation:
                continue
            if field.name not in known:
                yield model, field.name
