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
    brief: Sentence = ""  # the definition in one line, for the wall


@dataclass(frozen=True, slots=True)
class Pending:
    """A published figure that cannot be counted yet, and what it waits for."""

    id: str
    name: Sentence
    says: Sentence
    waits_for: Sentence
    seed: str


TODAY = _("today, from midnight")
# So soon after midnight "today" would be next to nothing.
DAY = _("today, from midnight; before eight in the morning the last 24 hours")
LAST_DAY = _("the last 24 hours of the clock, the running one included")
THIS_MONTH = _("this month so far")
NOW = _("now")
MONTHS = _("this month so far, against the same hours of last month")
SETTLED = _("thirty days that ended fourteen days ago, against the thirty before")
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
        brief=_("from midnight, by any channel; merged and invalid ones left out"),
    ),
    MetricDefinition(
        "received_24h",
        _("Reported in 24 hours"),
        _("The same matters over the last 24 hours of the clock, the running one included."),
        MATTERS,
        LAST_DAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.category",
        _("Reported by category"),
        _(
            "The same matters by their first category. It is frozen at the first triage, so that"
            " a later change of category cannot move a figure. Matters nobody has judged yet are"
            " shown as such."
        ),
        MATTERS,
        DAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.channel",
        _("Reported by channel"),
        _("The same matters by how they came in."),
        MATTERS,
        DAY,
        CHANGES,
    ),
    MetricDefinition(
        "received.urgency",
        _("Reported by urgency"),
        _("The same matters by the urgency of their first triage."),
        MATTERS,
        DAY,
        CHANGES,
    ),
    MetricDefinition(
        "open_orders",
        _("Open orders"),
        _(
            "Work orders that an agency has not answered yet. Overdue: the answer was due before"
            " now. Soon: it is due within the hour."
        ),
        _("orders"),
        NOW,
        ("orders.state_changed",),
        small_below=0,
        brief=_("work orders an agency has not answered yet; overdue: due before now"),
    ),
    MetricDefinition(
        "open_calls",
        _("Calls for help under way"),
        _(
            "Calls to volunteers, sentinels and police units that have not ended: somebody is"
            " asked, on the way or there, or nobody could be had and the desk has to decide anew."
            " Past the clock: no answer by the limit, or later than the resident was promised."
        ),
        _("calls"),
        NOW,
        (
            "dispatch.call_opened",
            "dispatch.offer_answered",
            "dispatch.unit_arrived",
            "dispatch.call_closed",
        ),
        small_below=0,
        brief=_("calls for help that have not ended; past the clock: nobody, or late"),
    ),
    MetricDefinition(
        "first_arrival",
        _("Volunteers first"),
        _(
            "Of the day's matters where anybody arrived, the share in which the first to arrive was"
            " a volunteer. With the Wilson 95 % interval."
        ),
        _("share"),
        DAY,
        ARRIVALS,
        seed="S38",
        brief=_("where anybody arrived, the share in which a volunteer was first"),
    ),
    MetricDefinition(
        "arrival_time",
        _("Time to the first arrival"),
        _(
            "From the report to the first helper of any kind on the spot. Median and the time"
            " within which nine in ten arrived, from single times and not from averages."
        ),
        _("seconds"),
        DAY,
        ARRIVALS,
        brief=_("from the report to the first helper of any kind on the spot"),
    ),
    MetricDefinition(
        "decision_time",
        _("Time to the decision"),
        _("From storing the report to the first triage by a person. Median and nine in ten."),
        _("seconds"),
        DAY,
        CHANGES,
        brief=_("from storing the report to the first triage by a person"),
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
        brief=_("of alarms this month, the share with a sentinel there in 30 seconds"),
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
        brief=_("stations whose roster of today is complete"),
    ),
    MetricDefinition(
        "received_change_month",
        _("Reports vs last month"),
        _(
            "Reports of this month up to the last full hour, against exactly as many hours of last"
            " month; where this month is the longer one, both end with the shorter. The interval"
            " is the 95 % interval of the ratio of two Poisson rates. When it holds no change, the"
            " difference cannot be told."
        ),
        _("per cent"),
        MONTHS,
        CHANGES,
        brief=_("full hours of this month against as many of last month"),
    ),
    MetricDefinition(
        "received_change_day",
        _("Reports vs the same day last month"),
        _(
            "Reports of today up to the last full hour, against the same hours of the same day of"
            " last month, with the same interval. Before eight in the morning the last 24 full"
            " hours are compared instead."
        ),
        _("per cent"),
        _("the day's full hours, against the same hours a month before"),
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
        "diversion",
        _("Effective diversion"),
        _(
            "Of the matters that the first triage found not to be for the police, or mixed and led"
            " by another body, the share that was diverted effectively: the lead took the order"
            " within two hours, answered by its due time without returning it, and the matter did"
            " not come back to the police within seven days. Imported matters count when their"
            " orders came along with them: the order says who led, and what was promised."
        ),
        _("share"),
        SETTLED,
        (*CHANGES, "orders.state_changed", "orders.history_imported"),
        seed="M02",
    ),
    MetricDefinition(
        "police_handled",
        _("Handled by the police"),
        _(
            "Matters where at least one police unit was on the spot, and matters the police"
            " settled by advice without anybody going there."
        ),
        _("per cent"),
        MONTHS,
        ARRIVALS,
        seed="M03",
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
CHANGE_METRICS: Final = ("key_grid_crime", "police_handled", "fraud", "theft")

PENDING: Final = (
    Pending(
        "livelihood_handling",
        _("Livelihood requests handled in time"),
        _("Requests answered on time out of all that were due, against the baseline."),
        _(
            "Waits for requests of the 12345 hotline as rows of their own, with their due times."
            " Work orders alone would leave out what never became one."
        ),
        "M04",
    ),
    Pending(
        "hazard_resolution",
        _("Hazards cleared"),
        _("Hazards cleared within 90 days out of those verified, by the month they were found."),
        _(
            "Its steps are kept now, from found to cleared; the figure that counts them is still"
            " to come."
        ),
        "M05",
    ),
    Pending(
        "disputes_resolved",
        _("Disputes resolved, monthly mean"),
        _("Disputes whose agreement was performed or that stayed quiet, over the months."),
        _(
            "Waits for the mediation room: a closed matter about a dispute is no proof that an"
            " agreement was performed."
        ),
        "M06",
    ),
)
