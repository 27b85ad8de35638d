"""Accounts one by one: open, give a password, switch off; and the own password.

Whoever runs the server keeps the accounts, by command; nobody sets another's password on a page.
Entries name the account by its number, never the person.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused, Sentence
from maplebridge.kernel.journal import record
from maplebridge.people.events import AccountDeactivated, AccountOpened, PasswordSet
from maplebridge.people.models import Account, Agency, Post
from maplebridge.people.records import NewAccount
from maplebridge.people.roles import Role
from maplebridge.places import api as places

# Why a password will not do, by the code of the framework's validator.
WEAK: dict[str, Sentence] = {
    "password_too_short": _("Too short: ten signs at least."),
    "password_too_common": _("Many people use this one, so it is the first to be guessed."),
}
NAME_MOST = 40  # the column of the first post's code
BY_COMMAND, BY_OWNER = "command", "owner"


def open_account(new: NewAccount, *, actor: Actor) -> int:
    """An account with its first post and password; its id."""
    _require_keeper(actor)
    agency, station = _checked(new)
    account = Account(
        username=new.username,
        display_name=new.display_name or new.username,
        display_name_en=new.display_name_en,
    )
    _check_password(new.password, account)
    account.set_password(new.password)
    try:
        with transaction.atomic():
            account.save()
            Post.objects.create(
                code=new.username.upper(),
                role=new.role,
                account=account,
                agency_id=agency,
                station_id=station,
            )
            record(AccountOpened(account.pk, new.role), actor=actor)
    except IntegrityError:
        raise Conflict("people.account_exists", _("This name is taken.")) from None
    return account.pk


def _checked(new: NewAccount) -> tuple[int | None, int | None]:
    """Ids of agency and station; every field that cannot be used is named at once."""
    wrong: dict[str, Sentence] = {}
    if not _is_name(new.username):
        wrong["username"] = _("The name has 1 to 40 signs and no blank around it.")
    # SQLite stores any length; PostgreSQL would end the command without a sentence.
    for column in ("display_name", "display_name_en"):
        if len(getattr(new, column)) > (most := _longest(column)):
            wrong[column] = _("Too long: {most} signs at most.").format(most=most)
    if new.role not in Role.values:
        wrong["role"] = _("There is no such role.")
    agency = Agency.objects.filter(code=new.agency).values_list("pk", flat=True).first()
    if new.agency and agency is None:
        wrong["agency"] = _("This agency is not known.")
    stations = {station.code: station.id for station in places.stations()}
    if new.station and new.station not in stations:
        wrong["station"] = _("This station is not known.")
    if wrong:
        raise BadInput("people.account", fields=wrong)
    return agency, stations.get(new.station)


def _longest(column: str) -> int:
    field = Account._meta.get_field(column)
    assert isinstance(field, CharField)
    return field.max_length or 0


def _is_name(name: str) -> bool:
    """The post's code is the name in capitals, and a few letters become two."""
    return bool(name) and name == name.strip() and max(len(name), len(name.upper())) <= NAME_MOST


def set_password(username: str, password: str, *, actor: Actor) -> None:
    """A new password for somebody who lost theirs; every session of the account ends."""
    _require_keeper(actor)
    account = _account(username)
    _check_password(password, account)
    with transaction.atomic():
        _store(account, password)
        record(PasswordSet(account.pk, BY_COMMAND), actor=actor)


def change_own_password(old: str, new: str, *, actor: Actor) -> None:
    """The own password, by whoever knows the present one; all other sessions end."""
    account = Account.objects.filter(pk=actor.account_id or 0, is_active=True).first()
    if account is None:
        raise NotAllowed("people.no_account")
    _refuse_demo(account)
    if not account.has_usable_password():
        raise Refused(
            "people.no_password",
            _("This account has no password; people of the demonstration go in by a card."),
        )
    if not account.check_password(old):
        raise BadInput(
            "people.password_wrong", fields={"old": _("This is not your present password.")}
        )
    _check_password(new, account)
    with transaction.atomic():
        _store(account, new)
        record(PasswordSet(account.pk, BY_OWNER), actor=actor)


def deactivate_account(username: str, *, actor: Actor) -> None:
    """Somebody leaves: the account, its posts and its sessions end; what was done stays."""
    _require_keeper(actor)
    account = _account(username)
    with transaction.atomic():
        if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
            raise Conflict("people.account_off", _("This account is switched off already."))
        Post.objects.filter(account=account).update(active=False)
        record(AccountDeactivated(account.pk), actor=actor)


def _require_keeper(actor: Actor) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed("people.accounts_by_command")


def _account(username: str) -> Account:
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound("people.account", _("Nobody has this name."))
    _refuse_demo(account)
    return account


def _refuse_demo(account: Account) -> None:
    """Where real matters lie, an account that anybody can enter never gets a password."""
    if account.is_demo and settings.MAPLEBRIDGE.production:
        raise Refused(
            "people.demo_account",
            _("This is an account of the demonstration; production does not use it."),
        )


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        # In our words: the framework's have no Chinese where its own pages are not installed.
        codes = [found.code or "" for found in error.error_list]
        sentence = next((WEAK[code] for code in codes if code in WEAK), None)
        raise BadInput(
            "people.password_weak", fields={"new": sentence or " ".join(error.messages)}
        ) from None


def _store(account: Account, password: str) -> None:
    """A session holds a digest of the password, so a new one ends it."""
    account.set_password(password)
    account.save(update_fields=["password"])
