"""The testing kit: three named people, a clock that stands still, and checks every room uses."""

from __future__ import annotations

from maplebridge.kernel.testing.checks import assert_no_personal, personal_values
from maplebridge.kernel.testing.people import BAO, CHEN, LIN
from maplebridge.kernel.testing.time import MORNING, deliver, frozen

__all__ = [
    "BAO",
    "CHEN",
    "LIN",
    "MORNING",
    "assert_no_personal",
    "deliver",
    "frozen",
    "personal_values",
]
