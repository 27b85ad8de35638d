"""`migrate`, `demo`, `run`, `client`: getting an installation on its feet."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator

import click

from maplebridge.commands.base import bar, json_option, say, with_rooms
from maplebridge.commands.serve import DEMO_TOKEN, _serve_asgi, start_worker, stop_worker


@click.command()
@click.option("--verbose", is_flag=True, help="Name every migration.")
@with_rooms
def migrate(verbose: bool) -> None:
    """Bring the database to the present schema. Safe to repeat."""
    migrate_database(verbosity=1 if verbose else 0)
    click.echo("The database is up to date.")


def migrate_database(verbosity: int = 0) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=verbosity, interactive=False)


@click.group()
def demo() -> None:
    """The demonstration city: fill, empty, remove."""


@demo.command("fill")
@click.option("--days", default=90, show_default=True, help="Days of history up to today.")
@click.option("--seed", default=330399, show_default=True, help="Another seed, another city.")
@json_option
@with_rooms
def demo_fill(days: int, seed: int, as_json: bool) -> None:
    """Fill an empty database with the fictional city of Fenggang [枫港市]."""
    say(fill_demo(days, seed, quiet=as_json), as_json, _filled_lines)


def fill_demo(days: int, seed: int, *, quiet: bool) -> dict[str, object]:
    from django.conf import settings

    from maplebridge.exchange.api import issue_client
    from maplebridge.kernel.actor import SYSTEM, Channel
    from maplebridge.twin.demo import DemoCity

    if settings.MAPLEBRIDGE.production:
        raise click.ClickException("Production never holds the demonstration city.")
    city = DemoCity(seed=seed, days=days)
    with bar(city.steps, "Building 枫港市", quiet) as advance:
        filled = city.fill(advance)
    issue_client(
        "demo", may_report=True, may_follow=True, token=DEMO_TOKEN,
        actor=SYSTEM("command", Channel.COMMAND),
    )  # fmt: skip
    return filled


def _filled_lines() -> Iterator[str]:
    yield "The demonstration city is ready."


@demo.command("remove")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_rooms
def demo_remove(yes: bool) -> None:
    """Remove every row of the demonstration city; the schema stays."""
    from django.core.management import call_command

    if not yes:
        click.confirm("Every row of this database will be deleted. Go on?", abort=True)
    call_command("flush", verbosity=0, interactive=False)
    click.echo("The database is empty.")


@click.command()
@click.option("--port", type=int, default=None, help="Port; default MAPLEBRIDGE_PORT.")
@with_rooms
def run(port: int | None) -> None:
    """Make everything ready and serve the demonstration city: what “make run” calls."""
    from django.conf import settings

    conf = settings.MAPLEBRIDGE
    if conf.production:
        raise click.ClickException("“run” is for trying things out; production uses “serve”.")
    port = free_port(conf.host, port or conf.port)
    started = time.monotonic()
    migrate_database()
    from maplebridge.twin.demo import is_filled

    if not is_filled():
        fill_demo(90, 330399, quiet=False)
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
    raise click.ClickException(f"No free port from {wanted} on; set MAPLEBRIDGE_PORT.")


def _print_welcome(host: str, port: int, seconds: float) -> None:
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
    lines += ["", "  Stop with Ctrl+C.  Start empty: maplebridge demo remove", ""]
    click.echo("\n".join(lines))
    sys.stdout.flush()


@click.group()
def client() -> None:
    """Programs that may call the API."""


@client.command("issue")
@click.argument("name")
@click.option("--report/--no-report", default=True, help="May hand in reports.")
@click.option("--follow/--no-follow", default=True, help="May follow matters by code.")
@with_rooms
def client_issue(name: str, report: bool, follow: bool) -> None:
    """Issue a token to NAME; it is shown once."""
    from maplebridge.exchange.api import issue_client
    from maplebridge.kernel.actor import SYSTEM, Channel

    token = issue_client(
        name, may_report=report, may_follow=follow, actor=SYSTEM("command", Channel.COMMAND)
    )
    click.echo(token)


@client.command("revoke")
@click.argument("name")
@with_rooms
def client_revoke(name: str) -> None:
    """Take the token of NAME back."""
    from maplebridge.exchange.api import revoke_client
    from maplebridge.kernel.actor import SYSTEM, Channel

    if not revoke_client(name, actor=SYSTEM("command", Channel.COMMAND)):
        raise click.ClickException(f"No client is named {name}.")
    click.echo(f"{name} can no longer call the API.")
