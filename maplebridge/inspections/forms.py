"""Untrusted input of the visit pages → plain values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.inspections.checklists import Point
from maplebridge.inspections.clocks import MOST_DAYS, USUAL_DAYS
from maplebridge.inspections.records import Answer
from maplebridge.inspections.states import Verdict, Way
from maplebridge.inspections.words import MOST
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point as Place
from maplebridge.kernel.sending import KeyField, new_key


class DeviceTimeField(forms.Field):
    """The device's clock at the moment of sending, ISO with a zone; None when it did not say."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> datetime | None:
        try:
            said = parse_datetime(str(value or ""))
        except ValueError:
            return None
        return said if said is not None and said.tzinfo is not None else None


class VisitForm(forms.Form):
    """The head of a visit; its points are forms of their own."""

    intake_key = KeyField(required=False, initial=new_key)
    visited_at = DeviceTimeField(
        required=False, widget=forms.HiddenInput(attrs={"data-device-time": True})
    )


class PictureField(forms.Field):
    """One upload → a re-encoded picture without metadata; None when there is none."""

    widget = forms.FileInput(attrs={"accept": "image/*"})

    def clean(self, value: Any) -> incidents.Picture | None:
        if not value:
            return None
        most = settings.MAPLEBRIDGE.upload_max_mb * 1024 * 1024
        try:
            return incidents.clean_picture(value.read(most + 1), most_bytes=most)
        except BadInput as error:
            raise ValidationError(error.sentence()) from error


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        day = local_day(now())
        span = {"min": day.isoformat(), "max": (day + timedelta(days=MOST_DAYS)).isoformat()}
        return super().get_context(name, value, {**span, **(attrs or {})})


def usual_day() -> object:
    return local_day(now()) + timedelta(days=USUAL_DAYS)


class PointForm(forms.Form):
    """One point of the list; what a fault needs is asked by the verb, so that all is told once."""

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False, widget=forms.RadioSelect)
    # A fault owes the next three, nothing else does: `clean` lets them go, the verb asks for them.
    words = forms.CharField(
        label=_("What is wrong?"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    way = forms.ChoiceField(
        label=_("What was agreed?"), choices=Way.choices, widget=forms.RadioSelect
    )
    mend_by = forms.DateField(label=_("To be put right by"), initial=usual_day, widget=DayInput)
    major = forms.BooleanField(
        label=_("Grave: people may come to harm"),
        help_text=_("It goes to the department at once as well."),
        required=False,
    )
    picture = PictureField(
        label=_("Photo"),
        help_text=_("Without faces. It goes with what the department gets."),
        required=False,
    )

    def __init__(self, data: Any, files: Any, *, point: Point) -> None:
        self.point = point
        # The dash keeps the names of points and of fields apart.
        super().__init__(data, files, prefix=point.code, use_required_attribute=False)
        if point.by_department:
            self.fields["way"].initial = Way.HANDED

    def clean(self) -> dict[str, Any]:
        for name in ("words", "way", "mend_by"):
            if self.has_error(name, code="required"):
                del self.errors[name]
        return self.cleaned_data

    def answer(self) -> Answer:
        """What was answered, as far as it could be read."""
        self.is_valid()
        said = self.cleaned_data
        if said.get("verdict") != Verdict.FAULT:
            return Answer(self.point.code, said.get("verdict") or "")
        picture = said.get("picture")
        return Answer(
            self.point.code, Verdict.FAULT, said.get("words", ""), said.get("way", ""),
            said.get("mend_by"), bool(said.get("major")), (picture,) if picture else (),
        )  # fmt: skip


def spread(head: VisitForm, points: Sequence[PointForm], error: BadInput) -> None:
    """Put a refusal's sentences beside the points they speak of."""
    by_code = {form.point.code: form for form in points}
    for name, sentence in (error.fields or {"": error.sentence()}).items():
        code, _dash, field = name.rpartition("-")
        form = by_code.get(code)
        if form is not None and field in form.fields:
            if field not in form.errors:
                form.add_error(field, str(sentence))
        else:
            head.add_error(None, str(sentence))


class HereForm(forms.Form):
    """Where the device is, for the nearest places; used once and kept nowhere."""

    lon = forms.FloatField(widget=forms.HiddenInput, min_value=-180, max_value=180)
    lat = forms.FloatField(widget=forms.HiddenInput, min_value=-90, max_value=90)

    def here(self) -> Place:
        place = Place(self.cleaned_data["lon"], self.cleaned_data["lat"])
        if not (math.isfinite(place.lon) and math.isfinite(place.lat)):
            raise BadInput("place.impossible")
        return place


class NoticeForm(forms.Form):
    mend_by = forms.DateField(
        label=_("To be put right by"), initial=usual_day, required=False, widget=DayInput
    )


class FailForm(NoticeForm):
    words = forms.CharField(label=_("What is still wrong?"), max_length=200, required=False)


class DismissForm(forms.Form):
    words = forms.CharField(label=_("Why is it none?"), max_length=200, required=False)
