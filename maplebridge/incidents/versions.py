"""What was learned from decisions, as its page and the command show it."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q

from maplebridge.incidents.advisor.learning import new_decisions
from maplebridge.incidents.advisor.town_model import shipped_base
from maplebridge.incidents.codes import BrainState
from maplebridge.incidents.models import BrainVersion

SHOWN = 30


def brain_versions() -> list[BrainVersion]:
    """Newest first, without the weights; `has_weights` tells whether they are kept."""
    kept = ExpressionWrapper(Q(weights__isnull=False), output_field=BooleanField())
    return list(
        BrainVersion.objects.defer("weights").annotate(has_weights=kept).order_by("-id")[:SHOWN]
    )


def decisions_not_learned() -> int:
    """How many decisions people made since something was last learned from them."""
    ended = BrainVersion.objects.exclude(state=BrainState.LEARNING).order_by("-id")
    return new_decisions(ended.values_list("until_decision", flat=True).first() or 0)


def brain_in_use() -> str:
    """The name of the learned model that reads new reports; empty: the shipped one."""
    live = BrainVersion.objects.filter(state=BrainState.LIVE, base=shipped_base())
    version = live.defer("weights").first()
    return version.name if version else ""
