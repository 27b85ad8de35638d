"""What a call taker writes while somebody speaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.actions.intake import checked_time
from maplebridge.incidents.forms.parts import (
    Choices,
    NarrativeField,
    PlaceForm,
    WordsField,
)
from maplebridge.incidents.records import ContactIn, Intake
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.sending import KeyForm

# Channels with a line that is picked up and hung up, so with three clocks.
CALLS = frozenset({"phone", "video", "hotline_12345", "fire_119", "medical_120"})


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
