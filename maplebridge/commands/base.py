"""What every command shares: Django set up late, refusals in words, JSON on request."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

QUIET_SECONDS = 2.0  # whoever waits longer wants to know that something happens

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class Failure(click.ClickException):
    """A command could not be done: a code for programs, a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def format_message(self) -> str:
        return f"{self.message} [{self.code}]"


class Group(click.Group):
    """The outermost group: with --json anywhere behind it, a failure is one JSON object, too."""

    def main(self, args: Any = None, *rest: Any, **options: Any) -> Any:
        words = sys.argv[1:] if args is None else list(args)
        if "--json" not in words:
            return super().main(args, *rest, **options)
        try:
            code = super().main(args, *rest, **{**options, "standalone_mode": False})
        except click.Abort:
            say_failure("command.stopped", "Stopped.")
            sys.exit(1)
        except click.ClickException as error:
            # A wrong word on the command line is click's own; it has no code.
            if isinstance(error, Failure):
                say_failure(error.code, error.message)
            else:
                say_failure("command.usage", error.format_message())
            sys.exit(error.exit_code)
        sys.exit(code if isinstance(code, int) else 0)


def say_failure(code: str, message: str) -> None:
    """On standard output, where the answer would have stood."""
    click.echo(json.dumps({"code": code, "message": message}, ensure_ascii=False))


def setup() -> None:
    """Read the settings and load the rooms; a wrong setting ends the command with its reason."""
    from maplebridge.config.environment import SettingsError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maplebridge.config.settings")
    try:
        import django

        django.setup()
    except SettingsError as error:
        raise Failure("command.settings", f"The settings do not fit:\n{error}") from error
    from django.conf import settings

    try:
        settings.MAPLEBRIDGE.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            "command.data_folder",
            f"The data folder {settings.MAPLEBRIDGE.data_dir} can not be made: {error.strerror}. "
            "Set MAPLEBRIDGE_DATA_DIR to a folder you may write.",
        ) from error


def with_rooms(command: F) -> F:
    """Set Django up before the command, and turn refusals into exit codes with a sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        setup()
        from django.db import DataError, OperationalError

        from maplebridge.kernel.errors import MapleError

        try:
            return command(*args, **kwargs)
        except MapleError as error:
            raise Failure(error.code, error.sentence()) from error
        except DataError as error:
            # PostgreSQL's last word on a value that should have been refused before.
            raise Failure(
                "command.data", f"The database does not take a value: {str(error).strip()}"
            ) from error
        except OperationalError as error:
            raise Failure(
                "command.database",
                f"The database does not answer: {str(error).strip()}\n"
                "Check DATABASE_URL, or run “maplebridge migrate” if it is new.",
            ) from error

    return run  # type: ignore[return-value]


def say(data: dict[str, Any], as_json: bool, lines: Callable[[], Iterator[str]]) -> None:
    """One JSON object, or lines for people."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, default=str))
    else:
        for line in lines():
            click.echo(line)


@contextmanager
def bar(total: int | None, what: str, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr; give it how many are done. Silent when piped or asked to be."""
    if not total or not _watched(quiet):
        yield lambda _done: None
        return
    with click.progressbar(length=total, label=what, file=sys.stderr) as shown:
        done = 0

        def advance(now_done: int) -> None:
            nonlocal done
            shown.update(now_done - done)
            done = now_done

        yield advance


@contextmanager
def heartbeat(what: str, quiet: bool) -> Iterator[None]:
    """For one step that can not be counted: its seconds on stderr, once it takes long."""
    if not _watched(quiet):
        yield
        return
    ended, started = threading.Event(), time.monotonic()

    def beat() -> None:
        while not ended.wait(QUIET_SECONDS):
            seconds = time.monotonic() - started
            click.echo(f"{what} … {seconds:.0f} s", file=sys.stderr)

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()


def _watched(quiet: bool) -> bool:
    return not quiet and sys.stderr.isatty()
