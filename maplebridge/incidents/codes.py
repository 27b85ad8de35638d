"""Code lists of the field with their names (incident categories, urgency, channels …).

Codes differ by province; these are ours, and adapters map to them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    CRIMINAL = "criminal", _("Criminal")
    PUBLIC_ORDER = "public_order", _("Public order")
    TRAFFIC = "traffic", _("Road traffic")
    FIRE_RESCUE = "fire_rescue", _("Fire and rescue")
    URGENT_HELP = "urgent_help", _("Urgent help")
    DISPUTE = "dispute", _("Dispute")
    TIP_OFF = "tip_off", _("Tip-off")
    COMPLAINT_ON_POLICE = "complaint_on_police", _("Complaint about police")
    SOCIAL_LINKAGE = "social_linkage", _("Public services")
    COLLECTIVE_PETITION = "collective_petition", _("Collective petition")
    MASS_INCIDENT = "mass_incident", _("Mass incident")
    CONSULTATION = "consultation", _("Consultation")
    OTHER = "other", _("Other")
    NUISANCE = "nuisance", _("Nuisance")


class Urgency(models.TextChoices):
    P1 = "P1", _("Critical")
    P2 = "P2", _("Urgent")
    P3 = "P3", _("Normal")
    P4 = "P4", _("Can be planned")


class PoliceLabel(models.TextChoices):
    POLICE = "police", _("Police")
    MIXED = "mixed", _("Mixed")
    NON_POLICE = "non_police", _("Not police")


class Channel(models.TextChoices):
    """How a report came in [来源方式]."""

    PHONE = "phone", _("Phone call")
    WALK_IN = "walk_in", _("Walk-in")
    KIOSK = "kiosk", _("Kiosk")
    APP = "app", _("Online")
    SMS = "sms", _("Text message")
    VIDEO = "video", _("Video call")
    IOT_DEVICE = "iot_device", _("Device alarm")
    SENTINEL = "sentinel", _("Sentinel")
    GRID_WORKER = "grid_worker", _("Grid worker")
    VOLUNTEER = "volunteer", _("Volunteer")
    HOTLINE_12345 = "hotline_12345", _("12345 hotline")
    FIRE_119 = "fire_119", _("119 fire line")
    MEDICAL_120 = "medical_120", _("120 ambulance line")
    ORDER_REQUEST = "order_request", _("Help ordered")
    TRANSFER_IN = "transfer_in", _("Passed on by a department")
    OTHER = "other", _("Other channel")


class CallType(models.TextChoices):
    """Kind of call [来话类型]."""

    NORMAL = "normal", _("Normal")
    SILENT = "silent", _("Silent call")
    NUISANCE = "nuisance", _("Nuisance call")
    MISDIAL = "misdial", _("Misdialled")
    REPEAT = "repeat", _("Repeated")
    FOLLOW_UP = "follow_up", _("Follow-up")


class SafeContact(models.TextChoices):
    """Whether calling or texting back is safe for the person; unsafe blocks both."""

    UNKNOWN = "unknown", _("Not known")
    SAFE = "safe", _("Safe to call back")
    UNSAFE = "unsafe", _("Do not call or text back")


class PlaceStatus(models.TextChoices):
    LOCATED = "located", _("Located in a grid")
    OUTSIDE = "outside", _("The point lies in no grid")
    WORDS_ONLY = "words_only", _("Place in words only")
    UNKNOWN = "unknown", _("Place not known")


class Aspect(models.TextChoices):
    """The questions the brain answers for the desk."""

    CATEGORY = "category", _("Category")
    SUBTYPE = "subtype", _("Subtype")
    URGENCY = "urgency", _("Urgency")
    POLICE_LABEL = "police_label", _("Police matter?")
    LEAD_AGENCY = "lead_agency", _("Who leads")
    CO_AGENCIES = "co_agencies", _("Who assists")
    PLACE = "place", _("Place")
    VOLUNTEER_OK = "volunteer_ok", _("Volunteers may go first")
    NEEDS_JOINT_HANDLING = "needs_joint_handling", _("Several agencies at once")
    UNSAFE_CONTACT = "unsafe_contact", _("Unsafe to call back")
    DUPLICATE = "duplicate", _("Same event?")


class BrainState(models.TextChoices):
    """What became of a model that was learned from decisions."""

    LEARNING = "learning", _("being learned")
    LIVE = "live", _("in use")
    SET_ASIDE = "set_aside", _("set aside")
    REPLACED = "replaced", _("replaced by a later one")
    TAKEN_BACK = "taken_back", _("taken back")


class Outcome(models.TextChoices):
    """Outcome of a scene report [处置结果]."""

    RESOLVED = "resolved", _("Resolved on the spot")
    MEDIATED = "mediated", _("Settled by mediation")
    FILED = "filed", _("Filed as a case")
    REFERRED = "referred", _("Referred to the competent body")
    ADVISED = "advised", _("Settled by advice")
    NO_TRACE = "no_trace", _("Nothing found on the spot")
    FALSE_REPORT = "false_report", _("False report")


class ReadPurpose(models.TextChoices):
    """The closed list of reasons for reading a contact."""

    HANDLE_INCIDENT = "handle_incident", _("To handle this matter")
    CALL_BACK = "call_back", _("To call back about this matter")
    ANSWER_PRIVACY_REQUEST = "answer_privacy_request", _("To answer a privacy request")
    AUDIT = "audit", _("To audit")
    STOP_PAYMENT = "stop_payment", _("To stop a payment")
