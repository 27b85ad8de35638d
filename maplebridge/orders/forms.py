"""Untrusted input of the orders pages → plain values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("What was done, in words for the resident"), max_length=2000)


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Which rule makes another agency competent"), max_length=200)
    names_agency = forms.CharField(label=_("The competent agency"), max_length=24)


class ReissueForm(forms.Form):
    agency = forms.CharField(label=_("Send on to"), max_length=24)
