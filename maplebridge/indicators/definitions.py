"""Every figure's definition: what is counted, over which time, from which entries.

A definition is code under review. The public page `/method/` prints this table, so a figure
that is not here cannot be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from maplebridge.indicators.measures import SMALL
from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    id: str
    name: Sentence
    says: Sentence  # the definition in one or two sentences
    unit: Sentence
    period: Sentence
    sources: tuple[str, ...]  # kinds of journal entries
    seed: str = ""  # the published figure it corresponds to (domain book, 5.4)
    less_is_success: bool = False  # never for reports where more can mean more trust
    small_below: int = SMALL  # fewer cases are marked and never ranked


TODAY = _("today, from midnight")
THIS_MONTH = _("this month so far")
NOW = _("now")
MONTHS = _("this month so far, against the same hours of last month")
MATTERS = _("matters")
CHANGES = (
    "incidents.report_received", "incidents.triaged", "incidents.state_changed",
    "incidents.merged", "incidents.merge_undone", "incidents.history_imported",
)  # fmt: skip
ARRIVALS = (*CHANGES, "dispatch.unit_arrived", "dispatch.history_imported")

_ALL = (
    MetricDefinition(
        "received",
        _("Reported today"),
        _(
            "Matters reported since local midnight, by any channel. Merged and invalid ones are"
            " left out. A matter counts in the hour in which the person spoke, also when it"
            " reaches us later."
        ),
        MATTERS,
        TODAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.category",
        _("Reported today by category"),
        _(
            "The same matters by their first category. It is frozen at the first triage, so that"
            " a later change of category cannot move a figure. Matters nobody has judged yet are"
            " shown as such."
        ),
        MATTERS,
        TODAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.channel",
        _("Reported today by channel"),
        _("The same matters by how they came in."),
        MATTERS,
        TODAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.urgency",
        _("Reported today by urgency"),
        _("The same matters by the urgency of their first triage."),
        MATTERS,
        TODAY,
        CHANGES,
    ),
    MetricDefinition(
        "open_orders",
        _("Clocks running"),
        _(
            "Work orders that an agency has not answered yet. Overdue: the answer was due before"
            " now. Soon: it is due within the hour."
        ),
        _("orders"),
        NOW,
        ("orders.state_changed",),
    ),
    MetricDefinition(
        "first_arrival",
        _("Volunteers first"),
        _(
            "Of today's matters where anybody arrived, the share in which the first to arrive was"
            " a volunteer. With the Wilson 95 % interval."
        ),
        _("share"),
        TODAY,
        ARRIVALS,
        seed="S38",
    ),
    MetricDefinition(
        "arrival_time",
        _("Time to the first arrival"),
        _(
            "From the report to the first helper of any kind on the spot. Median and the time"
            " within which nine in ten arrived, from single times and not from averages."
        ),
        _("seconds"),
        TODAY,
        ARRIVALS,
    ),
    MetricDefinition(
        "decision_time",
        _("Time to the decision"),
        _("From storing the report to the first triage by a person. Median and nine in ten."),
        _("seconds"),
        TODAY,
        CHANGES,
    ),
    MetricDefinition(
        "closing_time",
        _("Time to the close"),
        _("From the report to its first close. Median and nine in ten, of what has closed."),
        _("seconds"),
        THIS_MONTH,
        CHANGES,
    ),
    MetricDefinition(
        "half_minute",
        _("Half-minute circle"),
        _(
            "Of the sentinels' alarms of this month, the share in which the first sentinel was on"
            " the spot within 30 seconds. Alarms nobody reached count as not within. Median and"
            " nine in ten of those that were reached."
        ),
        _("share"),
        THIS_MONTH,
        ("dispatch.alarm_raised", "dispatch.alarm_changed", "dispatch.history_imported"),
        seed="M14",
    ),
    MetricDefinition(
        "stations_complete",
        _("Stations 2+5+X"),
        _(
            "Stations whose roster of today holds two resident police officers, all five partner"
            " roles and the auxiliary officers of their grids."
        ),
        _("stations"),
        TODAY,
        (),
        seed="M17",
        small_below=0,
    ),
    MetricDefinition(
        "received_change_month",
        _("Against last month"),
        _(
            "Reports of this month up to the last full hour, against the same span of last month,"
            " as rates. The interval is the 95 % interval of the ratio of two Poisson rates. When"
            " it holds no change, the difference cannot be told."
        ),
        _("per cent"),
        MONTHS,
        CHANGES,
    ),
    MetricDefinition(
        "received_change_day",
        _("Against the same day last month"),
        _(
            "Reports of today up to the last full hour, against the same hours of the same day of"
            " last month, with the same interval."
        ),
        _("per cent"),
        _("today, against the same day of last month"),
        CHANGES,
    ),
    MetricDefinition(
        "key_grid_crime",
        _("Criminal and public-order matters in key grids"),
        _(
            "Matters whose first category is criminal or public order, in grids that were key"
            " grids on the day of the report."
        ),
        _("per cent"),
        MONTHS,
        CHANGES,
        seed="M01",
        less_is_success=True,
    ),
    MetricDefinition(
        "fraud",
        _("Fraud reports"),
        _("Matters whose first subtype is fraud."),
        _("per cent"),
        MONTHS,
        CHANGES,
        seed="M09",
        less_is_success=True,
    ),
    MetricDefinition(
        "theft",
        _("Theft reports"),
        _("Matters whose first subtype is theft."),
        _("per cent"),
        MONTHS,
        CHANGES,
        seed="M11",
        less_is_success=True,
    ),
)
DEFINITIONS: Final[dict[str, MetricDefinition]] = {metric.id: metric for metric in _ALL}
CHANGE_METRICS: Final = ("key_grid_crime", "fraud", "theft")
