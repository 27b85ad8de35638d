"""One word for one thing: labels on the pages are the words of the glossary."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from django.db.models import TextChoices
from django.utils import translation

from maplebridge.dispatch.states import AlarmState, CallState, OfferState
from maplebridge.incidents.codes import Category, Channel, PoliceLabel, Urgency
from maplebridge.incidents.states import State as IncidentState
from maplebridge.orders.states import Part
from maplebridge.orders.states import State as OrderState
from maplebridge.people.models import AgencyKind
from maplebridge.people.roles import Role
from tests.docs.pages import DOCS, ROOT

COLUMNS = ["zh", "code", "definition", "en"]
CHINESE = re.compile(r"[\u3400-\u9fff]")
LISTS: dict[str, type[TextChoices]] = {
    "role": Role,
    "incident.state": IncidentState,
    "order.state": OrderState,
    "order.part": Part,
    "call.state": CallState,
    "offer.state": OfferState,
    "alarm.state": AlarmState,
    "category": Category,
    "urgency": Urgency,
    "police_label": PoliceLabel,
    "channel": Channel,
    "agency": AgencyKind,
}
# The four faces, by the sentence that names them in the menu.
FACES = {"face.portal": "Report", "face.desk": "Queue", "face.field": "My orders",
         "face.wall": "Wall"}  # fmt: skip

# Roles whose label is not the word of the field, each with its reason.
OTHERWISE = {"call_taker": "takes reports from every channel, not emergency calls alone"}


@cache
def glossary() -> list[dict[str, str]]:
    with (DOCS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def chinese() -> dict[tuple[str, str], str]:
    """(context, English sentence) → the Chinese one, from the catalogues themselves."""
    found = {}
    for path in sorted((ROOT / "maplebridge").glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if isinstance(message.id, str) and message.id:
                    found[message.context or "", message.id] = str(message.string)
    return found


def labels(choices: type[TextChoices]) -> dict[str, str]:
    with translation.override("en"):
        return {member.value: str(member.label) for member in choices}


def test_the_glossary_has_its_columns_and_no_code_twice() -> None:
    assert list(glossary()[0]) == COLUMNS
    codes = [row["code"] for row in glossary()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    empty = [row for row in glossary() if not all(row[column].strip() for column in COLUMNS)]
    assert not empty, empty
    assert [row["zh"] for row in glossary() if not CHINESE.search(row["zh"])] == []
    assert [row["en"] for row in glossary() if CHINESE.search(row["en"])] == []


@pytest.mark.parametrize("name", LISTS)
def test_labels_are_the_words_of_the_glossary(name: str) -> None:
    wanted = {
        f"{name}.{value}": (chinese().get(("", english), english), english)
        for value, english in labels(LISTS[name]).items()
    }
    known = {row["code"]: (row["zh"], row["en"]) for row in glossary()}
    differing = {code: words for code, words in wanted.items() if known.get(code) != words}
    assert not differing, f"the pages say otherwise: {differing}"
    prefix = re.compile(rf"{re.escape(name)}\.[^.]+$")
    stale = [code for code in known if prefix.match(code) and code not in wanted]
    assert not stale, f"no list holds {stale}"


def test_roles_are_called_as_the_field_calls_them() -> None:
    field = {
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row["code"]).lower(): row["zh"]
        for row in glossary()
        if "." not in row["code"]
    }
    ours = {row["code"].removeprefix("role."): row["zh"] for row in glossary()}
    shared = set(Role.values) & set(field)
    assert len(shared) > 8
    assert {role for role in shared if ours[role] != field[role]} == set(OTHERWISE)


@pytest.mark.parametrize("code", FACES)
def test_faces_are_called_as_in_the_menu(code: str) -> None:
    row = next(row for row in glossary() if row["code"] == code)
    assert (row["zh"], row["en"]) == (chinese()["", FACES[code]], FACES[code])


@pytest.mark.parametrize("folder", ["front-desk", "field"])
def test_words_quoted_in_handbooks_stand_on_the_pages(folder: str) -> None:
    """Handbooks put words of the pages in quotes; a page that is reworded shows up here."""
    said = {"zh": " ".join(chinese().values()), "en": " ".join(key for _, key in chinese())}
    lost = []
    for language in ("zh", "en"):
        text = (DOCS / folder / f"{language}.md").read_text("utf-8")
        words = {" ".join(word.split()) for word in re.findall(r"“([^”]+)”", text)}
        assert len(words) > 8
        lost += [word for word in sorted(words) if word.rstrip("。，.?？") not in said[language]]
    assert not lost, f"no page says {lost}"


def test_a_sentinels_alarm_is_called_one_thing_in_every_room() -> None:
    """By the glossary's word: what residents do is to report, what a sentinel taps is an alarm."""
    word = next(row["zh"] for row in glossary() if row["code"] == "SentinelAlarm").removeprefix(
        "一键"
    )
    assert word == "告警"
    device = {"Device alarm"}
    otherwise = [
        (english, said)
        for (_context, english), said in chinese().items()
        if "alarm" in english.lower() and "报警" in said and english not in device
    ]
    assert not otherwise, otherwise
    states = [row for row in glossary() if row["code"].startswith("alarm.state.")]
    assert not [row for row in states if "报警" in row["zh"]]


def test_chinese_sentences_quote_as_the_mainland_does() -> None:
    """With “ ”, as its standard for punctuation says; 「 and 『 are for text set upright."""
    elsewhere = re.compile("[「」『』]")
    files = [
        *(ROOT / "maplebridge").glob("*/locale/zh_Hans/LC_MESSAGES/django.po"),
        *(ROOT / "maplebridge" / "brain").glob("*/reasons.py"),
        *DOCS.glob("*/zh.md"),
    ]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if elsewhere.search(line)
    ]
    assert not found, found
