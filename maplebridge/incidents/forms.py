"""Untrusted HTML input → plain values."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.incidents import codes, text
from maplebridge.incidents.actions.intake import MOST_PICTURES, checked_time
from maplebridge.incidents.pictures import clean_picture
from maplebridge.incidents.records import ContactIn, Intake, Picture, SceneReportIn, Triage
from maplebridge.incidents.subtypes import subtypes
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point, from_bd09, from_gcj02

Choices = Sequence[tuple[str, str | Promise]]
FRAMES: dict[str, Callable[[Point], Point]] = {
    "": lambda p: p,
    "wgs84": lambda p: p,  # within a metre of CGCS2000
    "cgcs2000": lambda p: p,
    "gcj02": from_gcj02,
    "bd09": from_bd09,
}
MOST_PRECISION_M = 100_000.0
# Channels with a line that is picked up and hung up, so with three clocks.
CALLS = frozenset({"phone", "video", "hotline_12345", "fire_119", "medical_120"})


def new_key() -> str:
    return str(uuid.uuid4())


def spread(form: forms.Form, error: BadInput) -> None:
    """Put a refusal's sentences beside the fields they speak of."""
    said = error.fields or {"": error.sentence()}
    for name, sentence in said.items():
        form.add_error(name if name in form.fields else None, str(sentence))


class WordsField(forms.CharField):
    """Free words; control characters fall out before Django would refuse the whole form."""

    def to_python(self, value: Any) -> str:
        return text.verbatim(str(super().to_python(value) or ""))


class NarrativeField(WordsField):
    """What happened; nothing said and far too much are told with everything else that is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        asked = {"required": _("Please say in a few words what happened.")}
        super().__init__(error_messages=asked, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            text.checked_narrative(value)
        except BadInput as error:
            raise ValidationError(error.sentence()) from error


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.Field):
    """Up to four uploads → re-encoded pictures without metadata."""

    widget = PicturesInput(attrs={"accept": "image/*", "multiple": True})

    def clean(self, value: Any) -> tuple[Picture, ...]:
        files = [file for file in value or () if file]
        if len(files) > MOST_PICTURES:
            raise ValidationError(_("At most four pictures."))
        most = settings.MAPLEBRIDGE.upload_max_mb * 1024 * 1024
        try:
            # One byte over the limit is read at most; the rest of a huge file is never touched.
            return tuple(clean_picture(file.read(most + 1), most_bytes=most) for file in files)
        except BadInput as error:
            raise ValidationError(error.sentence()) from error


class KeyForm(forms.Form):
    """A form that a repeat finds again: the page is made with a key, scripts fill an empty one."""

    intake_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_key)

    def clean_intake_key(self) -> str:
        given = str(self.cleaned_data["intake_key"])
        try:
            return str(uuid.UUID(given))
        except ValueError:
            return new_key()


class PlaceForm(forms.Form):
    """A pin in hidden fields, and words beside it."""

    place_words = WordsField(label=_("The place in words"), required=False, max_length=200)
    lon = forms.CharField(required=False, widget=forms.HiddenInput)
    lat = forms.CharField(required=False, widget=forms.HiddenInput)
    precision_m = forms.CharField(required=False, widget=forms.HiddenInput)
    frame = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        try:
            data["point"] = parse_point(data.get("lon"), data.get("lat"), data.get("frame"))
        except ValidationError as error:
            data["point"] = None
            self._drop_pin()
            self.add_error("place_words", error)
        data["precision"] = parse_precision(data.get("precision_m"))
        return data

    def _drop_pin(self) -> None:
        """A pin nobody can read must not stand in the way of the next try."""
        data: dict[str, Any] | QueryDict = self.data.copy()  # type: ignore[attr-defined]
        for name in ("lon", "lat", "precision_m", "frame"):
            data[self.add_prefix(name)] = ""
        self.data = data


def parse_point(lon: object, lat: object, frame: object) -> Point | None:
    """Degrees in the named frame → CGCS2000; None when no pin was set."""
    if not lon and not lat:
        return None
    unreadable = _("The pin could not be read. Set it again, or describe the place in words.")
    convert = FRAMES.get(str(frame or "").strip().lower())
    try:
        point = Point(float(str(lon)), float(str(lat)))
    except ValueError as error:
        raise ValidationError(unreadable) from error
    if convert is None or not (abs(point.lon) <= 180 and abs(point.lat) <= 90):
        raise ValidationError(unreadable)  # also refuses nan, which is not <= anything
    return convert(point)


def parse_precision(given: object) -> float | None:
    """Metres; None for anything that is not a sensible radius."""
    try:
        metres = float(str(given))
    except ValueError:
        return None
    return metres if math.isfinite(metres) and 0 < metres <= MOST_PRECISION_M else None


SAFE_CHOICES: Choices = (
    ("unknown", _("I am not sure")),
    ("safe", _("Yes, call or text me")),
    ("unsafe", _("No, please do not")),
)


class ReportForm(KeyForm, PlaceForm):
    """The portal's form: one question that must be answered, everything else may stay empty."""

    narrative = NarrativeField(
        label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 5})
    )
    picture = PicturesField(
        label=_("Pictures"),
        required=False,
        help_text=_("Up to four. Their hidden data is removed."),
    )
    phone = forms.CharField(
        label=_("How do we tell you the result?"),
        help_text=_("A phone number, used for this matter only."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    safe_contact = forms.ChoiceField(
        label=_("Is it safe to call or text you back?"),
        help_text=_("If somebody else may see or answer your phone, choose No."),
        choices=SAFE_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial="unknown",
    )

    def clean_safe_contact(self) -> str:
        return str(self.cleaned_data["safe_contact"] or "unknown")

    def intake(self) -> Intake:
        data = self.cleaned_data
        phone, safe = data["phone"].strip(), data["safe_contact"]
        told = bool(phone) or safe != "unknown"
        return Intake(
            key=f"web:{data['intake_key']}",
            narrative=data["narrative"],
            channel=codes.Channel.APP.value,
            place_words=data["place_words"],
            point=data["point"],
            precision_m=data["precision"],
            point_source="pin",
            contact=ContactIn(phone=phone, safe_contact=safe) if told else None,
            pictures=data["picture"],
        )


class SupplementForm(KeyForm):
    words = WordsField(
        label=_("What would you like to add?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = PicturesField(label=_("Pictures"), required=False)


class SettledForm(KeyForm):
    words = WordsField(
        label=_("How was it settled?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def _tri(yes: object) -> bool | None:
    return {"yes": True, "no": False}.get(str(yes))


class SurveyForm(forms.Form):
    """Any of the three taps, or the words; what is absent is left as it was."""

    contacted = forms.ChoiceField(choices=(("yes", ""), ("no", "")), required=False)
    solved = forms.ChoiceField(choices=(("yes", ""), ("partly", ""), ("no", "")), required=False)
    satisfied = forms.ChoiceField(choices=(("yes", ""), ("no", "")), required=False)
    words = WordsField(
        label=_("Anything else?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def answers(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The stored answers with the new ones on top."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        for name in ("contacted", "satisfied"):
            if name in given:
                given[name] = _tri(given[name])
        return {**before, **given}


class ReasonForm(forms.Form):
    """One sentence why."""

    reason = WordsField(label=_("Why?"), max_length=200, widget=forms.TextInput)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Nine letters and figures, as we gave them to you."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class _Moment(forms.DateTimeField):
    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": 1}
    )


CALL_CHANNELS: Choices = tuple(
    (c.value, c.label)
    for c in codes.Channel
    if c not in {codes.Channel.APP, codes.Channel.IOT_DEVICE}
)


class CallForm(KeyForm, PlaceForm):
    """What a call taker writes while somebody speaks."""

    narrative = NarrativeField(
        label=_("In the caller's own words"),
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
    )
    phone = forms.CharField(
        label=_("Caller's number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    name = WordsField(
        label=_("Name, if given"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    safe_contact = forms.ChoiceField(
        label=_("Calling back"), choices=codes.SafeContact.choices, initial="unknown"
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=CALL_CHANNELS, initial="phone")
    call_type = forms.ChoiceField(
        label=_("Kind of call"), choices=codes.CallType.choices, initial="normal"
    )
    source_ref = WordsField(label=_("Number given by the sender"), required=False, max_length=120)
    confidential = forms.BooleanField(label=_("The caller wants confidentiality"), required=False)
    reported_at = _Moment(label=_("Came in at"), initial=now)
    answered_at = _Moment(label=_("Answered at"), initial=now, required=False)
    call_ended_at = _Moment(label=_("Call ended at"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("channel") not in CALLS:
            data["answered_at"] = data["call_ended_at"] = None
            return data
        if data.get("call_ended_at") is None and "call_ended_at" not in self.errors:
            data["call_ended_at"] = max(now(), data.get("answered_at") or now())
        self._check_clocks(data)
        return data

    def _check_clocks(self, data: Mapping[str, Any]) -> None:
        """Each time can be, and none lies before the one that comes first."""
        known = []
        for name in ("reported_at", "answered_at", "call_ended_at"):
            if (at := data.get(name)) is None:
                continue
            try:
                known.append((name, checked_time(at, now())))
            except BadInput as error:
                self.add_error(name, str(next(iter(error.fields.values()))))
        for (_before, first), (name, second) in pairwise(known):
            if second < first - timedelta(seconds=1):  # inputs carry whole seconds
                self.add_error(name, _("This lies before the time above it."))

    def intake(self) -> Intake:
        data = self.cleaned_data
        contact = ContactIn(data["name"], data["phone"].strip(), data["safe_contact"])
        told = contact != ContactIn()
        return Intake(
            key=f"desk:{data['intake_key']}",
            narrative=data["narrative"],
            channel=data["channel"],
            call_type=data["call_type"],
            place_words=data["place_words"],
            point=data["point"],
            precision_m=data["precision"],
            point_source="desk",
            reported_at=data["reported_at"],
            answered_at=data["answered_at"],
            call_ended_at=data["call_ended_at"],
            contact=contact if told else None,
            confidential=data["confidential"],
            source_ref=data["source_ref"],
        )


def _with_blank(choices: Choices) -> Choices:
    return (("", "—"), *choices)


class TriageForm(PlaceForm):
    """All questions of one decision; what it starts with is what one Enter accepts."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    subtype = forms.ChoiceField(label=_("Subtype"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    lead_agency = forms.ChoiceField(label=_("Who leads"), required=False)
    police_label = forms.ChoiceField(label=_("Police matter?"), required=False)
    co_agencies = forms.MultipleChoiceField(
        label=_("Who assists"), required=False, widget=forms.CheckboxSelectMultiple
    )
    safe_contact = forms.ChoiceField(label=_("Calling back"), required=False)
    reason = WordsField(
        label=_("Reason for the change"),
        required=False,
        max_length=200,
        widget=forms.TextInput,
        help_text=_("Needed when it moves between criminal, public order and dispute."),
    )

    def __init__(
        self,
        *args: Any,
        agencies: Mapping[str, str],
        places: Sequence[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(p["code"]): p for p in places if p.get("lon") is not None}
        named = tuple(agencies.items())
        known = subtypes()
        here = str(self.initial.get("subtype") or "")  # a code the list may not have
        lists: dict[str, Choices] = {
            "subtype": _with_blank(tuple(({here: here} | known if here else known).items())),
            "category": _with_blank(codes.Category.choices),
            "urgency": _with_blank(codes.Urgency.choices),
            "police_label": _with_blank(codes.PoliceLabel.choices),
            "lead_agency": _with_blank(named),
            "co_agencies": named,
            "safe_contact": codes.SafeContact.choices,
            "place": (
                ("", _("As it is")),
                *((code, place_label(place)) for code, place in self.places.items()),
            ),
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def triage(self, *, words_before: str) -> Triage:
        data = self.cleaned_data
        point, precision, words = data["point"], data["precision"], data["place_words"]
        chosen = self.places.get(data["place"]) if point is None else None
        if chosen is not None:
            point = Point(float(chosen["lon"]), float(chosen["lat"]))
            precision = parse_precision(chosen.get("precision_m"))
            words = words or str(chosen.get("name") or "")
        return Triage(
            category=data["category"],
            subtype=data["subtype"].strip(),
            urgency=data["urgency"],
            police_label=data["police_label"],
            lead_agency=data["lead_agency"],
            co_agencies=tuple(c for c in data["co_agencies"] if c != data["lead_agency"]),
            point=point,
            precision_m=precision,
            place_words=words if words != words_before else None,
            safe_contact=data["safe_contact"] or None,
            reason=data["reason"],
        )


def place_label(place: Mapping[str, Any]) -> str | Promise:
    return str(place.get("name") or "") or _("Where the pin stands")


class SceneReportForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=_with_blank(codes.Outcome.choices),
        error_messages={"required": _("Choose how it ended.")},
    )
    measures = WordsField(
        label=_("What was found and done"),
        error_messages={"required": _("Say what was done.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    injuries = WordsField(label=_("Injuries"), required=False, max_length=200)
    answer = WordsField(
        label=_("The answer to the resident"),
        help_text=_("They read exactly this. Plain words, no names."),
        error_messages={"required": _("Write the answer the resident will read.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    final_category = forms.ChoiceField(
        label=_("Final category"),
        choices=_with_blank(codes.Category.choices),
        error_messages={"required": _("Choose a category.")},
    )
    final_subtype = forms.CharField(required=False, max_length=48, widget=forms.HiddenInput)
    reason = WordsField(
        label=_("Reason for the change"), required=False, max_length=200, widget=forms.TextInput
    )

    def report(self) -> SceneReportIn:
        return SceneReportIn(**self.cleaned_data)


class CallBackForm(forms.Form):
    reached = forms.ChoiceField(
        label=_("Was the person reached?"),
        choices=(
            ("yes", pgettext_lazy("call back", "Yes")),
            ("no", pgettext_lazy("call back", "No")),
        ),
        widget=forms.RadioSelect,
    )
    note = WordsField(label=_("What they said"), required=False, max_length=400)


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What do you need the contact for?"),
        choices=codes.ReadPurpose.choices,
        initial=codes.ReadPurpose.HANDLE_INCIDENT.value,
    )
