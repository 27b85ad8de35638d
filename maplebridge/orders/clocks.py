"""By when an agency accepts and answers [时限]. Defaults; a city may set its own.

Acceptance within two hours is what makes a transfer effective; answers follow the limits of
fast response to requests: 2 hours where life or property is in danger, 24 hours for water,
power, gas and heat, 7 days in general, 15 days where several agencies have to work together.
"""

from __future__ import annotations

from datetime import datetime, timedelta

ACCEPT = timedelta(hours=2)
EMERGENCY = timedelta(hours=2)
UTILITY = timedelta(hours=24)
GENERAL = timedelta(days=7)
COMPLEX = timedelta(days=15)
UTILITY_SUBTYPES = ("utility", "water", "power", "gas", "heat", "facility")


def answer_due(issued_at: datetime, *, urgency: str, subtype: str, agencies: int) -> datetime:
    """When the answer is due, in calendar time."""
    if urgency in ("P1", "P2"):
        return issued_at + EMERGENCY
    if subtype.partition(".")[0] in UTILITY_SUBTYPES:
        return issued_at + UTILITY
    return issued_at + (COMPLEX if agencies >= 3 else GENERAL)


def accept_due(issued_at: datetime, answer_by: datetime) -> datetime:
    return min(issued_at + ACCEPT, answer_by)
