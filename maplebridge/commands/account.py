"""`maplebridge account`: who may sign in. Passwords are asked for, never given on the line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from maplebridge.commands.base import Failure, json_option, say, with_rooms

if TYPE_CHECKING:
    from maplebridge.kernel.actor import Actor


@click.group()
def account() -> None:
    """Accounts of people: open one, give a new password, switch one off."""


@account.command("create")
@click.argument("name")
@click.option("--role", default="", help="What the account may do, e.g. duty_chief.")
@click.option("--display", default="", help="How the person is called on pages.")
@click.option("--display-en", default="", help="The same in English.")
@click.option("--agency", default="", help="Code of the agency the post belongs to.")
@click.option("--station", default="", help="Code of the station the post belongs to.")
@json_option
@with_rooms
def account_create(
    name: str,
    role: str,
    display: str,
    display_en: str,
    agency: str,
    station: str,
    as_json: bool,
) -> None:
    """Open the account NAME with its first post; the password is asked for."""
    from maplebridge.people import api as people

    new = people.NewAccount(name, _password(), role, display, display_en, agency, station)
    with _said_by_field():
        people.open_account(new, actor=_keeper())
    said = f"{name} can sign in as {people.role_label(role)}."
    say({"name": name, "role": role}, as_json, lambda: iter([said]))


@account.command("password")
@click.argument("name")
@json_option
@with_rooms
def account_password(name: str, as_json: bool) -> None:
    """Give NAME a new password, which is asked for; every session of NAME ends."""
    from maplebridge.people import api as people

    with _said_by_field():
        people.set_password(name, _password(), actor=_keeper())
    said = f"{name} has a new password."
    say({"name": name, "password": "set"}, as_json, lambda: iter([said]))


@account.command("deactivate")
@click.argument("name")
@json_option
@with_rooms
def account_deactivate(name: str, as_json: bool) -> None:
    """Switch off the account NAME and its posts; what was done under it stays."""
    from maplebridge.people import api as people

    people.deactivate_account(name, actor=_keeper())
    said = f"{name} can no longer sign in."
    say({"name": name, "active": False}, as_json, lambda: iter([said]))


def _password() -> str:
    # On standard error: standard output belongs to the answer, which a program may read.
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
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
        raise Failure(error.code, "\n".join(lines)) from error
