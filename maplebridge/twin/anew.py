"""Begin anew: everything that happened goes, places and people stay.

One transaction, so that it is whole or absent: until it commits every page shows the city as it
was, and when it fails nothing has changed. Accounts and sessions stay, so whoever is signed in
goes on as who they are, and the cards lead to the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction

from maplebridge.kernel.errors import Refused
from maplebridge.twin.city import generate_city
from maplebridge.twin.demo import DemoCity, is_filled
from maplebridge.twin.models import LivingCity
from maplebridge.twin.states import Asked

KEPT = frozenset({"places", "people", "teams", "exchange", "twin", "shell"})
# Of rooms that stay, what is a happening and goes.
GOES = frozenset(
    {
        "teams.AvailabilityNow", "teams.PointsTransfer", "teams.PointsAccount",
        "teams.PointsCorrection", "teams.PointsExport",
    }
)  # fmt: skip
DEFAULT_SEED = 330399
STEPS = 100  # of a bar that shows the share


def begin_anew(what: Asked, progress: Callable[[int, int], None]) -> None:
    """Empty, or back to the beginning; `progress` gets (done, of)."""
    if not settings.MAPLEBRIDGE.demo or not is_filled():
        raise Refused("twin.no_demo", "Only a filled demonstration can begin anew.")
    row, _made = LivingCity.objects.get_or_create(pk=1)
    seed, days = row.seed or DEFAULT_SEED, row.days
    made = DemoCity(seed=seed, days=days)
    city = generate_city(seed)
    progress(1, made.steps)
    files = list(_files())
    with transaction.atomic():
        for model in happenings():
            model._default_manager.all()._raw_delete(model._default_manager.db)
        if what is Asked.RESET:
            made.live_through(city, lambda done: progress(done, made.steps))
        LivingCity.objects.filter(pk=1).update(
            asked="", asked_at=None, acts=0, matters=0, behind=0, refused={}, seed=seed,
            **({"paused": True, "paces": []} if what is Asked.EMPTY else {}),
        )  # fmt: skip
    for name in files:  # only now: a row that came back would miss its file
        default_storage.delete(name)
    progress(made.steps, made.steps)


def happenings() -> list[type[models.Model]]:
    """Models whose rows are what happened, those that point at others first."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("maplebridge.")]
    gone = [m for m in ours if m._meta.app_label not in KEPT or m._meta.label in GOES]
    return sorted(gone, key=lambda m: -_depth(m, frozenset()))


def _depth(model: type[models.Model], seen: frozenset[type[models.Model]]) -> int:
    """How many keys lead on from here; a model that points at itself is not followed."""
    ahead = [
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    ]
    return 1 + max(
        (_depth(m, seen | {model}) for m in ahead if m not in seen and m is not model), default=0
    )


def _files() -> Iterator[str]:
    for model in happenings():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from filter(None, model._default_manager.values_list(field.name, flat=True))
