"""What the tests of the auditor's pages begin with: a city at work, and signed-in browsers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client

from maplebridge.incidents import api as incidents
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record
from maplebridge.kernel.models import JournalEntry
from maplebridge.people.events import SignedOut
from maplebridge.people.models import Account, Post

CONTACT = incidents.ContactIn(name="陈建国", phone="13800000000", safe_contact="safe")


def browser(role: str) -> Client:
    """Signed in under a post of this role; its code is `POST-<role>`."""
    code = f"POST-{role}"
    post = Post.objects.filter(code=code).select_related("account").first()
    if post is None:
        account = Account.objects.create_user(f"name-{role}", display_name="石岚")
        post = Post.objects.create(code=code, role=role, account=account)
    client = Client()
    client.force_login(post.account)
    return client


def matter() -> str:
    """The code of a report with a contact."""
    return given.report(contact=CONTACT).code


def read_contact(code: str, purpose: str = "call_back", *, actor: Actor | None = None) -> None:
    incidents.read_contact(code, purpose, actor=actor or given.desk())


def work(code: str) -> None:
    """One matter from triage to its end."""
    incidents.triage_incident(code, given.TRIAGE, actor=given.desk())
    incidents.file_scene_report(code, made.REPORTED_BACK, actor=given.desk())
    incidents.close_incident(code, actor=given.desk())


def many(count: int, *, every: timedelta = timedelta(seconds=1)) -> datetime:
    """`count` small entries in the past, one after the other; when the first happened."""
    record(SignedOut("dispatcher"), actor=SYSTEM("test"))
    one = JournalEntry.objects.latest("id")
    first = now() - count * every
    columns = ("kind", "version", "actor_kind", "actor_role", "channel", "topics", "data")
    same = {name: getattr(one, name) for name in columns}
    JournalEntry.objects.bulk_create(
        [JournalEntry(at=first + n * every, **same) for n in range(count)], batch_size=500
    )
    return first
