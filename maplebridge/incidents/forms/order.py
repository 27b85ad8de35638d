"""A resident or a shop orders help from volunteers [点单]."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.forms.parts import NarrativeField, PicturesField, PlaceForm
from maplebridge.incidents.helping import HELPS
from maplebridge.incidents.records import ContactIn, Intake
from maplebridge.kernel.clock import now
from maplebridge.kernel.sending import KeyForm

AHEAD = timedelta(days=30)
FIRST_HOUR, LAST_HOUR = 7, 21  # when neighbours may be asked to come


class OrderForm(KeyForm, PlaceForm):
    """Which help, when, where, and how to reach who asks; the duty desk screens it."""

    kind = forms.ChoiceField(
        label=_("What help?"),
        choices=[(help_.code, help_.name) for help_ in HELPS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    narrative = NarrativeField(
        label=_("What is it about?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    picture = PicturesField(label=_("Pictures"), required=False)
    day = forms.DateField(
        label=_("Which day?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    hour = forms.TimeField(
        label=_("What time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    phone = forms.CharField(
        label=_("How do we reach you?"),
        help_text=_("A phone number, used for this matter only."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("place_words") and data.get("point") is None and not self.errors:
            self.add_error("place_words", _("Please say where you need the help."))
        data["when"] = self._when(data)
        return data

    def _when(self, data: dict[str, Any]) -> datetime | None:
        """Day and hour as one moment; an hour alone is today, none at all is soon."""
        day, hour = data.get("day"), data.get("hour")
        if day is None and hour is None:
            return None
        if hour is None:
            self.add_error("hour", _("Please give a time as well."))
            return None
        at = now()
        zone = timezone.get_current_timezone()
        wanted = datetime.combine(day or timezone.localdate(at), hour, tzinfo=zone)
        try:
            self._checked(wanted, at)
        except ValidationError as error:
            self.add_error("day" if day else "hour", error)
            return None
        return wanted

    @staticmethod
    def _checked(wanted: datetime, at: datetime) -> None:
        if wanted < at:
            raise ValidationError(_("This time has passed."))
        if wanted > at + AHEAD:
            raise ValidationError(_("Thirty days ahead at most."))
        if not FIRST_HOUR <= wanted.hour < LAST_HOUR:
            raise ValidationError(_("Volunteers come between 7:00 and 21:00."))

    def heading(self) -> str:
        """The first line of the report: which help and when, so that the desk's row says it."""
        data = self.cleaned_data
        name = next(str(help_.name) for help_ in HELPS if help_.code == data["kind"])
        when = data["when"]
        if when is None:
            return gettext("Order: {help}, soon.").format(help=name)
        return gettext("Order: {help}, {day} {hour}.").format(
            help=name, day=date_format(when, gettext("j M")), hour=f"{when:%H:%M}"
        )

    def intake(self) -> Intake:
        data = self.cleaned_data
        phone = data["phone"].strip()
        return Intake(
            key=f"web:{data['intake_key']}",
            narrative=f"{self.heading()}\n{data['narrative']}",
            channel=codes.Channel.ORDER_REQUEST.value,
            place_words=data["place_words"],
            point=data["point"],
            precision_m=data["precision"],
            point_source="pin",
            contact=ContactIn(phone=phone, safe_contact="safe") if phone else None,
            pictures=data["picture"],
        )
