"""A person's own words with the evidence of a suggestion marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TONES = {"": "ev", "plain": "ev", "danger": "ev ev-danger", "doubt": "ev ev-doubt"}

Span = tuple[int, int, str, str]  # start, end (offsets in the text), number, tone


def read(mark: Any) -> Span:
    """A tuple (start, end[, number[, tone]]), a mapping, or an object with these names."""
    if isinstance(mark, tuple | list):
        mark = dict(zip(("start", "end", "no", "tone"), mark, strict=False))

    def get(name: str) -> Any:
        return mark.get(name) if isinstance(mark, Mapping) else getattr(mark, name, None)

    start, end = int(get("start") or 0), int(get("end") or 0)
    return start, end, str(get("no") or ""), str(get("tone") or "")


def highlight(text: str, marks: Iterable[Any]) -> SafeString:
    """The words unchanged, evidence in <mark>; of overlapping marks the first stays."""
    spans = sorted((read(mark) for mark in marks), key=lambda s: (s[0], -s[1]))
    parts: list[tuple[SafeString]] = []
    at = 0
    for start, end, number, tone in spans:
        if start < at or end > len(text) or end <= start:
            continue
        parts.append((format_html("{}", text[at:start]),))
        parts.append((_mark(text[start:end], number, tone),))
        at = end
    parts.append((format_html("{}", text[at:]),))
    return format_html_join("", "{}", parts)


def _mark(words: str, number: str, tone: str) -> SafeString:
    mark = format_html('<mark class="{}">{}</mark>', TONES.get(tone, "ev"), words)
    if not number:
        return mark
    return format_html('{}<span class="no">{}</span>', mark, number)
