"""The steps of a hazard: who takes them, what follows, and what happens twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import given as desk
from maplebridge.inspections import api
from maplebridge.inspections.actions.changes import step
from maplebridge.inspections.models import Hazard, HazardChange
from maplebridge.inspections.policies import access_hazard, offered
from maplebridge.inspections.states import Verb
from maplebridge.inspections.tests import given
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import day_bounds, local_day, now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver, frozen
from maplebridge.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city() -> None:
    given.city()


def test_the_whole_way_from_found_to_cleared() -> None:
    with frozen() as clock:
        hazard = given.hazard("until")
        assert hazard.due_at == day_bounds(given.day(3))[1]
        api.note_rectified(hazard.code, actor=given.officer())
        clock.move(hours=20)
        api.recheck_hazard(hazard.code, actor=given.auxiliary())
        cleared = api.clear_hazard(hazard.code, actor=given.chief())
        assert (cleared.state, cleared.due_at, cleared.cleared_at) == ("cleared", None, now())
    verbs = HazardChange.objects.filter(hazard=hazard).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["find", "notify", "rectify", "recheck", "clear"]
    kinds = JournalEntry.objects.filter(kind="inspections.hazard_changed")
    assert [entry.data["verb"] for entry in kinds.order_by("pk")] == ["rectify", "recheck", "clear"]


def test_who_found_it_does_not_say_that_it_is_gone() -> None:
    hazard = given.hazard("mended")
    with pytest.raises(NotAllowed):
        api.recheck_hazard(hazard.code, actor=given.officer())
    assert Verb.RECHECK not in offered(given.officer(), access_hazard(given.officer(), hazard.code))
    assert api.recheck_hazard(hazard.code, actor=given.auxiliary()).state == "rechecked"


def test_a_failed_re_check_sets_another_day_and_says_what_is_wrong() -> None:
    hazard = given.hazard("mended")
    with pytest.raises(BadInput) as refused:
        api.fail_recheck(hazard.code, "", given.day(2), actor=given.auxiliary())
    assert set(refused.value.fields) == {"words"}
    with pytest.raises(BadInput) as refused:
        api.fail_recheck(hazard.code, "还是红区", given.day(16), actor=given.auxiliary())
    assert set(refused.value.fields) == {"mend_by"}
    again = api.fail_recheck(hazard.code, "还是红区", given.day(2), actor=given.auxiliary())
    assert (again.state, again.mend_by) == ("notified", given.day(2))
    assert HazardChange.objects.filter(hazard=hazard).latest("id").reason == "还是红区"


def test_a_hazard_handed_on_is_noticed_and_cleared_by_its_department() -> None:
    hazard = given.hazard("handed", point="gas_no_alarm")
    with pytest.raises(NotFound):
        api.notify_place(hazard.code, given.day(5), actor=given.clerk_of_enforcement())
    api.notify_place(hazard.code, given.day(5), actor=given.clerk_of_gas())
    api.recheck_hazard(hazard.code, actor=given.auxiliary())
    with pytest.raises(NotAllowed):
        api.clear_hazard(hazard.code, actor=given.chief())
    assert api.clear_hazard(hazard.code, actor=given.clerk_of_gas()).state == "cleared"


def test_a_department_sees_only_what_was_handed_to_it() -> None:
    kept, handed = (
        given.hazard("until", point="gas_no_alarm"),
        given.hazard("handed", point="gas_hose_defect"),
    )
    seen = [h.code for h in api.open_hazards(given.clerk_of_gas())]
    assert seen == [handed.code]
    with pytest.raises(NotFound):
        access_hazard(given.clerk_of_gas(), kept.code)


def test_what_the_place_does_not_do_is_handed_on_once() -> None:
    hazard = given.hazard("until", point="gas_no_alarm")
    handed = api.hand_hazard(hazard.code, actor=given.officer())
    assert (handed.handed, handed.state, handed.due_at) == (True, "notified", hazard.due_at)
    assert handed.incident == Incident.objects.get()
    with pytest.raises(Refused):
        api.hand_hazard(hazard.code, actor=given.officer())
    assert Incident.objects.count() == 1


def test_urging_counts_and_moves_no_clock() -> None:
    hazard = given.hazard("until")
    for count in (1, 2):
        urged = api.urge_hazard(hazard.code, actor=given.chief())
        assert (urged.urged, urged.due_at, urged.state) == (count, hazard.due_at, "notified")
    with pytest.raises(NotAllowed):
        api.urge_hazard(hazard.code, actor=given.officer())


def test_what_was_none_is_said_to_be_none_by_another_with_a_reason() -> None:
    hazard = given.hazard("until")
    with pytest.raises(BadInput):
        api.dismiss_hazard(hazard.code, " ", actor=given.chief())
    with pytest.raises(NotAllowed):
        api.dismiss_hazard(hazard.code, "看错了", actor=given.officer())
    gone = api.dismiss_hazard(hazard.code, "压力表本来就是这个型号", actor=given.chief())
    assert (gone.state, gone.cleared_at is not None) == ("dismissed", True)


@pytest.mark.parametrize(
    "act",
    [
        api.note_rectified, api.recheck_hazard, api.clear_hazard, api.hand_hazard, api.urge_hazard,
        lambda code, actor: api.notify_place(code, given.day(1), actor=actor),
        lambda code, actor: api.fail_recheck(code, "x", given.day(1), actor=actor),
        lambda code, actor: api.dismiss_hazard(code, "x", actor=actor),
    ],
)  # fmt: skip
def test_the_next_grid_sees_nothing_and_does_nothing(act: Callable[..., object]) -> None:
    hazard = given.hazard("until")
    with pytest.raises(NotFound):
        act(hazard.code, actor=people.bao())
    assert HazardChange.objects.filter(hazard=hazard).count() == 2


def test_two_at_once_one_wins() -> None:
    hazard = given.hazard("mended")
    stale = Hazard.objects.select_related("premises").get(pk=hazard.pk)
    api.recheck_hazard(hazard.code, actor=given.auxiliary())
    with pytest.raises(Conflict):
        step(stale, Verb.RECHECK, actor=given.auxiliary())


def test_the_desk_sees_the_city_and_a_volunteer_nothing() -> None:
    given.hazard("until")
    assert len(api.open_hazards(people.lin())) == 1
    assert not api.open_hazards(Actor(people.lin().kind, "volunteer", account_id=1, post_id=1))


@pytest.mark.parametrize("major", [False, True])
def test_a_department_has_a_working_day_and_two_hours_when_it_is_grave(major: bool) -> None:
    with frozen():
        hazard = given.hazard("handed", major=major)
        assert hazard.due_at is not None
        wait = hazard.due_at - now()
        assert wait == timedelta(hours=2) if major else wait >= timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_when_the_department_reports_back_the_hazard_waits_for_a_re_check() -> None:
    hazard = given.hazard("handed", point="gas_no_alarm")
    assert hazard.incident is not None
    code = hazard.incident.code
    incidents.triage_incident(code, desk.TRIAGE, actor=desk.desk())
    incidents.file_scene_report(
        code, incidents.SceneReportIn("resolved", "装上报警器", "报警器已装好。"), actor=desk.desk()
    )
    deliver()
    hazard.refresh_from_db()
    assert hazard.state == "rectified"
    assert api.follow_incident(hazard.incident_id or 0) == 0  # told again
    assert local_day(now()) <= local_day(hazard.due_at or now())
