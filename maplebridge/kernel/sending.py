"""A form that is sent twice acts once: the key that tells a repeat from a new one."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


def new_key() -> str:
    return str(uuid.uuid4())


class KeyField(forms.Field):
    """The key of one sending. Nobody sees this field, so a key that cannot be used is replaced:
    a refusal would leave a person with a form that can never be sent."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return new_key()


class KeyForm(forms.Form):
    """A form that a repeat finds again: the page is made with a key, scripts fill an empty one."""

    intake_key = KeyField(required=False, initial=new_key)
