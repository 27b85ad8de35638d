"""Production refuses accounts of the demonstration: anybody can sign in to them with one tap."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Refused
from maplebridge.people.queries import demo_account_count


def refuse_demo_accounts() -> None:
    """Call before serving: raises `Refused` in production while demo accounts are active."""
    if not settings.MAPLEBRIDGE.production:
        return
    count = demo_account_count()
    if count:
        raise Refused(
            "people.demo_accounts",
            _(
                "{count} demonstration accounts are active; production does not start with them. "
                "Switch them off with “maplebridge demo drop-accounts”, or start with a "
                "database of your own."
            ),
            count=count,
        )


@register(Tags.database)
def no_demo_accounts_in_production(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_o: object
) -> list[CheckMessage]:
    if not databases or "default" not in databases:
        return []
    try:
        refuse_demo_accounts()
    except Refused as refused:
        return [Error(refused.sentence(), id="maplebridge.E010")]
    except DatabaseError:  # no tables yet: there is nobody to refuse
        return []
    return []
