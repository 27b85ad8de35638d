"""`drop_demo_accounts`: remove what production refuses to start with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.people import api


class Command(BaseCommand):
    help = "Switch off every demonstration account and its posts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = api.drop_demo_accounts(actor=SYSTEM("people.drop_demo", Channel.COMMAND))
        self.stdout.write(f"{count} demonstration accounts switched off")
