"""Untrusted input of the dispatch pages → plain values."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.api import PreHandlingIn
from maplebridge.dispatch.states import AlarmKind, AlarmStatus, Did, Injuries
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point


class SendForm(forms.Form):
    """Which units, and whether volunteers are asked as well."""

    units = forms.TypedMultipleChoiceField(coerce=int, required=False)
    volunteers = forms.BooleanField(required=False)
    screened = forms.BooleanField(required=False)  # a person looked at what is not on the list

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        # Whether such a unit exists is for the action; here only the shape is checked.
        field.choices = [(pk, pk) for pk in data.getlist("units") if pk.isdigit()]


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False, max_length=200)


class PositionForm(forms.Form):
    lon = forms.FloatField(min_value=-180, max_value=180)
    lat = forms.FloatField(min_value=-90, max_value=90)


class PreHandlingForm(forms.Form):
    """The hand-over: what was done, how people are, what they wish, what was seen."""

    did = forms.MultipleChoiceField(
        label=_("What you did"),
        choices=Did.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tap what you did, at least one.")},
    )
    injuries = forms.ChoiceField(
        label=_("How they are"),
        choices=Injuries.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Tap one: is anybody hurt?")},
    )
    wishes = forms.CharField(
        label=_("What they wish"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label=_("What you saw, and where things lie"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Write what you saw and heard. You need not judge who is right."),
    )
    handed_to = forms.TypedChoiceField(
        label=_("To whom"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handed_to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*units, ("", _("Whichever officer comes"))]
        if units:
            field.initial = units[0][0]

    def values(self) -> PreHandlingIn:
        data = self.cleaned_data
        return PreHandlingIn(
            did=tuple(data["did"]),
            injuries=data["injuries"],
            wishes=data["wishes"],
            evidence=data["evidence"],
            handed_to=data["handed_to"],
        )


class SceneForm(forms.Form):
    """The scene report from the street: how it ended, what was done, what the resident reads."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=incidents.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    measures = forms.CharField(
        label=_("What was found and done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say what was done.")},
    )
    injuries = forms.CharField(
        label=_("Injuries"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=_("The answer to the resident"),
        help_text=_("They read exactly this. Plain words, no names."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the answer the resident will read.")},
    )

    def report(self) -> incidents.SceneReportIn:
        """As judged: a changed category needs the desk's page, where the reason is asked."""
        return incidents.SceneReportIn(**self.cleaned_data)


class AlarmForm(forms.Form):
    """One tap for what it is; how it stands; words if there is time."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=AlarmKind.choices)
    status = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=AlarmStatus.choices,
        initial=AlarmStatus.INTERVENING,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    intake_key = forms.CharField(required=False, max_length=48, widget=forms.HiddenInput)


class AlarmStepForm(forms.Form):
    step = forms.ChoiceField(choices=[("ack", ""), ("there", ""), ("update", ""), ("close", "")])
    status = forms.ChoiceField(choices=AlarmStatus.choices, required=False)
    words = forms.CharField(required=False, max_length=300)
    intake_key = forms.CharField(required=False, max_length=48)


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.Field):
    """Up to four uploads → re-encoded pictures without hidden data."""

    widget = PicturesInput(attrs={"accept": "image/*", "multiple": True})

    def clean(self, value: Any) -> tuple[incidents.Picture, ...]:
        most = settings.MAPLEBRIDGE.upload_max_mb * 1024 * 1024
        try:
            # One byte over the limit is read at most; the rest of a huge file is never touched.
            return tuple(
                incidents.clean_picture(file.read(most + 1), most_bytes=most)
                for file in value or ()
                if file
            )
        except BadInput as refusal:
            raise forms.ValidationError(refusal.sentence()) from refusal


class FieldReportForm(forms.Form):
    """What somebody on the street sees: words and a place, nothing about persons.

    Pictures only from those who hold a post of the station: what helpers saw of a matter, often
    of a child or of somebody who is ill, is told in words.
    """

    narrative = forms.CharField(
        label=_("What do you see?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Please say in a few words what happened.")},
    )
    place_words = forms.CharField(
        label=_("The place in words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    picture = PicturesField(
        label=_("Pictures"),
        required=False,
        help_text=_("Up to four. No faces; hidden data is removed."),
    )
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    precision_m = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)
    intake_key = forms.CharField(
        required=False, max_length=48, initial=lambda: str(uuid.uuid4()), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, pictures: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pictures:
            del self.fields["picture"]

    def intake(self, actor: Actor) -> incidents.Intake:
        """The report, under a key that only this account can use again."""
        said = self.cleaned_data
        lon, lat = said["lon"], said["lat"]
        key = said["intake_key"] or str(uuid.uuid4())
        return incidents.Intake(
            key=f"field:{actor.account_id}:{key}",
            narrative=said["narrative"],
            channel=CHANNEL_OF.get(actor.role, "other"),
            place_words=said["place_words"],
            point=Point(lon, lat) if lon is not None and lat is not None else None,
            precision_m=said["precision_m"] or None,
            point_source="here",
            pictures=said.get("picture", ()),
        )


HELPERS = frozenset({
    "volunteer", "team_captain", "social_org_member", "sentinel", "sentinel_leader",
})  # fmt: skip

# How it came in, by who saw it; the desk reads it beside the words.
CHANNEL_OF = {
    "grid_worker": "grid_worker",
    "volunteer": "volunteer",
    "team_captain": "volunteer",
    "sentinel": "sentinel",
    "sentinel_leader": "sentinel",
}
