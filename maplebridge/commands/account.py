"""`maplebridge account`: who may sign in. Passwords are asked for, never given on the line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from maplebridge.commands.base import with_rooms

if TYPE_CHECKING:
    from maplebridge.kernel.actor import Actor


@click.group()
def account() -> None:
    """Accounts of people: open one, give a new password, switch one off."""


@account.command("create")
@click.argument("name")
@click.option("--role", required=True, help="What the account may do, e.g. duty_chief.")
@click.option("--display", default="", help="How the person is called on pages.")
@click.option("--display-en", default="", help="The same in English.")
@click.option("--agency", default="", help="Code of the agency the post belongs to.")
@click.option("--station", default="", help="Code of the station the post belongs to.")
@with_rooms
def account_create(
    name: str, role: str, display: str, display_en: str, agency: str, station: str
) -> None:
    """Open the account NAME with its first post; the password is asked for."""
    from maplebridge.people import api as people

    new = people.NewAccount(name, _password(), role, display, display_en, agency, station)
    with _said_by_field():
        people.open_account(new, actor=_keeper())
    click.echo(f"{name} can sign in as {people.role_label(role)}.")


@account.command("password")
@click.argument("name")
@with_rooms
def account_password(name: str) -> None:
    """Give NAME a new password, which is asked for; every session of NAME ends."""
    from maplebridge.people import api as people

    with _said_by_field():
        people.set_password(name, _password(), actor=_keeper())
    click.echo(f"{name} has a new password.")


@account.command("deactivate")
@click.argument("name")
@with_rooms
def account_deactivate(name: str) -> None:
    """Switch off the account NAME and its posts; what was done under it stays."""
    from maplebridge.people import api as people

    people.deactivate_account(name, actor=_keeper())
    click.echo(f"{name} can no longer sign in.")


def _password() -> str:
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _keeper() -> Actor:
    from maplebridge.kernel.actor import SYSTEM, Channel

    return SYSTEM("command", Channel.COMMAND)


@contextmanager
def _said_by_field() -> Iterator[None]:
    """Say what is wrong with which field; there is no form here to mark."""
    from maplebridge.kernel.errors import BadInput

    try:
        yield
    except BadInput as error:
        lines = [f"{field}: {sentence}" for field, sentence in error.fields.items()]
        raise click.ClickException("\n".join(lines)) from error
