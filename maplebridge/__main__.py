"""The command line: `maplebridge …` or `python -m maplebridge …`."""

from __future__ import annotations

from importlib import import_module

import click

from maplebridge import __version__
from maplebridge.commands.base import Group

# Loaded when they are called, so that --help answers at once.
COMMANDS = {
    "run": "setup_commands:run",
    "serve": "serve:serve",
    "work": "serve:work",
    "migrate": "setup_commands:migrate",
    "demo": "setup_commands:demo",
    "replay": "replay:replay",
    "journal": "journal:journal",
    "account": "account:account",
    "places": "places:places",
    "brain": "brain:brain",
    "client": "setup_commands:client",
    "doctor": "doctor:doctor",
}


class Commands(Group):
    """Commands by name, imported on use, listed in the order one needs them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(f"maplebridge.commands.{module}"), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="maplebridge")
def main() -> None:
    """Maplebridge 枫桥: the platform of a joint-duty community station.

    Try it with “maplebridge run”. Settings come from MAPLEBRIDGE_… in the environment; see
    docs/operators/settings.md.
    """


if __name__ == "__main__":
    main()
