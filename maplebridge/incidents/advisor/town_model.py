"""The triage model in use: the one learned from this town's decisions, else the shipped one."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import structlog

from maplebridge.incidents.codes import BrainState
from maplebridge.incidents.models import BrainVersion

if TYPE_CHECKING:
    from maplebridge.brain.learning.heads import Heads

log = structlog.get_logger(__name__)


class TownModel:
    """Read once a version; which version is in use is asked for every report, so a change of
    mind reaches every worker with the next report."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[int, Heads | None] | None = None

    def in_use(self) -> tuple[str, Heads | None]:
        """The name and the weights; ("", None) stands for the shipped model."""
        base = shipped_base()
        live = BrainVersion.objects.filter(state=BrainState.LIVE, base=base)
        version = live.defer("weights").first()
        if version is None:
            return "", None
        with self._lock:
            if self._held is None or self._held[0] != version.pk:
                self._held = (version.pk, _read(version.pk))
            model = self._held[1]
        return (version.name, model) if model is not None else ("", None)


def _read(version_id: int) -> Heads | None:
    from maplebridge.brain.learning.storage import NotAModel, load

    weights = BrainVersion.objects.values_list("weights", flat=True).get(pk=version_id)
    try:
        return load(io.BytesIO(bytes(weights or b"")))
    except NotAModel:
        log.exception("town_model_unreadable", version=version_id)
        return None


def shipped_base() -> str:
    """Names the shipped model; what was learned on another one is not used with it."""
    from maplebridge.brain.triage.opinion import shipped_model

    shipped = shipped_model()
    return shipped.about.get("stamp", "")[:64] if shipped else ""


TOWN_MODEL = TownModel()
