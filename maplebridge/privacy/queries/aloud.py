"""Entries read aloud: codes become the words of the field in the active language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.dispatch import api as dispatch_room
from maplebridge.dispatch import states as dispatch
from maplebridge.incidents.models import ContactReading, Incident
from maplebridge.incidents.states import State as IncidentState
from maplebridge.inspections.states import State as HazardState
from maplebridge.kernel.errors import Sentence
from maplebridge.kernel.journal import event_class
from maplebridge.kernel.models import JournalEntry
from maplebridge.kernel.numbers import spaced
from maplebridge.orders.states import State as OrderState
from maplebridge.people import api as people
from maplebridge.places.models import GridCell
from maplebridge.places.records import in_language
from maplebridge.teams import states as teams

Spoken = Callable[[object], object]

METHODS: dict[str, Sentence] = {
    "password": gettext_lazy("with a password"),
    "demo_card": gettext_lazy("with a role card of the demonstration"),
}
HELPERS: dict[str, Sentence] = {
    "volunteer": gettext_lazy("a volunteer"),
    "sentinel": gettext_lazy("a sentinel"),
    "police": gettext_lazy("a police unit"),
}
ENDS: dict[str, Sentence] = {"ended": gettext_lazy("ended")}
ANSWERS: dict[str, Sentence] = {"set_out": gettext_lazy("set out")}
SETTERS: dict[str, Sentence] = {
    "command": gettext_lazy("on the command line"),
    "simulated": gettext_lazy("by the living city"),
    "owner": gettext_lazy("by its owner"),
}
# Why a matter became graver, besides the kind of an alarm.
GRAVER: dict[str, Sentence] = {
    "alarm.need_help": gettext_lazy("the sentinels need help"),
    "alarm.no_answer": gettext_lazy("no sentinel answered the alarm"),
}
AVAILABILITY: dict[str, Sentence] = {"weekly_hours": gettext_lazy("By the weekly hours")}
CHANNELS: dict[str, Sentence] = {
    "web": gettext_lazy("on a page"),
    "api": gettext_lazy("over the API"),
    "job": gettext_lazy("by itself"),
    "command": gettext_lazy("on the command line"),
    "simulated": gettext_lazy("by the living city"),
}
ROOMS: dict[str, Sentence] = {
    "dispatch": gettext_lazy("Dispatch"),
    "exchange": gettext_lazy("Other systems"),
    "incidents": gettext_lazy("Incidents"),
    "inspections": gettext_lazy("Visits and hazards"),
    "orders": gettext_lazy("Orders"),
    "people": gettext_lazy("Staff and duty"),
    "places": gettext_lazy("Places"),
    "privacy": gettext_lazy("Personal data"),
    "teams": gettext_lazy("Teams"),
    "twin": gettext_lazy("The living city"),
}
# What each kind is called in the list of kinds; a kind without a name shows its code.
KINDS: dict[str, Sentence] = {
    "dispatch.alarm_changed": gettext_lazy("An alarm went on"),
    "dispatch.alarm_raised": gettext_lazy("An alarm was raised"),
    "dispatch.call_closed": gettext_lazy("A call ended"),
    "dispatch.call_opened": gettext_lazy("Somebody was called or sent"),
    "dispatch.civilians_kept_away": gettext_lazy("Helpers were told to keep away"),
    "dispatch.civilians_may_go_on": gettext_lazy("Helpers need not keep back any more"),
    "dispatch.handed_over": gettext_lazy("Hand-over to the police"),
    "dispatch.history_imported": gettext_lazy("Past calls imported"),
    "dispatch.offer_answered": gettext_lazy("An order was answered by who goes"),
    "dispatch.offer_made": gettext_lazy("More were asked"),
    "dispatch.offers_expired": gettext_lazy("Offers ran out"),
    "dispatch.position_shared": gettext_lazy("A position was shared"),
    "dispatch.unit_arrived": gettext_lazy("Somebody arrived"),
    "exchange.client_issued": gettext_lazy("A token was issued"),
    "exchange.client_revoked": gettext_lazy("A token was revoked"),
    "exchange.file_replayed": gettext_lazy("A file was replayed"),
    "incidents.call_back_made": gettext_lazy("Called back"),
    "incidents.contact_read": gettext_lazy("A contact was read"),
    "incidents.stop_payment_noted": gettext_lazy("A card for stopping a payment was written"),
    "incidents.history_imported": gettext_lazy("Past matters imported"),
    "incidents.marked_invalid_once": gettext_lazy("Held not to be valid"),
    "incidents.merge_undone": gettext_lazy("A merge was undone"),
    "incidents.merged": gettext_lazy("Merged into another matter"),
    "incidents.report_received": gettext_lazy("A report came in"),
    "incidents.shift_handed_over": gettext_lazy("A shift was handed over"),
    "incidents.brain_version_changed": gettext_lazy("A learned model changed its state"),
    "incidents.shift_taken_over": gettext_lazy("A shift was taken over"),
    "incidents.state_changed": gettext_lazy("A matter changed its state"),
    "incidents.suggested": gettext_lazy("Suggestions were made"),
    "incidents.supplemented": gettext_lazy("Something was added"),
    "incidents.survey_answered": gettext_lazy("A resident answered"),
    "incidents.triaged": gettext_lazy("A matter was triaged"),
    "incidents.urgency_raised": gettext_lazy("A matter became graver"),
    "inspections.hazard_changed": gettext_lazy("A hazard changed its state"),
    "inspections.history_imported": gettext_lazy("Past visits imported"),
    "inspections.visit_stored": gettext_lazy("A place was visited"),
    "orders.history_imported": gettext_lazy("Past work orders imported"),
    "orders.state_changed": gettext_lazy("A work order changed its state"),
    "people.account_deactivated": gettext_lazy("An account switched off"),
    "people.account_opened": gettext_lazy("An account opened"),
    "people.demo_accounts_dropped": gettext_lazy("Demonstration accounts switched off"),
    "people.loaded": gettext_lazy("Agencies and staff loaded"),
    "people.password_set": gettext_lazy("A password set"),
    "people.post_changed": gettext_lazy("Changed to another post"),
    "people.presence_marked": gettext_lazy("Presence on the roster"),
    "people.signed_in": gettext_lazy("Signed in"),
    "people.signed_out": gettext_lazy("Signed out"),
    "places.city_loaded": gettext_lazy("Places loaded"),
    "places.grids_changed": gettext_lazy("A new grid"),
    "places.town_imported": gettext_lazy("A map imported"),
    "places.zones_changed": gettext_lazy("Zones of a station changed"),
    "privacy.emptied": gettext_lazy("Personal values emptied"),
    "privacy.journal_read": gettext_lazy("The journal was read"),
    "privacy.proof_asked": gettext_lazy("A proof was asked for"),
    "privacy.proof_ended": gettext_lazy("A proof ended"),
    "privacy.readings_read": gettext_lazy("Readings were looked up"),
    "teams.availability_changed": gettext_lazy("A volunteer's availability"),
    "teams.consent_changed": gettext_lazy("Consent to passing points on"),
    "teams.correction_declined": gettext_lazy("A correction of points declined"),
    "teams.correction_proposed": gettext_lazy("A correction of points proposed"),
    "teams.hours_changed": gettext_lazy("A volunteer's weekly hours"),
    "teams.loaded": gettext_lazy("Teams loaded"),
    "teams.points_exported": gettext_lazy("Points passed on"),
    "teams.points_imported": gettext_lazy("Past points imported"),
    "teams.points_given": gettext_lazy("Points given"),
    "teams.points_reversed": gettext_lazy("Points corrected"),
    "teams.skill_recorded": gettext_lazy("A certificate recorded"),
    "twin.city_asked": gettext_lazy("The demonstration asked to begin anew"),
    "twin.pace_changed": gettext_lazy("Pace of the living city changed"),
}


def kinds_by_room(present: Iterable[str]) -> dict[str, list[str]]:
    """Kinds that occur or are known, under the room that records them."""
    rooms: dict[str, list[str]] = {}
    for kind in sorted({*present, *KINDS}):
        rooms.setdefault(kind.partition(".")[0], []).append(kind)
    return rooms


def kind_label(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def room_label(room: str) -> str:
    return str(ROOMS.get(room, room))


def channel_label(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))


def role_label(role: str) -> str:
    """A role of a person; "system:shredder" and "system:client:3" are said as what they are."""
    if role == "resident":
        return _("a resident")
    if role.startswith("system:client:"):
        return _("another system")
    kind, _colon, part = role.partition(":")
    return _("the system ({part})").format(part=part) if part else people.role_label(kind)


def choice(model: type[Model], field: str) -> Spoken:
    """The label of a value by the choices of a column."""
    return _words(dict(model._meta.get_field(field).flatchoices))  # type: ignore[union-attr]


def _words(*tables: Mapping[Any, Any]) -> Spoken:
    def spoken(value: object) -> object:
        return next((t[value] for t in tables if value in t), value)

    return spoken


def _choices(*lists: type[TextChoices] | Mapping[Any, Any]) -> Spoken:
    return _words(*(dict(x.choices) if isinstance(x, type) else x for x in lists))


def _role(value: object) -> object:
    return role_label(str(value))


def _code(value: object) -> object:
    return spaced(str(value)) if value else value


def _yes(value: object) -> object:
    return _("yes") if value else _("no")


def _or_all(spoken: Spoken) -> Spoken:
    return lambda value: spoken(value) if value else _("any")


def _reason(value: object) -> object:
    return dispatch_room.blocked_words(str(value)).rstrip("。.")


def _graver(value: object) -> object:
    if value in GRAVER:
        return GRAVER[str(value)]
    kind = _choices(dispatch.AlarmKind)(str(value).removeprefix("alarm."))
    return _("a sentinel's alarm ({kind})").format(kind=kind)


def _as_is(value: object) -> object:
    return value


_STATE = _choices(IncidentState)
# By (room, field), then by (kind, field) where one field means two things in a room.
SPOKEN: dict[tuple[str, str], Spoken] = {
    ("incidents", "code"): _code,
    ("incidents", "master_code"): _code,
    ("incidents", "duplicate_code"): _code,
    ("incidents", "channel"): choice(Incident, "channel"),
    ("incidents", "category"): choice(Incident, "category"),
    ("incidents", "urgency"): choice(Incident, "urgency"),
    ("incidents", "purpose"): choice(ContactReading, "purpose"),
    ("incidents", "from_state"): _STATE,
    ("incidents", "to_state"): _STATE,
    ("incidents.urgency_raised", "why"): _graver,
    ("inspections", "code"): _code,
    ("inspections", "from_state"): _choices(HazardState),
    ("inspections", "to_state"): _choices(HazardState),
    ("orders", "incident_code"): _code,
    ("orders", "to_state"): _choices(OrderState),
    ("dispatch", "answer"): _choices(dispatch.OfferState, ANSWERS),
    ("dispatch", "status"): _choices(dispatch.AlarmStatus),
    ("dispatch.alarm_changed", "state"): _choices(dispatch.AlarmState),
    ("dispatch.alarm_raised", "kind"): _choices(dispatch.AlarmKind),
    ("dispatch.call_closed", "state"): _choices(dispatch.CallState, ENDS),
    ("dispatch.civilians_kept_away", "reason"): _reason,
    ("dispatch.unit_arrived", "kind"): _words(HELPERS),
    ("people", "role"): _role,
    ("people", "before"): _role,
    ("people", "by"): _words(SETTERS),
    ("people", "method"): _words(METHODS),
    ("people", "present"): _yes,
    ("places", "network"): choice(GridCell, "network"),
    ("teams", "state"): _choices(teams.AvailabilityState, AVAILABILITY),
    ("teams", "reason"): _choices(teams.PointReason),
    ("teams", "skill"): _choices(teams.Skill),
    ("privacy", "room"): _or_all(lambda value: room_label(str(value))),
    ("privacy", "about"): _or_all(lambda value: kind_label(str(value))),
    ("privacy", "day"): _or_all(_as_is),
    ("privacy", "station_code"): _or_all(_as_is),
    ("privacy", "whole"): _yes,
}


@dataclass(frozen=True, slots=True)
class Names:
    """What a page of entries looks up once: codes of matters, names of agencies."""

    matters: Mapping[int, str]
    agencies: Mapping[str, str]


def names_for(rows: list[JournalEntry]) -> Names:
    """Two queries, however many entries."""
    ids = {row.data["incident_id"] for row in rows if row.data.get("incident_id")}
    codes = Incident.objects.filter(pk__in=ids).values_list("pk", "code")
    agencies = {a.code: in_language(a.name, a.name_en) for a in people.agencies()}
    return Names(dict(codes), agencies)


def sentence_of(row: JournalEntry, names: Names) -> str:
    """The entry in the active language; an unknown kind is said to be unknown, never left out."""
    cls = event_class(row.kind)
    if cls is not None:
        try:
            return str(cls.SENTENCE).format(**_said(row, names))
        except (KeyError, IndexError):  # an older version had other fields
            pass
    return _("An entry this version cannot read aloud: {kind}, version {version}.").format(
        kind=row.kind, version=row.version
    )


def _said(row: JournalEntry, names: Names) -> dict[str, object]:
    room = row.kind.partition(".")[0]
    said: dict[str, object] = {}
    for field, value in row.data.items():
        spoken = SPOKEN.get((row.kind, field)) or SPOKEN.get((room, field)) or _as_is
        said[field] = spoken(value)
    if "agency_code" in said:
        said["agency_code"] = names.agencies.get(str(said["agency_code"]), said["agency_code"])
    if "incident_id" in said:
        said["incident_id"] = _matter(row.data["incident_id"], names)
    return said


def _matter(incident_id: int | None, names: Names) -> object:
    if incident_id is None:
        return _("any")
    if not incident_id:
        return _("of an unknown code")
    code = names.matters.get(incident_id)
    return spaced(code) if code else incident_id
