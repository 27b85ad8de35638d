"""A model learned from decisions: used when it is not worse, set aside when it is, taken back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from maplebridge.brain.learning.storage import load
from maplebridge.brain.triage import opinion
from maplebridge.brain.triage.corpus import LabelledText, learn, read_texts
from maplebridge.incidents import api
from maplebridge.incidents.advisor import learning
from maplebridge.incidents.models import BrainVersion, Contact, Incident, Suggestion
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.errors import NotAllowed, Refused
from maplebridge.kernel.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
ALSO = {
    "needs_joint_handling": "no", "volunteer_ok": "no", "confidential_or_unsafe_contact": "no",
    "fraud_type": "none",
}  # fmt: skip
NOISE = {
    "category": "social_linkage", "subtype": "social_linkage/noise", "urgency": "P3",
    "police": "non_police", **ALSO,
}  # fmt: skip
GAS = {
    "category": "fire_rescue", "subtype": "fire_rescue/gas_leak", "urgency": "P1",
    "police": "mixed", **ALSO,
}  # fmt: skip
WORDS = {
    "UMLE": ("烧烤摊半夜还在吆喝", "广场舞音响太响", "工地通宵打桩吵得睡不着", "楼下麻将馆吵"),
    "FIRE": ("厨房一股煤气味", "煤气罐漏气嗤嗤响", "楼道里浓烟滚滚", "电瓶车起火了快来"),
}
SECRET = "蟠桃坞七号院"  # a name that stands in residents' words alone


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


@pytest.fixture
def fixed() -> list[LabelledText]:
    """A small fixed set: two kinds of matter, told in several ways."""
    return [
        LabelledText(
            f"{lead} {n}", f"{words}，{n}次了", "app",
            {**(GAS if lead == "FIRE" else NOISE), "lead_department": lead},
        )
        for lead, told in WORDS.items() for words in told for n in range(5)
    ]  # fmt: skip


@pytest.fixture
def shipped(fixed: list[LabelledText], tmp_path: Path, monkeypatch: Any) -> Iterator[None]:
    """A shipped model made of the small fixed set."""
    from maplebridge.brain.learning.storage import save

    model, _held_out = learn(fixed, stamp="small")
    save(model, tmp_path / "model.npz")
    monkeypatch.setattr(opinion, "SHIPPED_MODEL", tmp_path / "model.npz")
    opinion.shipped_model.cache_clear()
    yield
    opinion.shipped_model.cache_clear()


def decide(words: str, **changed: Any) -> Incident:
    code = given.report(words).code
    api.triage_incident(code, given.triage(**changed), actor=given.desk())
    return Incident.objects.get(code=code)


def well_decided(count: int = 6) -> None:
    for n in range(count):
        decide(f"{SECRET}旁边第{n}家夜宵店吵", subtype="noise", urgency="P3", lead_agency="UMLE")


def test_what_was_decided_is_learned_and_used_from_the_next_report_on(
    shipped: None, fixed: list[LabelledText]
) -> None:
    well_decided()
    version = api.learn_brain(actor=given.desk(), fixed=fixed)
    assert (version.state, version.decisions, version.why_not) == ("live", 6, [])
    assert set(version.figures) == {"before", "after", "own"}
    code = given.report("夜宵店又吵了").code
    api.suggest_incident(Incident.objects.get(code=code).pk)
    said = Suggestion.objects.filter(incident__code=code, aspect="category").get()
    assert version.name in said.brain_version
    api.take_back_brain(version.pk, actor=given.desk())
    code = given.report("夜宵店还在吵").code
    api.suggest_incident(Incident.objects.get(code=code).pk)
    said = Suggestion.objects.filter(incident__code=code, aspect="category").get()
    assert version.name not in said.brain_version
    states = JournalEntry.objects.filter(kind="incidents.brain_version_changed").order_by("id")
    assert [entry.data["state"] for entry in states] == ["live", "taken_back"]


def test_no_word_of_a_resident_is_in_the_weights(shipped: None, fixed: list[LabelledText]) -> None:
    well_decided()
    version = api.learn_brain(actor=given.desk(), fixed=fixed)
    pieces = load(io.BytesIO(bytes(version.weights or b""))).pieces
    assert pieces
    assert not [piece for piece in pieces if set(piece) & set("蟠坞")]


def test_a_worse_model_is_set_aside_and_says_in_what(
    shipped: None, fixed: list[LabelledText]
) -> None:
    for n in range(60):  # decided wrongly, again and again
        words = WORDS["FIRE"][n % 4]
        decide(f"{words}，{n % 5}次了", category="consultation", subtype="", urgency="P4")
    version = api.learn_brain(actor=given.desk(), fixed=fixed)
    assert version.state == "set_aside"
    assert {"p1_recall", "category"} <= set(version.why_not)
    assert not BrainVersion.objects.filter(state="live").exists()
    with pytest.raises(Refused):
        api.use_brain(version.pk, actor=given.desk())


@pytest.mark.parametrize(
    ("after", "why_not"),
    [
        ({}, ()),
        ({"urgency": 0.895}, ()),  # less than one in a hundred, made up for elsewhere
        ({"urgency": 0.88}, ("urgency", "overall")),
        ({"p1_recall": 0.98}, ("p1_recall",)),
        ({"category": 0.99, "p1_recall": 0.9899}, ("p1_recall",)),  # no gain makes up for it
    ],
)
def test_recall_of_what_is_critical_never_falls(after: Any, why_not: tuple[str, ...]) -> None:
    before = {"category": 0.9, "police": 0.9, "lead_department": 0.9, "urgency": 0.9}
    before["p1_recall"] = 0.99
    more = {"category": 0.905} if after == {"urgency": 0.895} else {}
    assert learning.worse(before, {**before, **more, **after}) == why_not


def test_confidential_and_unsafe_matters_teach_nothing(shipped: None) -> None:
    unsafe = decide("隔壁在赌博，别说是我讲的", subtype="gambling")
    Contact.objects.create(incident=unsafe, safe_contact="unsafe")
    hidden = decide("老板偷排污水")
    Incident.objects.filter(pk=hidden.pk).update(confidential=True)
    known = decide("路灯不亮")
    assert [row.incident_id for row in learning.decisions()] == [known.pk]


def test_the_last_decision_counts_and_only_while_the_words_are_kept() -> None:
    matter = decide("路灯不亮", urgency="P3")
    api.triage_incident(
        matter.code, given.triage(urgency="P2", reason="有人摔了"), actor=given.desk()
    )
    assert [row.labels["urgency"] for row in learning.decisions()] == ["P2"]
    matter.reports.update(narrative="")
    assert learning.decisions() == []


def test_one_process_learns_at_a_time(shipped: None, fixed: list[LabelledText]) -> None:
    from maplebridge.incidents.actions.brain_versions import _begin

    _begin("small")
    with pytest.raises(Refused, match=r"brain\.learning"):
        api.learn_brain(actor=given.desk(), fixed=fixed)


def test_the_page_shows_versions_and_takes_one_back(
    shipped: None, fixed: list[LabelledText]
) -> None:
    url = reverse("incidents:versions")
    lin = made.browser("P006")
    assert "还没有学到什么" in made.page(lin.get(url))
    well_decided()
    version = api.learn_brain(actor=given.desk(), fixed=fixed)
    html = made.page(lin.get(url))
    assert version.name in html and "使用中" in html
    back = reverse("incidents:brain_take_back", args=[version.pk])
    assert "已撤回" in made.page(lin.post(back, follow=True))
    again = reverse("incidents:brain_use", args=[version.pk])
    lin.post(again)
    version.refresh_from_db()
    assert version.state == "live"


def test_only_the_duty_chief_and_the_administrator_change_what_is_used(shipped: None) -> None:
    with pytest.raises(NotAllowed):
        api.learn_brain(actor=given.clerk("UMLE"))
    for post in ("P002", "P003", "P005"):
        assert made.browser(post).get(reverse("incidents:versions")).status_code == 403
    assert not BrainVersion.objects.exists()


def test_learned_texts_are_read_as_they_are_shipped(tmp_path: Path) -> None:
    """Decisions and shipped texts are labelled with the same words."""
    decide("路灯不亮")
    text = learning.as_text(learning.decisions()[0])
    line = {
        "text": text.text, "channel": text.channel, "category": "social_linkage",
        "subtype": "facility.manhole", "urgency": "P2", "police": "non_police",
        "lead_department": "UMLE",
    }  # fmt: skip
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    assert dict(read_texts([file])[0].labels) == dict(text.labels)
