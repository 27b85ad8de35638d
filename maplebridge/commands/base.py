"""What every command shares: Django set up late, refusals in words, JSON on request."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def setup() -> None:
    """Read the settings and load the rooms; a wrong setting ends the command with its reason."""
    from maplebridge.config.environment import SettingsError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maplebridge.config.settings")
    try:
        import django

        django.setup()
    except SettingsError as error:
        raise click.ClickException(f"The settings do not fit:\n{error}") from error
    from django.conf import settings

    try:
        settings.MAPLEBRIDGE.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"The data folder {settings.MAPLEBRIDGE.data_dir} can not be made: {error.strerror}. "
            "Set MAPLEBRIDGE_DATA_DIR to a folder you may write."
        ) from error


def with_rooms(command: F) -> F:
    """Set Django up before the command, and turn refusals into exit codes with a sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        setup()
        from django.db import OperationalError

        from maplebridge.kernel.errors import MapleError

        try:
            return command(*args, **kwargs)
        except MapleError as error:
            raise click.ClickException(f"{error.sentence()} [{error.code}]") from error
        except OperationalError as error:
            raise click.ClickException(
                f"The database does not answer: {str(error).strip()}\n"
                "Check DATABASE_URL, or run “maplebridge migrate” if it is new."
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
    if quiet or not sys.stderr.isatty():
        yield lambda _done: None
        return
    with click.progressbar(length=total or 0, label=what, file=sys.stderr) as shown:
        done = 0

        def advance(now_done: int) -> None:
            nonlocal done
            shown.update(now_done - done)
            done = now_done

        yield advance
