"""The tag library of every page: `{% load maple %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
)
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from maplebridge.kernel.faces import panels
from maplebridge.kernel.numbers import spaced
from maplebridge.shell import assets, evidence, times, words

register = template.Library()
NOTHING = SafeString("")


@register.simple_tag
def asset(name: str) -> SafeString:
    """The links of one built entry; nothing when the front end is not built."""
    found = assets.find(name)
    if found is None:
        return NOTHING
    icon = format_html('<link rel="icon" href="{}dist/icon.svg">\n', settings.STATIC_URL)
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((href,) for href in found.styles)
    )
    preloads = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((href,) for href in found.preloads)
    )
    script = format_html('<script type="module" src="{}"></script>', found.script)
    return format_html("{}{}\n{}\n{}", icon, styles, preloads, script)


@register.simple_tag
def served_fonts() -> SafeString:
    """The style sheet of the fallback font, for pages without scripts; scripts load it later."""
    href = assets.sheet("type.ts")
    return format_html('<link rel="stylesheet" href="{}">', href) if href else NOTHING


@register.simple_tag
def sheet(name: str) -> SafeString:
    """The link of a face's own sheet: {% sheet "wall.css" %}; nothing when it is not built."""
    href = assets.sheet(name)
    return format_html('<link rel="stylesheet" href="{}">', href) if href else NOTHING


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite: {% icon "check" %}, {% icon "here" "lg" %}; size "", "sm" or "lg"."""
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-{}"/></svg>',
        f" i-{size}" if size else "",
        name,
    )


@register.simple_tag
def urgency(value: object, look: str = "chip") -> SafeString:
    """The urgency as a chip with its word, or as {% urgency p "shape" %} for a row of a list."""
    level = words.urgency(value)
    if level is None:
        return format_html('<span class="chip chip-4">{}</span>', _("Not rated yet"))
    shape = format_html(
        '<svg class="u u-{0}" viewBox="0 0 16 16" aria-hidden="true"><use href="#u-{0}"/></svg>',
        level.rank,
    )
    if look == "shape":
        return format_html('{}<span class="sr">{}</span>', shape, level.word)
    return format_html('<span class="chip chip-{}">{}{}</span>', level.rank, shape, level.word)


@register.simple_tag
def clock(due: datetime | None, start: datetime | None = None, *, held: bool = False) -> SafeString:
    """A clock that counts to `due`: a dial, a figure, a word. `held` shows the time standing."""
    if due is None:
        return NOTHING
    if held:
        return format_html(
            '<span class="clock clock-held"><svg class="dial-mark" viewBox="0 0 18 18" '
            'aria-hidden="true"><circle cx="9" cy="9" r="7.5"/><path d="M7.2 6.5v5M10.8 6.5v5"/>'
            "</svg><b>{}</b></span>",
            times.short(due),
        )
    now = times.reading(due, start)
    return format_html(
        '<time class="clock clock-{}" datetime="{}" title="{}" data-clock="{}" data-from="{}" '
        'data-soon="{}"><svg class="dial" viewBox="0 0 18 18" aria-hidden="true">'
        '<circle cx="9" cy="9" r="7"/><circle class="rest" cx="9" cy="9" r="7" pathLength="100" '
        'stroke-dasharray="{} 100"/></svg><svg class="dial-mark" viewBox="0 0 18 18" '
        'aria-hidden="true"><circle cx="9" cy="9" r="8.5"/><path class="cut" '
        'd="M9 4.8v4.7M9 12.8v.05"/></svg><b>{}</b></time>',
        now.state,
        due.isoformat(),
        times.full(due),
        due.isoformat(),
        start.isoformat() if start else "",
        now.soon,
        now.rest,
        now.text,
    )


@register.simple_tag
def when(at: datetime | None) -> SafeString:
    """A moment in local time, short; the full one is in its title."""
    if at is None:
        return NOTHING
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), times.full(at), times.short(at)
    )


@register.simple_tag
def lasting(seconds: float | None) -> str:
    """A length of time in seconds, as "4:05", "3 h 20 min" or "2 d 5 h"."""
    return "" if seconds is None else times.span(seconds)


@register.simple_tag
def code(value: str) -> SafeString:
    """A public code in groups of three, never translated, never broken inside a group."""
    return format_html('<span class="code-no" translate="no">{}</span>', spaced(str(value)))


@register.simple_tag
def seal(role: object, size: str = "") -> SafeString:
    return format_html(
        '<span class="seal{}" aria-hidden="true">{}</span>',
        f" seal-{size}" if size else "",
        words.seal(role),
    )


@register.simple_tag
def person(label: str, role: object, note: str = "") -> SafeString:
    """A person in a role: seal, name, and a second line."""
    second = format_html("<small>{}</small>", note) if note else NOTHING
    return format_html(
        '<span class="person">{}<span><b>{}</b>{}</span></span>', seal(role), label, second
    )


@register.simple_tag
def sure(confidence: float | None) -> SafeString:
    """How sure a suggestion is: five blocks, a word, the figure."""
    blocks, word = words.sureness(confidence or 0.0)
    bars = format_html_join(
        "",
        '<rect x="{}" width="5" height="10" rx="1"{}/>',
        ((7 * n, mark_safe(' class="on"') if n < blocks else "") for n in range(5)),
    )
    return format_html(
        '<span class="sure{}"><svg viewBox="0 0 34 10" aria-hidden="true">{}</svg>{} {}</span>',
        "" if (confidence or 0.0) >= 0.6 else " sure-low",
        bars,
        word,
        f"{confidence or 0.0:.2f}",
    )


@register.simple_tag(name="evidence")
def evidence_tag(text: str, marks: Iterable[Any] = ()) -> SafeString:
    """The words with (start, end, number, tone) marked; tone "", "danger" or "doubt"."""
    return evidence.highlight(text, marks)


@register.simple_tag(takes_context=True)
def panel(context: template.Context, slot: str, subject: object = "") -> SafeString:
    """What downstream rooms add here; each renders its own part for this request."""
    request: HttpRequest = context["request"]
    return format_html_join(
        "\n",
        "{}",
        ((mark_safe(p.render(request, str(subject))),) for p in panels(slot)),
    )


@register.simple_tag(takes_context=True)
def live(context: template.Context, *topics: str) -> SafeString:
    """Attributes that connect an element to the stream, from where this page was read."""
    request: HttpRequest | None = context.get("request")
    head = getattr(request, "journal_head", "")
    query = urlencode([("topic", topic) for topic in topics])
    return format_html('data-live="/events?{}" data-cursor="{}"', query, head)


@register.inclusion_tag("shell/parts/field.html")
def field(bound: BoundField, look: str = "", note: str = "") -> dict[str, Any]:
    """One form field: label, help, error, input. `look` adds a class to the input."""
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    single = isinstance(widget, CheckboxInput)
    attrs: dict[str, str | bool] = {
        "class": " ".join(filter(None, ["" if group or single else "input", look]))
    }
    note = note or str(bound.help_text or "")
    files = isinstance(widget, FileInput)
    if files:
        attrs |= {"data-files": True}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    described = [f"{bound.id_for_label}_{part}" for part, on in
                 (("note", note), ("error", bound.errors)) if on]  # fmt: skip
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "bound": bound,
        "input": bound.as_widget(attrs=attrs),
        "note": note,
        "group": group,
        "single": single,
        "files": files,
        "several": files and widget.attrs.get("multiple"),
    }
