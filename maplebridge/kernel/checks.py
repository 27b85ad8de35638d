"""System checks that keep the house in shape: foreign keys point upstream, text is classified."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from maplebridge.kernel.personal import unclassified_fields

# Upstream first. A foreign key may point to an earlier room or to its own, never to a later one.
LADDER = (
    ("kernel",),
    ("places",),
    ("people",),
    ("notices",),
    ("incidents",),
    ("orders",),
    ("teams",),
    ("dispatch",),
    ("mediation", "inspections", "counter"),
    ("indicators", "privacy"),
    ("shell", "live", "twin", "exchange"),
)
RUNG = {room: rung for rung, rooms in enumerate(LADDER) for room in rooms}


def points_downstream(room: str, target: str) -> bool:
    """Whether a key from `room` to `target` breaks the ladder (siblings count as downstream)."""
    if room == target or target not in RUNG:
        return False
    return room not in RUNG or RUNG[target] >= RUNG[room]


@register("maplebridge")
def foreign_keys_point_upstream(
    app_configs: Sequence[AppConfig] | None, **_options: object
) -> list[CheckMessage]:
    return [found for model in apps.get_models() for found in keys_downstream(model)]


def keys_downstream(model: type[Model]) -> list[CheckMessage]:
    """Keys and many-to-many fields of one model that point to a later room."""
    if not model.__module__.startswith("maplebridge."):
        return []
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return [
        Error(
            f"{model._meta.label}.{field.name} points downstream to {target._meta.label}.",
            hint="Turn the key round, or answer to an event instead.",
            obj=model,
            id="maplebridge.E001",
        )
        for field in fields
        if isinstance(target := field.related_model, type)
        and points_downstream(model._meta.app_label, target._meta.app_label)
    ]


@register("maplebridge")
def text_is_classified(
    app_configs: Sequence[AppConfig] | None, **_options: object
) -> list[CheckMessage]:
    return [
        Error(
            f"{model._meta.label}.{name} is neither personal nor plain.",
            hint="Add it to the model's `personal` mapping (with how long) or `plain` set.",
            obj=model,
            id="maplebridge.E002",
        )
        for model, name in unclassified_fields()
    ]
