"""Receive a report [接报]: one action behind every channel.

The place is resolved in memory, and everything that is stored goes out as one statement where
the engine can (incident, report, contact, status change, journal entry). A repeat with the same
key writes nothing and finds the first answer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes, text
from maplebridge.incidents.events import ReportReceived
from maplebridge.incidents.models import Attachment, Contact, Incident, Report, StatusChange
from maplebridge.incidents.records import ContactIn, Intake, Picture, Received
from maplebridge.incidents.states import State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.crypto.base import blind
from maplebridge.kernel.errors import BadInput, Conflict, Unavailable
from maplebridge.kernel.geo import Point
from maplebridge.kernel.journal import journal_values
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.numbers import new_code
from maplebridge.kernel.writes import InsertChain, JsonWith
from maplebridge.places import api as places

KEY_MAX = 120
AHEAD = timedelta(minutes=10)  # a phone's clock may run fast by this much
SAME_SECOND = timedelta(seconds=1)  # senders cut their times to whole seconds
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # older than any report that can still be acted on
CODE_TRIES = 5  # two of 7.8·10¹⁰ codes meeting is rare; five in a row is a fault
MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a report lies, as far as one can tell."""

    status: str
    located: places.Located


def receive_report(intake: Intake, *, actor: Actor) -> Received:
    """Store a report and open an incident; the answer carries the public code.

    Raises `BadInput` with the fields to mend. Acknowledged means committed.
    """
    checked_key(intake.key)
    narrative = text.checked_narrative(intake.narrative)
    at = now()
    reported_at = checked_time(intake.reported_at, at)
    check_call_clocks(intake, reported_at, at)
    place = placed(intake.point, intake.place_words, reported_at)
    if len(intake.pictures) > MOST_PICTURES:
        raise BadInput("picture.too_many", fields={"picture": _("At most four pictures.")})
    # Files first and rows last: what the journal says happened is whole when it is said.
    stored = store_files(intake.pictures)
    try:
        received = _store(intake, narrative, reported_at, at, place, actor, stored)
    except BaseException:
        remove_files(stored)
        raise
    if received.repeated:
        remove_files(stored)
    return received


def checked_key(key: str) -> None:
    if not key or len(key) > KEY_MAX or not key.isprintable():
        raise BadInput("intake.key", _("The request carries no usable key; please reload."))


def checked_time(reported_at: datetime | None, at: datetime) -> datetime:
    """When it was reported; refuses times that cannot be."""
    if reported_at is None:
        return at
    if reported_at.tzinfo is None:
        raise BadInput("time.naive", fields={"reported_at": _("The time has no time zone.")})
    if reported_at > at + AHEAD:
        raise BadInput("time.future", fields={"reported_at": _("The time lies in the future.")})
    if reported_at < EARLIEST:
        raise BadInput("time.ancient", fields={"reported_at": _("The time lies too far back.")})
    return reported_at


def check_call_clocks(intake: Intake, reported_at: datetime, at: datetime) -> None:
    """A call's three clocks in their order: it came in, was picked up, was hung up."""
    before = reported_at
    for name in ("answered_at", "call_ended_at"):
        given: datetime | None = getattr(intake, name)
        if given is None:
            continue
        try:
            checked_time(given, at)
        except BadInput as error:
            raise BadInput(error.code, fields={name: error.fields["reported_at"]}) from None
        if given < before - SAME_SECOND:
            raise BadInput("time.order", fields={name: _("This lies before the time above it.")})
        before = given


def placed(point: Point | None, words: str, at: datetime) -> Placed:
    """The grid cells of a point on that day, or what is known instead of them."""
    if point is not None:
        if not (-180 <= point.lon <= 180 and -90 <= point.lat <= 90):
            raise BadInput("place.impossible", fields={"point": _("This place does not exist.")})
        found = places.locate(point, at)
        status = codes.PlaceStatus.LOCATED if found.cell_id else codes.PlaceStatus.OUTSIDE
        return Placed(status.value, found)
    known = codes.PlaceStatus.WORDS_ONLY if words.strip() else codes.PlaceStatus.UNKNOWN
    return Placed(known.value, places.NOWHERE)


def _store(
    intake: Intake,
    narrative: str,
    reported_at: datetime,
    at: datetime,
    place: Placed,
    actor: Actor,
    stored: Sequence[StoredPicture],
) -> Received:
    for _try in range(CODE_TRIES):
        code = new_code()
        chain = _chain(intake, narrative, reported_at, at, place, code, actor, stored)
        try:
            with transaction.atomic() if _in_transaction() else _NoSavepoint():
                keys = chain.run()
        except IntegrityError:
            if Incident.objects.filter(code=code).exists():
                continue
            raise
        if keys is not None:
            return Received(keys[0], code, repeated=False)
        known = Incident.objects.filter(intake_key=intake.key).values_list("pk", "code").first()
        if known is None:
            raise Conflict("intake.racing", _("The same report is just being stored; try again."))
        return Received(known[0], known[1], repeated=True)
    raise Unavailable("intake.codes", _("No free code could be found; please try again."))


def _in_transaction() -> bool:
    return bool(transaction.get_connection().in_atomic_block)


class _NoSavepoint:
    """Outside a transaction the chain is atomic by itself; a savepoint would cost two trips."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_exc: object) -> None: ...


def _chain(
    intake: Intake,
    narrative: str,
    reported_at: datetime,
    at: datetime,
    place: Placed,
    code: str,
    actor: Actor,
    stored: Sequence[StoredPicture],
) -> InsertChain:
    chain = InsertChain()
    incident = chain.insert(
        Incident,
        _incident_values(intake, narrative, reported_at, at, place, code),
        ignore_conflict_on=("intake_key",),
    )
    chain.insert(
        Report,
        {
            "incident_id": incident,
            "narrative": narrative,
            "channel": intake.channel,
            "language": intake.language,
            "source_ref": intake.source_ref[:120],
            "reported_at": reported_at,
            "answered_at": intake.answered_at,
            "call_ended_at": intake.call_ended_at,
        },
    )
    if contact := intake.contact:
        chain.insert(Contact, {"incident_id": incident, **contact_values(contact)})
    for picture in stored:
        chain.insert(Attachment, {"incident_id": incident, **picture.columns(at)})
    chain.insert(
        StatusChange,
        {
            "incident_id": incident,
            "verb": Verb.RECEIVE,
            "to_state": State.RECEIVED,
            "actor_kind": actor.kind.value,
            "actor_role": actor.role,
            "account_id": actor.account_id,
            "at": at,
        },
    )
    event = ReportReceived(
        incident_id=0,
        code=code,
        channel=intake.channel,
        cell_code=place.located.cell_code,
        place_status=place.status,
        reported_at=reported_at.astimezone(UTC).isoformat(),
    )
    entry = journal_values(event, actor=actor, at=at)
    fixed = {k: v for k, v in event.as_data().items() if k != "incident_id"}
    chain.insert(JournalEntry, {**entry, "data": JsonWith(fixed, {"incident_id": incident})})
    return chain


def _incident_values(
    intake: Intake, narrative: str, reported_at: datetime, at: datetime, place: Placed, code: str
) -> dict[str, object]:
    point, found = intake.point, place.located
    return {
        "code": code,
        "intake_key": intake.key,
        "state": State.RECEIVED,
        "channel": codes.Channel(intake.channel).value,
        "call_type": codes.CallType(intake.call_type).value,
        "title": text.title_of(narrative),
        "lon": point.lon if point else None,
        "lat": point.lat if point else None,
        "precision_m": intake.precision_m if point else None,
        "point_source": intake.point_source if point else "",
        "place_status": place.status,
        "place_words": text.verbatim(intake.place_words)[: text.PLACE_MAX],
        "cell_id": found.cell_id,
        "beat_id": found.beat_id,
        "cell_code": found.cell_code or "",
        "division_code": found.division_code or "",
        "station_id": found.station_id,
        "confidential": intake.confidential,
        "safe_contact": intake.contact.safe_contact if intake.contact else "unknown",
        "reported_at": reported_at,
        "received_at": at,
        "changed_at": at,
    }


def contact_values(contact: ContactIn) -> dict[str, object]:
    """The columns of a contact; the token lets matching see "the same contact", nobody a name."""
    phone = "".join(ch for ch in contact.phone if ch.isdigit() or ch == "+")[:20]
    if contact.phone.strip() and len(phone) < 3:
        raise BadInput("contact.phone", fields={"phone": _("This is not a phone number.")})
    return {
        "name": text.verbatim(contact.name)[:200],
        "phone": phone,
        "token": blind(phone, "incident.same_contact") if phone else "",
        "safe_contact": codes.SafeContact(contact.safe_contact).value,
    }


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture that lies on the disk and has no row yet."""

    name: str  # within the storage
    digest: str
    picture: Picture

    def columns(self, at: datetime) -> dict[str, object]:
        return {
            "file": self.name,
            "content_type": self.picture.content_type,
            "digest": self.digest,
            "width": self.picture.width,
            "height": self.picture.height,
            "at": at,
        }


def store_files(pictures: Sequence[Picture]) -> list[StoredPicture]:
    """Write pictures to the disk, each once; a full disk becomes a refusal with a way out."""
    by_digest = {hashlib.sha256(p.content).hexdigest(): p for p in pictures}
    stored: list[StoredPicture] = []
    path = ""
    try:
        for digest, picture in by_digest.items():
            # A name of its own, so that half a file can be removed by it.
            path = f"{now():incidents/%Y/%m}/{digest[:24]}-{secrets.token_hex(4)}.jpg"
            name = default_storage.save(path, ContentFile(picture.content))
            stored.append(StoredPicture(name, digest, picture))
    except OSError as error:
        remove_files(stored)
        with suppress(OSError):
            default_storage.delete(path)
        raise Unavailable(
            "upload.disk", _("The picture could not be stored. You can send without it.")
        ) from error
    return stored


def remove_files(stored: Sequence[StoredPicture]) -> None:
    for picture in stored:
        default_storage.delete(picture.name)


def attach(incident_id: int, pictures: Sequence[Picture], at: datetime) -> None:
    """Add pictures to a matter that is there already; known ones are left out."""
    known = set(Attachment.objects.filter(incident_id=incident_id).values_list("digest", flat=True))
    fresh = [p for p in pictures if hashlib.sha256(p.content).hexdigest() not in known]
    Attachment.objects.bulk_create(
        [Attachment(incident_id=incident_id, **s.columns(at)) for s in store_files(fresh)]
    )
