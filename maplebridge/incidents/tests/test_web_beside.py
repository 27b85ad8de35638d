"""Two reports side by side: what both say, how far each part speaks, and merging from there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.incidents.pairs import marked
from maplebridge.incidents.states import State
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.incidents.tests.test_web_case import UNKNOWN, shown

pytestmark = pytest.mark.django_db
FIRST = "海星街路口两个人拿着钢管打架，有人流血了"
SECOND = "海星街路口有人打架，拿钢管，头上流血"


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def two() -> tuple[str, str]:
    """The first, and the later one that was suggested to be the same."""
    first, second = given.report(FIRST).code, given.report(SECOND).code
    made.suggest(first)
    made.suggest(second)
    return first, second


def beside(code: str, other: str, client: Any = None) -> Any:
    return (client or made.browser()).get(made.desk_url(code, "beside", other))


def test_both_stand_beside_each_other_with_what_both_say_marked() -> None:
    first, second = two()
    html = made.page(beside(second, first))
    marks = set(re.findall(r'<mark class="ev">([^<]+)</mark>', html))
    assert "海星街路口" in marks
    assert "头上" not in "".join(marks)
    said = re.sub(r"<[^>]+>", " ", html)
    assert "分数怎么来的" in said
    assert "支持是同一件" in said
    shares = [int(n) for n in re.findall(r"占 (\d+)%", said)]
    assert 98 <= sum(shares) <= 102


def test_one_press_merges_the_later_into_the_earlier_and_it_is_undone_exactly() -> None:
    first, second = two()
    for page in (beside(first, second), beside(second, first)):
        assert f'action="{made.desk_url(second, "merge")}"' in made.page(page)
        assert f'name="master" value="{first}"' in made.page(page)
    before = Incident.objects.filter(code=second).values().get()
    made.browser().post(made.desk_url(second, "merge"), {"master": first})
    assert MergeLink.objects.get().master.code == first
    made.browser().post(made.desk_url(second, "undo_merge"))
    after = Incident.objects.filter(code=second).values().get()
    assert {**after, "changed_at": None} == {**before, "changed_at": None}
    assert after["state"] == State.RECEIVED


def test_the_map_shows_where_the_other_one_is() -> None:
    first, second = two()
    html = shown(second)
    spots = re.search(r'id="same-spots">(.*?)</div>', html)
    assert spots is not None
    [feature] = json.loads(spots[1].replace("&quot;", '"'))["features"]
    assert feature["properties"]["url"] == made.desk_url(first)
    assert "#same-spots" in html.partition("data-points=")[2].partition(">")[0]


def test_who_may_not_see_one_of_them_sees_neither() -> None:
    first, second = two()
    assert beside(second, UNKNOWN).status_code == 404
    assert beside(second, second).status_code == 404
    assert beside(second, first, made.bao()).status_code == 404


def test_two_that_nobody_suggested_can_be_compared_all_the_same() -> None:
    one, other = given.report("井盖没了").code, given.report("楼上漏水").code
    html = made.page(beside(one, other))
    assert "系统没有建议" in html


@any_of(st.text(alphabet="海星街路口有人打架 ab12，。", max_size=40), st.sets(st.text(max_size=2)))
def test_marking_changes_no_word(text: str, shared: set[str]) -> None:
    assert "".join(part.text for part in marked(text, shared)) == text
