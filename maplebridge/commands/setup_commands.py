"""`migrate`, `demo`, `run`, `client`: getting an installation on its feet."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from maplebridge.commands.base import Failure, bar, heartbeat, json_option, say, with_rooms
from maplebridge.commands.serve import _serve_asgi, start_worker, stop_worker

if TYPE_CHECKING:
    from maplebridge.kernel.actor import Actor


@click.command()
@click.option("--verbose", is_flag=True, help="Name every migration.")
@json_option
@with_rooms
def migrate(verbose: bool, as_json: bool) -> None:
    """Bring the database to the present schema. Safe to repeat."""
    applied = migrate_database(quiet=as_json or verbose)

    def lines() -> Iterator[str]:
        if verbose:
            yield from (f"applied  {name}" for name in applied)
        yield "The database is up to date."

    say({"applied": applied}, as_json, lines)


def migrate_database(*, quiet: bool = True) -> list[str]:
    """Apply what waits, with a bar; the names of what was applied."""
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command

    from maplebridge.config.guard import pending_migrations

    waiting = pending_migrations()
    applied: list[str] = []
    with bar(len(waiting), "Preparing the database", quiet) as advance:

        class Migrate(Command):
            def migration_progress_callback(
                self, action: str, migration: object = None, fake: bool = False
            ) -> None:
                if action == "apply_success":
                    applied.append(str(migration))
                    advance(len(applied))

        call_command(Migrate(), verbosity=0, interactive=False)
    return applied


USUAL_SEED = 330399  # of 枫港市


@click.group()
def demo() -> None:
    """The demonstration city: fill, empty, remove."""


@demo.command("fill")
@click.option("--days", default=90, show_default=True, help="Days of history up to today.")
@click.option("--seed", default=USUAL_SEED, show_default=True, help="Another seed, another city.")
@json_option
@with_rooms
def demo_fill(days: int, seed: int, as_json: bool) -> None:
    """Fill an empty database with the fictional city of Fenggang [枫港市]."""
    say(fill_demo(days, seed, quiet=as_json), as_json, _filled_lines)


def fill_demo(days: int, seed: int, *, quiet: bool) -> dict[str, object]:
    from django.conf import settings

    from maplebridge.twin.demo import DemoCity

    if settings.MAPLEBRIDGE.production:
        raise Failure("demo.production", "Production never holds the demonstration city.")
    city = DemoCity(seed=seed, days=days)
    with bar(city.steps, "Building 枫港市", quiet) as advance:
        filled = city.fill(advance)
    issue_demo_client()
    return filled


def issue_demo_client() -> None:
    """The well-known token of the demonstration; production refuses to start with it."""
    from maplebridge.config.guard import DEMO_TOKEN
    from maplebridge.exchange.api import issue_client

    issue_client("demo", may_report=True, may_follow=True, token=DEMO_TOKEN, actor=_command())


def _filled_lines() -> Iterator[str]:
    yield "The demonstration city is ready."


@demo.command("remove")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@with_rooms
def demo_remove(yes: bool, as_json: bool) -> None:
    """Remove every row of the demonstration city; the schema stays."""
    from django.core.management import call_command

    if not yes and as_json:
        raise Failure("command.not_confirmed", "With --json nothing is asked: say --yes, too.")
    if not yes:
        click.confirm("Every row of this database will be deleted. Go on?", abort=True)
    with heartbeat("Removing", as_json):
        call_command("flush", verbosity=0, interactive=False)
    say({"empty": True}, as_json, lambda: iter(["The database is empty."]))


@demo.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@with_rooms
def demo_reset(yes: bool, as_json: bool) -> None:
    """Back to the beginning: a fresh past up to this minute; accounts and places stay."""
    _begin_anew("reset", "Everything that happened is replaced by a fresh past.", yes, as_json)


@demo.command("empty")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@with_rooms
def demo_empty(yes: bool, as_json: bool) -> None:
    """Start empty: places, people and teams stay, everything that happened goes."""
    _begin_anew("empty", "Everything that happened is deleted.", yes, as_json)


def _begin_anew(what: str, warning: str, yes: bool, as_json: bool) -> None:
    """In one transaction: a city at work shows the old state until the new one is whole."""
    from maplebridge.twin.anew import STEPS, begin_anew
    from maplebridge.twin.states import Asked

    if not yes and as_json:
        raise Failure("command.not_confirmed", "With --json nothing is asked: say --yes, too.")
    if not yes:
        click.confirm(f"{warning} Go on?", abort=True)
    with bar(STEPS, "Beginning anew", as_json) as advance:
        begin_anew(Asked(what), lambda done, of: advance(round(STEPS * done / max(1, of))))
    say({"done": what}, as_json, lambda: iter(["Done."]))


@demo.command("drop-accounts")
@json_option
@with_rooms
def demo_drop_accounts(as_json: bool) -> None:
    """Switch off every demonstration account and its posts; production starts without them."""
    from maplebridge.people import api as people

    count = people.drop_demo_accounts(actor=_command())
    said = f"{count} demonstration accounts switched off."
    say({"dropped": count}, as_json, lambda: iter([said]))


def _command() -> Actor:
    from maplebridge.kernel.actor import SYSTEM, Channel

    return SYSTEM("command", Channel.COMMAND)


@click.command()
@click.option("--port", type=int, default=None, help="Port; default MAPLEBRIDGE_PORT.")
@click.option("--days", default=90, show_default=True, help="Days of history, when it is filled.")
@with_rooms
def run(port: int | None, days: int) -> None:
    """Make everything ready and serve the demonstration city: what “make run” calls."""
    from django.conf import settings

    conf = settings.MAPLEBRIDGE
    if conf.production:
        raise Failure("demo.production", "“run” is for trying things out; production uses “serve”.")
    port = free_port(conf.host, port or conf.port)
    started = time.monotonic()
    migrate_database(quiet=False)
    from maplebridge.twin.actions.pace import adopt
    from maplebridge.twin.demo import is_filled

    if is_filled():
        adopt(USUAL_SEED)
    else:
        fill_demo(days, USUAL_SEED, quiet=False)
    worker = start_worker()
    try:
        _print_welcome(conf.host, port, time.monotonic() - started)
        _serve_asgi("maplebridge.config.asgi:application", conf.host, port)
    finally:
        stop_worker(worker)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next free one; somebody else may already use it."""
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Failure("command.port", f"No free port from {wanted} on; set MAPLEBRIDGE_PORT.")


def _print_welcome(host: str, port: int, seconds: float) -> None:
    from maplebridge.config.guard import DEMO_TOKEN
    from maplebridge.people import api as people

    base = f"http://{host}:{port}"
    lines = [
        "",
        f"  枫桥 Maplebridge is ready after {seconds:.1f} s:  {base}/",
        "",
        f"  居民 A resident       {base}/            reports, no sign-in",
        f"  值班台 The duty desk  {base}/desk/       triage and send",
        f"  出勤 In the field     {base}/field/      take the order, arrive, hand over",
        f"  大屏 The wall         {base}/wall/       the city at a glance",
        f"  接口 The API          {base}/api/v1/docs token: {DEMO_TOKEN}",
        "",
        f"  Sign in with one tap at {base}/signin/ as:",
    ]
    cards = people.demo_accounts()
    for login in cards:
        if not login.more:
            lines.append(f"    {login.card:<16}{login.name:<10}{login.does}")
    lines.append(f"    … and {sum(login.more for login in cards)} more roles on that page")
    lines += [
        "",
        "  The bar below each page: pace of the city, roles, a tour in five steps.",
        "  Stop with Ctrl+C.  Start empty: maplebridge demo empty",
        "",
    ]
    click.echo("\n".join(lines))
    sys.stdout.flush()


@click.group()
def client() -> None:
    """Programs that may call the API."""


@client.command("issue")
@click.argument("name")
@click.option("--report/--no-report", default=True, help="May hand in reports.")
@click.option("--follow/--no-follow", default=True, help="May follow matters by code.")
@json_option
@with_rooms
def client_issue(name: str, report: bool, follow: bool, as_json: bool) -> None:
    """Issue a token to NAME; it is shown once."""
    from maplebridge.exchange.api import issue_client

    token = issue_client(name, may_report=report, may_follow=follow, actor=_command())
    say({"name": name, "token": token}, as_json, lambda: iter([token]))


@client.command("revoke")
@click.argument("name")
@json_option
@with_rooms
def client_revoke(name: str, as_json: bool) -> None:
    """Take the token of NAME back."""
    from maplebridge.exchange.api import revoke_client

    if not revoke_client(name, actor=_command()):
        raise Failure("client.unknown", f"No client is named {name}.")
    said = f"{name} can no longer call the API."
    say({"name": name, "revoked": True}, as_json, lambda: iter([said]))
