"""Every form that words are typed into keeps them on the device, or says here why it need not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import get_resolver

import maplebridge

ROOMS = Path(maplebridge.__file__).parent
FORM = re.compile(r'<form(?P<tag>(?:[^>"]|"[^"]*")*)>(?P<inside>.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r"<div hidden>.*?</div>", re.DOTALL)
UNTYPED = ("hidden", "checkbox", "radio")
TYPED = re.compile(
    r"<textarea|<select|{% field |<input(?![^>]*type=\"(?:" + "|".join(UNTYPED) + r')")'
)
URL = re.compile(r"{% url '([\w:]+)'")

# A form without a draft although something is chosen or typed in it: where it sends, and why.
WITHOUT = {
    (
        "people/sign_in.html",
        "people:sign_in",
    ): "a password is never kept, and a name alone is no loss",
    ("people/password.html", ""): "a password is never kept",
    (
        "incidents/parts/contact.html",
        "incidents:contact",
    ): "one choice; what it opens is never kept",
    ("orders/list.html", "orders:step"): "sending on: one choice, made for the desk beforehand",
}


@dataclass(frozen=True, slots=True)
class Form:
    template: str  # as Django names it
    sends_to: str  # the name of the address; empty where it is the page itself
    tag: str
    typed: bool

    @property
    def keeps(self) -> bool:
        return "data-draft=" in self.tag

    @property
    def place(self) -> tuple[str, str]:
        return self.template, self.sends_to


def forms() -> list[Form]:
    found: list[Form] = []
    for path in sorted(ROOMS.glob("*/templates/**/*.html")):
        name = str(path).partition("/templates/")[2]
        for match in FORM.finditer(path.read_text("utf-8")):
            tag = match["tag"]
            if 'method="post"' in tag:
                url = URL.search(tag)
                typed = bool(TYPED.search(HIDDEN.sub("", match["inside"])))
                found.append(Form(name, url[1] if url else "", tag, typed))
    return found


ALL = forms()


def test_the_forms_are_found() -> None:
    """A rule that finds nothing holds always."""
    assert len(ALL) > 40
    whole = sum(p.read_text("utf-8").count("<form method=\"post\"") for p in
                ROOMS.glob("*/templates/**/*.html"))  # fmt: skip
    assert len(ALL) >= whole
    assert sum(form.typed for form in ALL) >= 20


def test_every_form_with_words_keeps_them() -> None:
    loses = {form.place for form in ALL if form.typed and not form.keeps}
    assert sorted(loses - set(WITHOUT)) == []


def test_every_exception_still_exists() -> None:
    loses = {form.place for form in ALL if form.typed and not form.keeps}
    assert sorted(set(WITHOUT) - loses) == []


def test_a_button_alone_keeps_nothing() -> None:
    """One tap: there is nothing to lose, and a repeat of it has to be a tap of its own."""
    assert [form.place for form in ALL if form.keeps and not form.typed] == []


def test_no_two_forms_keep_under_one_name() -> None:
    """They would give each other's words back."""
    keys = [re.search(r'data-draft="([^"]*)"', form.tag) for form in ALL if form.keeps]
    names = [key[1] for key in keys if key]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("form", [f for f in ALL if f.sends_to], ids=lambda form: form.sends_to)
def test_every_form_sends_somewhere(form: Form) -> None:
    names = {f"{space}:{name}" for space, (_path, urls) in get_resolver().namespace_dict.items()
             for name in urls.reverse_dict if isinstance(name, str)}  # fmt: skip
    assert form.sends_to in names
