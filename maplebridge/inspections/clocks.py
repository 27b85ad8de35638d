"""By when the next step of a hazard is due [时限]. Defaults; a city may set its own.

One working day from finding to notice, two hours when it is major; fifteen days at most to put it
right; three working days to look again; one working day to clear.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from maplebridge.inspections.states import Level, State
from maplebridge.kernel.clock import add_working_days, day_bounds

MAJOR_NOTICE = timedelta(hours=2)
USUAL_DAYS = 3  # what the form proposes
MOST_DAYS = 15
RECHECK_DAYS = 3  # working days
OLDEST = timedelta(days=7)  # a visit may wait this long on a phone without a line
AHEAD = timedelta(minutes=10)  # a phone's clock may run fast by this much


def next_due(state: str, level: str, at: datetime, mend_by: date | None) -> datetime | None:
    """When the step after `state` is due; None when nothing is owed any more."""
    match State(state):
        case State.FOUND:
            return at + MAJOR_NOTICE if level == Level.MAJOR else add_working_days(at, 1)
        case State.NOTIFIED:
            return day_bounds(mend_by)[1] if mend_by else add_working_days(at, RECHECK_DAYS)
        case State.RECTIFIED:
            return add_working_days(at, RECHECK_DAYS)
        case State.RECHECKED:
            return add_working_days(at, 1)
        case State.CLEARED | State.DISMISSED:
            return None
