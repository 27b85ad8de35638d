"""The card for stopping a payment, as the desk types it while the victim speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.actions.payments import LONGEST
from maplebridge.incidents.forms.desk import MINUTE
from maplebridge.incidents.forms.parts import WordsField
from maplebridge.incidents.records import StopPaymentCard


def _part(label: Any, **attrs: str) -> WordsField:
    """Every part may be left out; browsers must not offer what was typed for somebody else."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return WordsField(label=label, required=False, max_length=LONGEST, widget=widget)


class StopPaymentForm(forms.Form):
    """In the order in which a bank asks."""

    victim = _part(_("Who was deceived"))
    own_bank = _part(_("Their bank"))
    own_account = _part(_("Their account or card"), inputmode="numeric")
    amount = _part(_("Exact amount"))
    paid_at = forms.DateTimeField(
        label=_("Time of the last transfer"),
        required=False,
        widget=forms.DateTimeInput(format=MINUTE, attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Write it as a date and a time, or leave it empty.")},
    )
    counter_holder = _part(_("Holder of the other account"))
    counter_bank = _part(_("Bank of the other account"))
    counter_account = _part(_("The other account or card"), inputmode="numeric")
    receipt = _part(_("Receipt: its number, or where it can be seen"))
    bank_told = forms.BooleanField(label=_("Their bank has been called"), required=False)
    centre_told = forms.BooleanField(label=_("The anti-fraud centre has been told"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "pay_%s", **kwargs})

    def card(self) -> StopPaymentCard:
        return StopPaymentCard(**self.cleaned_data)
