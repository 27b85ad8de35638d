"""What a hand-over sheet counts and shows: since when, how much came in, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from maplebridge.incidents import text
from maplebridge.incidents.models import TO_JUDGE, Incident, Report, ShiftHandOver, ShiftNote
from maplebridge.incidents.policies import visible
from maplebridge.incidents.states import UNDER_WAY, WAITING, State
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now

WIDE = 60  # characters of a title on the sheet, which is wider than a row of the queue
FIRST_SHIFT = timedelta(hours=12)  # nobody has handed over yet: as long as a session lasts


def shift_began() -> datetime:
    last = ShiftHandOver.objects.order_by("-pk").values_list("at", flat=True).first()
    return last or now() - FIRST_SHIFT


def counts_since(since: datetime, actor: Actor) -> dict[str, int]:
    """Counts of matters this actor may see; one query each, no names."""
    rows = Incident.objects.filter(visible(actor))
    parts = {
        "received": Q(received_at__gte=since),
        "closed": Q(closed_at__gte=since, state=State.CLOSED),
        "waiting": Q(state__in=(*WAITING, *UNDER_WAY)) & TO_JUDGE,
        "to_send": Q(state=State.TRIAGED) & ~TO_JUDGE,
        "running": Q(
            state__in=(State.DISPATCHED, State.ARRIVED, State.HANDLING, State.TRANSFERRED)
        ) & ~TO_JUDGE,
        "to_close": Q(state=State.FED_BACK),
    }  # fmt: skip
    return {name: rows.filter(which).count() for name, which in parts.items()}


def open_notes() -> list[ShiftNote]:
    return list(ShiftNote.objects.filter(hand_over=None).select_related("account").order_by("pk"))


def last_sheet() -> ShiftHandOver | None:
    """The newest hand-over with its notes, taken or not."""
    found = ShiftHandOver.objects.select_related("left_by", "taken_by")
    return found.prefetch_related("notes__account").order_by("-pk").first()


def sheet_to_take(account_id: int | None) -> ShiftHandOver | None:
    """A hand-over that waits for somebody else than who left."""
    last = last_sheet()
    waits = last is not None and last.taken_at is None and last.left_by_id != account_id
    return last if waits else None


def wide_titles(codes: Sequence[str]) -> dict[str, str]:
    """Code → the first thing said, as far as a sheet of paper has room for it."""
    said = Report.objects.filter(incident__code__in=codes).order_by("-pk")
    rows = said.values_list("incident__code", "narrative")
    return {code: text.title_of(narrative, WIDE) for code, narrative in rows}  # the first stays
