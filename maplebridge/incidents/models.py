"""Rows of the incidents room."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maplebridge.incidents import codes
from maplebridge.incidents.states import OPEN, UNDER_WAY, WAITING, State, Verb
from maplebridge.kernel.crypto import EncryptedTextField
from maplebridge.kernel.personal import Keep, Kind, Personal

WORDS = Personal(Kind.WORDS, Keep.YEARS_3)
POSITION = Personal(Kind.POSITION, Keep.HOURS_72, empty=None)
AGENCY_LENGTH = 24
# What the desk has to judge: nobody decided yet, help may be on the way or not, or something
# happened that is graver than what was decided. `Incident.to_judge` says the same of one row.
TO_JUDGE = Q(state__in=WAITING) | Q(state__in=UNDER_WAY) & (
    Q(initial_category="") | ~Q(urgency_floor="")
)


class Incident(models.Model):
    """One event [警情], with its present state; its past is in `StatusChange`."""

    code = models.CharField(max_length=9, unique=True)
    intake_key = models.CharField(max_length=120, unique=True)  # a repeat finds the same row
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    channel = models.CharField(max_length=16, choices=codes.Channel)
    call_type = models.CharField(max_length=12, choices=codes.CallType, default="normal")
    title = models.CharField(max_length=60)
    category = models.CharField(max_length=24, choices=codes.Category, blank=True)
    subtype = models.CharField(max_length=48, blank=True)
    initial_category = models.CharField(max_length=24, choices=codes.Category, blank=True)
    initial_subtype = models.CharField(max_length=48, blank=True)
    urgency = models.CharField(max_length=2, choices=codes.Urgency, blank=True)
    # What the queue sorts by: the suggestion until somebody decides. Never shown as a decision.
    queue_urgency = models.CharField(max_length=2, choices=codes.Urgency, default="P3")
    # At least this urgent, because of what happened (a call for help); until somebody judges it.
    urgency_floor = models.CharField(
        max_length=2, choices=codes.Urgency, blank=True, default="", db_default=""
    )
    raised_at = models.DateTimeField(null=True)  # when the floor was set
    police_label = models.CharField(max_length=12, choices=codes.PoliceLabel, blank=True)
    lead_agency = models.CharField(max_length=AGENCY_LENGTH, blank=True)
    co_agencies = models.JSONField(default=list)
    # Where. `cell` and `beat` are those of the day it was reported; re-gridding leaves them.
    lon = models.FloatField(null=True)  # degrees, CGCS2000
    lat = models.FloatField(null=True)
    precision_m = models.FloatField(null=True)  # metres, radius
    point_source = models.CharField(max_length=12, blank=True)  # pin | here | words | device | desk
    place_status = models.CharField(max_length=12, choices=codes.PlaceStatus, default="unknown")
    place_words = models.CharField(max_length=200, blank=True)
    cell = models.ForeignKey(
        "places.GridCell", null=True, on_delete=models.PROTECT, related_name="+"
    )
    beat = models.ForeignKey(
        "places.GridCell", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cell_code = models.CharField(max_length=24, blank=True)
    division_code = models.CharField(max_length=12, blank=True)
    station = models.ForeignKey(
        "places.Station", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confidential = models.BooleanField(default=False)
    safe_contact = models.CharField(max_length=8, choices=codes.SafeContact, default="unknown")
    # When it happened [发案时间], as the desk understood it; often long before it was reported.
    occurred_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()  # the person spoke; a call: entered the queue
    received_at = models.DateTimeField()  # the platform stored it
    triaged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    kept_from: ClassVar[str] = "closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "title": WORDS,
        "place_words": WORDS,
        "lon": POSITION,
        "lat": POSITION,
    }
    plain: ClassVar[frozenset[str]] = frozenset(
        {
            "code", "intake_key", "subtype", "initial_subtype", "lead_agency", "co_agencies",
            "point_source", "cell_code", "division_code",
        }
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            # The queue reads open rows only; a million closed ones must not slow it.
            models.Index(
                fields=["queue_urgency", "reported_at"],
                name="incident_open",
                condition=Q(state__in=[s.value for s in OPEN]),
            ),
            models.Index(fields=["reported_at"], name="incident_reported"),
            models.Index(fields=["state", "closed_at"], name="incident_closed"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def to_judge(self) -> bool:
        """Whether the desk has to judge it now; `TO_JUDGE` is the same as a filter."""
        if self.state in WAITING:
            return True
        return self.state in UNDER_WAY and (not self.initial_category or bool(self.urgency_floor))


class Report(models.Model):
    """What was said, verbatim [报警内容], with its clocks. Never edited; see `Supplement`."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="reports")
    narrative = models.TextField()
    channel = models.CharField(max_length=16, choices=codes.Channel)
    language = models.CharField(max_length=8, blank=True)
    source_ref = models.CharField(max_length=120, blank=True)  # the sender's own number
    reported_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # picked up [接警时间]
    call_ended_at = models.DateTimeField(null=True)  # hung up [接警完成时间]

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "narrative": WORDS,
        "source_ref": Personal(Kind.WORDS, Keep.YEARS_3),
    }
    plain: ClassVar[frozenset[str]] = frozenset({"language"})


class Contact(models.Model):
    """How to reach who reported, sealed. Reading it takes a purpose and leaves a trace."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="contact")
    name = EncryptedTextField(purpose="incident.contact", blank=True)
    phone = EncryptedTextField(purpose="incident.contact", blank=True)
    token = models.CharField(max_length=64, blank=True)  # keyed digest: same contact, nothing more
    safe_contact = models.CharField(max_length=8, choices=codes.SafeContact, default="unknown")

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "name": Personal(Kind.NAME, Keep.MONTHS_6),
        "phone": Personal(Kind.CONTACT, Keep.MONTHS_6),
        "token": Personal(Kind.CONTACT, Keep.MONTHS_6),
    }


class ContactReading(models.Model):
    """Who read a contact, in which post, and why; shown to the person themselves."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="readings")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=48)
    agency_code = models.CharField(max_length=AGENCY_LENGTH, blank=True)
    purpose = models.CharField(max_length=24, choices=codes.ReadPurpose)
    at = models.DateTimeField()

    plain: ClassVar[frozenset[str]] = frozenset({"role", "agency_code"})


ON_CARD = Personal(Kind.WORDS, Keep.HOURS_72)


class StopPayment(models.Model):
    """What a bank needs to stop a transfer [止付], sealed. Reading it leaves a trace.

    It serves the call to the bank, not the file of the case: three days after closing it is empty.
    """

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="stop_payment")
    victim = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    own_bank = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    own_account = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    amount = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    counter_bank = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    counter_account = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    counter_holder = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    receipt = EncryptedTextField(purpose="incident.stop_payment", blank=True)
    paid_at = models.DateTimeField(null=True)  # the last transfer
    bank_told_at = models.DateTimeField(null=True)
    centre_told_at = models.DateTimeField(null=True)  # anti-fraud centre [反诈中心]
    version = models.PositiveIntegerField(default=1)  # two desks at once are told of each other
    changed_at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "victim": Personal(Kind.NAME, Keep.HOURS_72),
        "own_bank": ON_CARD,
        "own_account": ON_CARD,
        "amount": ON_CARD,
        "counter_bank": ON_CARD,
        "counter_account": ON_CARD,
        "counter_holder": Personal(Kind.NAME, Keep.HOURS_72),
        "receipt": ON_CARD,
    }


class Supplement(models.Model):
    """Words added later, by the resident or at the desk; the first report stays as it was."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="supplements")
    key = models.CharField(max_length=120, unique=True)
    text = models.TextField()
    by_resident = models.BooleanField()
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"text": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"key"})


class Attachment(models.Model):
    """A picture, re-encoded without its metadata."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="incidents/%Y/%m/")
    content_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)  # of the stored file, hex
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"file": Personal(Kind.PICTURE, Keep.YEARS_3)}
    plain: ClassVar[frozenset[str]] = frozenset({"content_type", "digest"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "digest"], name="attachment_once")
        ]


class Suggestion(models.Model):
    """What the brain proposes on one question, with its reasons. Never a decision."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="suggestions")
    aspect = models.CharField(max_length=24, choices=codes.Aspect)
    value = models.JSONField(null=True)  # null: not sure
    confidence = models.FloatField()
    alternatives = models.JSONField(default=list)
    evidence = models.JSONField(default=list)  # reason codes, offsets, parameters
    brain_version = models.CharField(max_length=40)
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "evidence": Personal(Kind.WORDS, Keep.YEARS_3, empty=[]),
    }
    plain: ClassVar[frozenset[str]] = frozenset({"value", "alternatives", "brain_version"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "aspect", "brain_version"], name="suggested_once"
            )
        ]


class BrainVersion(models.Model):
    """One attempt to learn from what this town's desk decided. At most one is in use.

    The weights hold no words of a resident: what the model listens for comes from the texts that
    are shipped, decisions only move how much each of it counts.
    """

    state = models.CharField(max_length=12, choices=codes.BrainState)
    base = models.CharField(max_length=64, blank=True)  # the shipped model it stands on
    decisions = models.PositiveIntegerField(default=0)  # learned from
    until_decision = models.BigIntegerField(default=0)  # the newest of them
    figures = models.JSONField(default=dict)  # on the fixed set: "before", "after"; own decisions
    why_not = models.JSONField(default=list)  # codes of what was worse
    weights = models.BinaryField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"base", "figures", "why_not", "weights"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=codes.BrainState.LIVE), name="one_brain_in_use"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=codes.BrainState.LEARNING),
                name="one_brain_learning",
            ),
        ]

    @property
    def name(self) -> str:
        """As it stands beside a suggestion."""
        return f"town-{self.pk}"


class TriageDecision(models.Model):
    """What a person decided, beside what had been suggested."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="decisions")
    category = models.CharField(max_length=24, choices=codes.Category)
    subtype = models.CharField(max_length=48, blank=True)
    urgency = models.CharField(max_length=2, choices=codes.Urgency)
    police_label = models.CharField(max_length=12, choices=codes.PoliceLabel)
    lead_agency = models.CharField(max_length=AGENCY_LENGTH, blank=True)
    co_agencies = models.JSONField(default=list)
    agreed = models.JSONField(default=list)  # aspects taken as suggested
    overruled = models.JSONField(default=list)  # aspects decided otherwise
    reason = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset(
        {"subtype", "lead_agency", "co_agencies", "agreed", "overruled"}
    )


class StatusChange(models.Model):
    """One step of one incident: the history, and the only source of figures."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="changes")
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    verb = models.CharField(max_length=12, choices=Verb)
    to_state = models.CharField(max_length=12, choices=State)
    category = models.CharField(max_length=24, choices=codes.Category, blank=True)
    urgency = models.CharField(max_length=2, choices=codes.Urgency, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_role = models.CharField(max_length=48)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"actor_kind", "actor_role"})

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["incident", "id"], name="change_of_incident"),
            models.Index(fields=["at"], name="change_at"),
        ]


class MergeLink(models.Model):
    """Two incidents are one event [并单]. A link, so undoing it restores what was before."""

    master = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="duplicates")
    duplicate = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="masters")
    before_state = models.CharField(max_length=12, choices=State)
    # The urgency the duplicate adds while nobody has judged it, and what the leading matter is
    # without it: see `actions/added_danger.py`.
    adds = models.CharField(
        max_length=2, choices=codes.Urgency, blank=True, default="", db_default=""
    )
    lead_floor = models.CharField(
        max_length=2, choices=codes.Urgency, blank=True, default="", db_default=""
    )
    lead_raised_at = models.DateTimeField(null=True)
    lead_queue = models.CharField(
        max_length=2, choices=codes.Urgency, blank=True, default="", db_default=""
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at=None), name="one_master_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(master=models.F("duplicate")), name="not_its_own_master"
            ),
        ]


class InvalidMark(models.Model):
    """One person's view that a report is not valid; it takes two different people."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="invalid_marks")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "account"], name="one_mark_each")
        ]


class SceneReport(models.Model):
    """Report after action [反馈单]: what was found and done, with the final category."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="scene_reports")
    outcome = models.CharField(max_length=16, choices=codes.Outcome)
    measures = models.TextField()
    injuries = models.CharField(max_length=200, blank=True)
    answer = models.TextField()  # what the resident reads
    final_category = models.CharField(max_length=24, choices=codes.Category)
    final_subtype = models.CharField(max_length=48, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {
        "measures": WORDS,
        "injuries": WORDS,
        "answer": WORDS,
    }
    plain: ClassVar[frozenset[str]] = frozenset({"final_subtype"})


class ReturnVisit(models.Model):
    """A call back [回访]; never made where contact is unsafe."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="visits")
    reached = models.BooleanField()
    note = models.CharField(max_length=400, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"note": WORDS}


class SurveyAnswer(models.Model):
    """The resident's three taps: contacted? solved? satisfied?"""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="survey")
    contacted = models.BooleanField(null=True)
    solved = models.CharField(max_length=8, blank=True)  # yes | partly | no
    satisfied = models.BooleanField(null=True)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"words": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"solved"})


class Claim(models.Model):
    """Who works on a matter right now, so that two do not do it twice. It bars nobody.

    A short lease, not a record: renewed while the page is open, gone when it is left, swept when
    it runs out. No verb, so no journal entry.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="claims")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()  # last renewed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "account"], name="one_claim_each")
        ]


class ShiftHandOver(models.Model):
    """The end of a shift at the desk [交班], signed by who leaves and by who takes over."""

    since = models.DateTimeField()  # the hand-over before
    at = models.DateTimeField()  # signed by who leaves
    counts = models.JSONField(default=dict)  # numbers as they stood then
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"counts"})


class ShiftNote(models.Model):
    """A line for who comes next; on no sheet until the shift is signed off."""

    hand_over = models.ForeignKey(
        ShiftHandOver, null=True, on_delete=models.CASCADE, related_name="notes"
    )
    key = models.CharField(max_length=64, unique=True)  # a repeat finds the same row
    words = models.CharField(max_length=400)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "at"
    personal: ClassVar[dict[str, Personal]] = {"words": Personal(Kind.WORDS, Keep.MONTHS_6)}
    plain: ClassVar[frozenset[str]] = frozenset({"key"})
