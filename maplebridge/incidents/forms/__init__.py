"""Untrusted HTML input → plain values, one file per face."""

from __future__ import annotations

from maplebridge.incidents.forms.call import CallForm
from maplebridge.incidents.forms.desk import (
    CallBackForm,
    PurposeForm,
    SceneReportForm,
    TriageForm,
)
from maplebridge.incidents.forms.order import OrderForm
from maplebridge.incidents.forms.parts import ReasonForm, SupplementForm, spread
from maplebridge.incidents.forms.payment import StopPaymentForm
from maplebridge.incidents.forms.resident import (
    CodeForm,
    HintForm,
    ReportForm,
    SettledForm,
    SurveyForm,
)

__all__ = [
    "CallBackForm",
    "CallForm",
    "CodeForm",
    "HintForm",
    "OrderForm",
    "PurposeForm",
    "ReasonForm",
    "ReportForm",
    "SceneReportForm",
    "SettledForm",
    "StopPaymentForm",
    "SupplementForm",
    "SurveyForm",
    "TriageForm",
    "spread",
]
