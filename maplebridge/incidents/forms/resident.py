"""What residents send: a report, an addition, an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.forms.parts import (
    Choices,
    NarrativeField,
    PicturesField,
    PlaceForm,
    WordsField,
)
from maplebridge.incidents.records import ContactIn, Intake
from maplebridge.kernel.sending import KeyForm

SAFE_CHOICES: Choices = (
    ("unknown", _("I am not sure")),
    ("safe", _("Yes, call or text me")),
    ("unsafe", _("No, please do not")),
)


MOST_HEARD = 2_000  # characters of unsent words that a hint reads


class ReportForm(KeyForm, PlaceForm):
    """The portal's form: one question that must be answered, everything else may stay empty."""

    narrative = NarrativeField(label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 5}))
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
        widget=forms.TextInput(
            attrs={
                "type": "tel", "inputmode": "tel", "autocomplete": "tel",
                # The style sheet asks whether calling is safe as soon as this is not shown.
                "placeholder": _("Phone number"),
            }
        ),
    )  # fmt: skip
    safe_contact = forms.ChoiceField(
        label=_("Is it safe to call or text you back?"),
        help_text=_("If somebody else may see or answer your phone, choose No."),
        choices=SAFE_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial="unknown",
    )
    # The sealed link of a matter the sender said is the same; anything else in it means nothing.
    same_as = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

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


class HintForm(PlaceForm):
    """What is typed so far; it is read once and kept nowhere."""

    narrative = WordsField(required=False)

    def clean_narrative(self) -> str:
        return str(self.cleaned_data["narrative"])[:MOST_HEARD]


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


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Nine letters and figures, as we gave them to you."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
