"""Every shared part on one page, with invented content; only in demonstrations."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext, pgettext_lazy

from maplebridge.kernel import clock
from maplebridge.shell.words import SEALS, URGENCIES

UNDO_SECONDS = 2  # short, so that a test need not wait


class SampleForm(forms.Form):
    narrative = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Say it in your own words."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place_words = forms.CharField(label=gettext_lazy("Where is it?"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("How do we tell you the result?"), required=False, max_length=20
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Is somebody in danger?"),
        choices=[("yes", pgettext_lazy("sample", "Yes")), ("no", pgettext_lazy("sample", "No"))],
        widget=forms.RadioSelect,
    )
    picture = forms.FileField(label=gettext_lazy("A picture"), required=False)
    safe = forms.BooleanField(label=gettext_lazy("You may call me back"), required=False)
    lon = forms.CharField(required=False, widget=forms.HiddenInput)
    lat = forms.CharField(required=False, widget=forms.HiddenInput)
    precision_m = forms.CharField(required=False, widget=forms.HiddenInput)
    intake_key = forms.CharField(required=False, widget=forms.HiddenInput)


def gallery(request: HttpRequest) -> HttpResponse:
    """The parts; what a form does with errors (add ?wrong=1), and a way back (add ?undo=1)."""
    if not settings.MAPLEBRIDGE.demo and not settings.DEBUG:
        raise Http404
    if request.method == "POST" and "undo" in request.POST:
        messages.success(request, _("Taken back; nobody was sent."))
        return redirect("shell:gallery")
    if request.method == "POST":
        form = SampleForm(request.POST, request.FILES)
        if form.is_valid():
            messages.success(request, _("This sample was read and thrown away."))
            return redirect("shell:gallery")
    else:
        form = SampleForm({"phone": "1" * 30}) if "wrong" in request.GET else SampleForm()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    shown = _sample() | {"form": form, "panes": _panes()}
    if "undo" in request.GET:
        back = {"said": _("Three units are sent."), "seconds": UNDO_SECONDS}
        shown["undo"] = back | {"fields": [("undo", "1")]}
    return render(request, "shell/gallery.html", shown, status=status)


def _panes() -> list[dict[str, Any]]:
    """Every still part in each language and each light, beside each other."""
    panes = []
    for language, lang in (("zh-hans", "zh-Hans"), ("en", "en")):
        with override(language):
            lights = (("light", _("By day")), ("dark", _("By night")))
            panes += [
                _sample()
                | _said()
                | {"language": language, "lang": lang, "theme": theme, "title": title}
                for theme, title in lights
            ]
    return panes


def _said() -> dict[str, Any]:
    """Words of the parts that only the panes show; short ones, and one that is too long."""
    return {
        "people": [_("Su He"), _("A Qing")],
        "long": _(
            "Three vans stand in the fire lane between the second and the third building, the "
            "drivers do not answer, and the rubbish collection cannot get through either"
        ),
        "states": {
            "empty": (_("Nothing is waiting"), _("New reports appear here by themselves.")),
            "stale": (_("Last known at 13:58"), _("The line is being restored.")),
            "offline": (
                _("No connection, two to send"),
                _("Both are kept on this device and are sent once it is back."),
            ),
            "error": (
                _("The picture was not sent"),
                _("The words have arrived. Only the picture is missing."),
            ),
        },
        "done": _("Three units are sent."),
        "question": (
            _("Really call the emergency?"),
            _(
                "The police come at once and with everybody who is near. It can be called off, "
                "but not unsaid."
            ),
            pgettext("sample", "Call them"),
        ),
    }


def _sample() -> dict[str, Any]:
    now = clock.now()
    earlier = now - timedelta(minutes=9)
    words = _("A strong smell of gas by the fried-noodle stall, the owner is away!")
    return {
        "urgencies": list(URGENCIES),
        "roles": list(SEALS),
        "roles_said": [pgettext("sample", "Call taker"), pgettext("sample", "Volunteer")],
        "words": words,
        "marks": [
            _mark(words, _("smell of gas"), "1", "danger"),
            _mark(words, _("fried-noodle stall"), "3", "doubt"),
            _mark(words, _("the owner is away"), "2", ""),
        ],
        "running": {"due": now + timedelta(minutes=40), "start": now - timedelta(minutes=20)},
        "soon": {"due": now + timedelta(seconds=75), "start": now - timedelta(minutes=20)},
        "over": {"due": now - timedelta(minutes=26), "start": now - timedelta(minutes=60)},
        "far": {"due": now + timedelta(days=2), "start": now},
        "timeline": _timeline(now),
        "steps": [
            {"title": pgettext("sample", "Received"), "state": "past", "at": earlier},
            {"title": pgettext("sample", "Assessed"), "state": "now"},
            {"title": pgettext("sample", "Sent"), "state": ""},
            {"title": pgettext("sample", "On the spot"), "state": ""},
        ],
        "chart": {
            "kind": "bars",
            "labels": ["08", "09", "10", "11", "12", "13", "14"],
            "series": [{"name": _("Reports an hour"), "values": [3, 6, 4, 8, 7, 5, 9]}],
        },
        "rows": [
            ("P1", _("Smell of gas in the snack street"), now + timedelta(seconds=40)),
            ("P2", _("A manhole cover is missing at the gate"), now + timedelta(minutes=7)),
            ("P3", _("Skipping rope upstairs at night"), now + timedelta(minutes=50)),
            ("P4", _("Mediation over wages, both have agreed to come"), now + timedelta(hours=5)),
        ],
    }


def _mark(words: str, part: str, number: str, tone: str) -> tuple[int, int, str, str]:
    start = words.find(part)
    return start, start + len(part), number, tone


def _timeline(now: Any) -> list[dict[str, Any]]:
    return [
        {"at": now - timedelta(minutes=9), "title": _("You reported it")},
        {
            "at": now - timedelta(minutes=8),
            "title": _("The duty officer read it and rated it urgent"),
            "note": _("To be safe before dark, so that nobody steps into it."),
        },
        {
            "at": now - timedelta(minutes=6),
            "title": _("A volunteer is on the way"),
            "note": _("420 metres from the manhole."),
            "state": "now",
        },
        {
            "at": now + timedelta(minutes=80),
            "title": _("A new cover is in place by then"),
            "note": _("Urban management is responsible. If it takes longer we tell you why."),
            "state": "next",
        },
    ]
