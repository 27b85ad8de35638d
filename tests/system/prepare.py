"""Fill an empty database with the tiny city and one API client: run as a program of its own."""

from __future__ import annotations

CLIENT = "whole-system tests"
TOKEN = "whole-system-token-of-a-scratch-database"


def main() -> None:
    import django

    django.setup()
    from maplebridge.commands.setup_commands import migrate_database
    from maplebridge.exchange.api import issue_client
    from maplebridge.kernel.actor import SYSTEM, Channel
    from maplebridge.people.tests.factories import people_of_small_city

    migrate_database()
    people_of_small_city()
    actor = SYSTEM("tests", Channel.COMMAND)
    issue_client(CLIENT, may_report=True, may_follow=True, actor=actor, token=TOKEN)


if __name__ == "__main__":
    main()
