"""Fields and forms that several pages share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import text
from maplebridge.incidents.actions.intake import MOST_PICTURES
from maplebridge.incidents.pictures import clean_picture
from maplebridge.incidents.records import Picture
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point, from_bd09, from_gcj02
from maplebridge.kernel.sending import KeyForm

Choices = Sequence[tuple[str, str | Promise]]
FRAMES: dict[str, Callable[[Point], Point]] = {
    "": lambda p: p,
    "wgs84": lambda p: p,  # within a metre of CGCS2000
    "cgcs2000": lambda p: p,
    "gcj02": from_gcj02,
    "bd09": from_bd09,
}
MOST_PRECISION_M = 100_000.0


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


class SupplementForm(KeyForm):
    words = WordsField(
        label=_("What would you like to add?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = PicturesField(label=_("Pictures"), required=False)


class ReasonForm(forms.Form):
    """One sentence why."""

    reason = WordsField(label=_("Why?"), max_length=200, widget=forms.TextInput)


def with_blank(choices: Choices) -> Choices:
    return (("", "—"), *choices)
