"""One verb, one function: load people, plan duty, mark presence, sign in and out, enrol."""

from __future__ import annotations

from maplebridge.people.actions.accounts import (
    change_own_password,
    deactivate_account,
    open_account,
    set_password,
)
from maplebridge.people.actions.enrolling import (
    drop_demo_accounts,
    enrol,
    link_sentinels,
    link_volunteers,
)
from maplebridge.people.actions.loading import clear, load_people
from maplebridge.people.actions.rostering import mark_presence, plan_duty
from maplebridge.people.actions.signing import change_post, note_signed_in, note_signed_out

__all__ = [
    "change_own_password",
    "change_post",
    "clear",
    "deactivate_account",
    "drop_demo_accounts",
    "enrol",
    "link_sentinels",
    "link_volunteers",
    "load_people",
    "mark_presence",
    "note_signed_in",
    "note_signed_out",
    "open_account",
    "plan_duty",
    "set_password",
]
