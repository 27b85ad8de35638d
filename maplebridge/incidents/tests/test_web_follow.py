"""Whoever holds a code sees where the matter stands, and nothing of what was reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from maplebridge.incidents import api
from maplebridge.incidents.models import Attachment, Incident, Supplement, SurveyAnswer
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.numbers import ALPHABET, check_symbol, spaced
from maplebridge.kernel.testing import assert_no_personal, frozen

pytestmark = pytest.mark.django_db
DAY_ZONE = ZoneInfo("Asia/Shanghai")
UNKNOWN = "2222222" + "3" + check_symbol("22222223")


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def shown(code: str) -> str:
    response = Client().get(made.follow_url(code))
    assert response.status_code == 200
    return made.page(response)


@pytest.mark.parametrize("spoken", [str.lower, spaced, lambda c: "枫" + c, lambda c: f" {c}。",
                                    lambda c: c.replace("7", "拐").replace("3", "三")])  # fmt: skip
def test_a_code_is_understood_as_people_type_it(spoken: Any) -> None:
    code = given.report().code
    response = Client().get("/follow/", {"code": spoken(code)})
    assert response["Location"] == made.follow_url(code)


def test_a_code_in_the_address_finds_its_one_spelling() -> None:
    code = given.report().code
    assert Client().get(f"/follow/{spaced(code).lower()}/")["Location"] == made.follow_url(code)


@pytest.mark.parametrize(
    "typed", ["7K4", "0K429Q5MT", "22222223A", "<b>", "拐" * 60, "\x00", "٣٣٣٣٣٣٣٣٣"]
)
def test_a_wrong_code_is_explained_and_stays_to_be_mended(typed: str) -> None:
    response = Client().get("/follow/", {"code": typed})
    assert response.status_code == 422
    form = response.context["form"]
    assert form["code"].value() == typed
    assert form.errors
    assert "<b>" not in made.page(response)


def test_a_code_nobody_has_is_a_404_that_helps() -> None:
    response = Client().get(made.follow_url(UNKNOWN))
    assert response.status_code == 404
    assert "没有这个编号" in made.page(response)


def test_a_swapped_symbol_never_finds_another_matter() -> None:
    code = given.report().code
    other = next(s for s in ALPHABET if s != code[0])
    assert Client().get(f"/follow/{other}{code[1:]}/").status_code == 404


def test_the_page_shows_nothing_of_the_report() -> None:
    contact = api.ContactIn(name="陈小禾", phone="13812345678", safe_contact="safe")
    code = given.report("张店主在潮平街八号打人", place_words="潮平街八号", contact=contact).code
    incident = Incident.objects.get(code=code)
    html = shown(code)
    assert_no_personal(html, [incident, incident.reports.get(), incident.contact])
    assert "noindex" in html


def test_it_tells_now_so_far_and_next_in_plain_words() -> None:
    code = given.report().code
    html = shown(code)
    assert "值班员正在看" in html
    assert "您报了这件事" in html
    assert "值班员看，定下由谁负责" in html
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    html = shown(code)
    assert "定为“紧急”" in html
    assert "social_linkage" not in html
    assert "UMLE" not in html


def test_the_next_step_says_by_when_and_a_promise_never_moves_earlier() -> None:
    """Before anybody has judged it the longest time of all is promised, whatever is suggested."""
    with frozen(datetime(2026, 7, 14, 9, 0, 20, tzinfo=DAY_ZONE)) as clock:
        code = given.report("有人持刀砍人").code
        assert "最迟 09:16。" in shown(code)  # a quarter of an hour, rounded up
        clock.move(minutes=16)
        assert "比说好的慢了" in shown(code)
        api.triage_incident(code, given.TRIAGE, actor=given.desk())
        html = shown(code)
        assert "派人出发，或交给主管部门" in html
        assert "最迟 09:19。" in html  # two minutes for P2
        assert "您说一句：解决了没有" in html


def test_who_asked_for_help_reads_of_neighbours_not_of_departments() -> None:
    code = given.report("请人陪我去一趟卫生院", channel="order_request").code
    html = shown(code)
    assert "您请人帮忙" in html
    assert "值班员看这件事志愿者能不能帮" in html
    assert "您报了这件事" not in html
    api.triage_incident(code, given.triage(urgency="P4"), actor=given.desk())
    assert "问附近的志愿者，谁答应谁来" in shown(code)


def test_who_answers_no_is_offered_the_reopening_right_there() -> None:
    code = made.settled()
    first = shown(code)
    assert first.index('id="path"') < first.index("没有解决，重开")
    answer = Client().post(made.follow_url(code, "follow_survey"), {"solved": "no"})
    assert answer["Location"] == made.follow_url(code) + "#survey", "where the next question is"
    html = shown(code)
    form = f'action="{made.follow_url(code, "follow_reopen")}"'
    assert html.count(form) == 1
    assert html.index("没解决？写一句还差什么") < html.index(form) < html.index('id="path"')
    again = Client().post(made.follow_url(code, "follow_reopen"), {"reopen-reason": "还在漏水"})
    assert again.status_code == 302
    assert Incident.objects.get(code=code).state == "reopened"


def test_words_and_a_picture_are_added_once() -> None:
    code = given.report().code
    sent = {"add-intake_key": "", "add-words": "现在有人守着了"}
    response = Client().post(made.follow_url(code, "follow_add"), sent)
    assert response["Location"] == made.follow_url(code)
    key = "5f0e5f76-7d9c-4c69-8f4f-6f3b5e8d1c11"
    for _again in range(2):
        picture = {"add-intake_key": key, "add-words": "", "add-picture": made.photo()}
        assert Client().post(made.follow_url(code, "follow_add"), picture).status_code == 302
    assert [s.text for s in Supplement.objects.order_by("id")] == ["现在有人守着了", ""]
    assert Attachment.objects.count() == 1
    html = shown(code)
    assert "您作了补充" in html
    assert "守着" not in html


def test_one_key_over_two_matters_adds_to_each() -> None:
    """A browser that goes back to an old form, or a form that was copied."""
    key = "5f0e5f76-7d9c-4c69-8f4f-6f3b5e8d1c11"
    first, second = given.report().code, given.report().code
    for code in (first, second, first):
        sent = {"add-intake_key": key, "add-words": "有人守着"}
        assert Client().post(made.follow_url(code, "follow_add"), sent).status_code == 302
    assert [s.incident.code for s in Supplement.objects.order_by("id")] == [first, second]


@pytest.mark.parametrize("key", ["a\x00b", "", "k" * 5_000, "\ud800"])
@pytest.mark.parametrize("verb", ["add", "settled"])
def test_a_strange_key_does_not_lose_the_words(verb: str, key: str) -> None:
    code = given.report().code
    given_key = key.encode("utf-8", "surrogatepass")
    sent = urlencode({f"{verb}-intake_key": given_key, f"{verb}-words": "找到了"})
    answer = Client().post(
        made.follow_url(code, f"follow_{verb}"), sent, "application/x-www-form-urlencoded"
    )
    assert answer["Location"] == made.follow_url(code)
    assert "找到了" in Supplement.objects.get().text


def test_far_too_many_words_on_settled_come_back_to_be_shortened() -> None:
    code = given.report().code
    sent = {"settled-words": "好" * 10_001}
    assert Client().post(made.follow_url(code, "follow_settled"), sent).status_code == 422
    assert not Supplement.objects.exists()


def test_an_addition_without_words_or_picture_is_asked_for_again() -> None:
    code = given.report().code
    response = Client().post(made.follow_url(code, "follow_add"), {"add-words": "  "})
    assert response.status_code == 422
    assert not Supplement.objects.exists()


def test_settled_is_a_word_to_the_desk_and_changes_no_state() -> None:
    code = given.report().code
    response = Client().post(made.follow_url(code, "follow_settled"), {"settled-words": "找到了"})
    assert response["Location"] == made.follow_url(code)
    assert Incident.objects.get(code=code).state == "received"
    words = Supplement.objects.get().text
    assert "不用来" in words
    assert "找到了" in words


def test_three_taps_each_stored_by_itself_and_changed_again() -> None:
    code = made.settled()
    assert "井盖已经装好" in shown(code)
    for tap in ({"contacted": "yes"}, {"solved": "no"}, {"solved": "yes"}, {"satisfied": "no"}):
        assert Client().post(made.follow_url(code, "follow_survey"), tap).status_code == 302
    Client().post(made.follow_url(code, "follow_survey"), {"words": "来得很快"})
    answer = SurveyAnswer.objects.get()
    assert (answer.contacted, answer.solved, answer.satisfied, answer.words) == (
        True, "yes", False, "来得很快",
    )  # fmt: skip


def test_a_forged_answer_changes_nothing() -> None:
    code = made.settled()
    response = Client().post(made.follow_url(code, "follow_survey"), {"solved": "maybe"})
    assert response.status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_answering_too_early_is_refused_in_words() -> None:
    code = given.report().code
    client = Client()
    response = client.post(made.follow_url(code, "follow_survey"), {"solved": "yes"}, follow=True)
    assert "事情办好后才能回答" in made.page(response)
    assert not SurveyAnswer.objects.exists()


def test_the_resident_reopens_for_thirty_days_and_no_longer() -> None:
    with frozen() as clock:
        code = made.settled()
        api.close_incident(code, actor=given.desk())
        assert "没有解决，重开" in shown(code)
        empty = Client().post(made.follow_url(code, "follow_reopen"), {})
        assert empty.status_code == 422
        clock.move(days=31)
        assert "没有解决，重开" not in shown(code)
        client = Client()
        late = client.post(
            made.follow_url(code, "follow_reopen"), {"reopen-reason": "又坏了"}, follow=True
        )
        assert "已过三十天" in made.page(late)
        clock.move(days=-2)
        Client().post(made.follow_url(code, "follow_reopen"), {"reopen-reason": "又坏了"})
    assert Incident.objects.get(code=code).state == "reopened"


def test_who_read_the_contact_is_listed_by_role_and_purpose_never_by_name() -> None:
    contact = api.ContactIn(phone="13812345678", safe_contact="safe")
    code = given.report(contact=contact).code
    assert "还没有人看过" in shown(code)
    api.read_contact(code, "call_back", actor=given.desk())
    html = shown(code)
    assert "就这件事回访" in html
    assert "林晓" not in html


def test_a_merged_report_follows_its_master_under_its_own_code() -> None:
    master, duplicate = given.report("井盖没了").code, given.report("洞口没有盖子").code
    api.merge_incidents(master, duplicate, actor=given.desk())
    api.add_supplement(master, "别人的补充", actor=given.desk())
    api.triage_incident(master, given.TRIAGE, actor=given.desk())
    html = shown(duplicate)
    assert spaced(duplicate) in html
    assert "值班员看过" in html
    for secret in (master, spaced(master), "井盖没了", "别人的补充"):
        assert secret not in html
    api.file_scene_report(master, made.REPORTED_BACK, actor=given.desk())
    assert "井盖已经装好" in shown(duplicate)


def test_an_undone_merge_is_told_and_the_matter_is_its_own_again() -> None:
    master, duplicate = given.report("井盖没了").code, given.report("洞口没有盖子").code
    api.merge_incidents(master, duplicate, actor=given.desk())
    api.undo_merge(duplicate, actor=given.desk())
    html = shown(duplicate)
    assert "单独办理" in html
    assert "值班员正在看" in html


@pytest.mark.parametrize("verb", ["follow_add", "follow_settled", "follow_survey", "follow_reopen"])
def test_verbs_are_posts_with_a_token_and_an_unknown_code_is_a_404(verb: str) -> None:
    code = given.report().code
    assert Client().get(made.follow_url(code, verb)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(made.follow_url(code, verb), {}).status_code == 403
    assert Client().post(made.follow_url(UNKNOWN, verb), {}).status_code == 404
    assert Client().post(made.follow_url("nonsense", verb), {}).status_code == 404


def test_a_signed_in_person_beyond_their_area_may_follow_by_the_code() -> None:
    code = given.report().code  # in A1; Bao's grid is B1
    assert made.bao().get(made.desk_url(code)).status_code == 404
    assert made.bao().get(made.follow_url(code)).status_code == 200
    sent = made.bao().post(made.follow_url(code, "follow_add"), {"add-words": "我看到了"})
    assert sent.status_code == 302


def test_more_steps_cost_no_more_queries() -> None:
    few, many = given.report().code, given.report().code
    for number in range(8):
        api.add_supplement(many, f"第{number}句", actor=RESIDENT)
    first = made.queries_of(lambda: shown(few))
    assert made.queries_of(lambda: shown(many)) == first


def test_thirty_days_are_said_as_a_day() -> None:
    with frozen() as clock:
        code = made.settled()
        api.close_incident(code, actor=given.desk())
        until = (clock.now() + timedelta(days=30)).date().isoformat()
        assert f"{until} 之前可以重开" in shown(code)
