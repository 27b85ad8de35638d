"""What the desk decides and reports about an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.incidents import codes
from maplebridge.incidents.forms.parts import (
    Choices,
    PlaceForm,
    WordsField,
    parse_precision,
    with_blank,
)
from maplebridge.incidents.records import SceneReportIn, Triage
from maplebridge.incidents.subtypes import subtypes
from maplebridge.kernel.geo import Point

MINUTE = "%Y-%m-%dT%H:%M"  # what the browser's field for a moment reads and writes


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
    occurred_at = forms.DateTimeField(
        label=_("Happened at"),
        required=False,
        widget=forms.DateTimeInput(
            format=MINUTE,
            attrs={
                "type": "datetime-local",
                "class": "input sug-value",
                "data-key": "6",
                "data-key-label": _("Happened at"),
            },
        ),
        error_messages={"invalid": _("Write it as a date and a time, or leave it empty.")},
    )
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
            "subtype": with_blank(tuple(({here: here} | known if here else known).items())),
            "category": with_blank(codes.Category.choices),
            "urgency": with_blank(codes.Urgency.choices),
            "police_label": with_blank(codes.PoliceLabel.choices),
            "lead_agency": with_blank(named),
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
            occurred_at=data["occurred_at"],
        )


def place_label(place: Mapping[str, Any]) -> str | Promise:
    return str(place.get("name") or "") or _("Where the pin stands")


class SceneReportForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=with_blank(codes.Outcome.choices),
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
        choices=with_blank(codes.Category.choices),
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
        initial=codes.ReadPurpose.HANDLE_INCIDENT.value,
    )

    def __init__(
        self,
        *args: Any,
        purposes: Sequence[codes.ReadPurpose] = tuple(codes.ReadPurpose),
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["purpose"].choices = [(p.value, p.label) for p in purposes]  # type: ignore[attr-defined]
