"""Words about a thing: what may not stand in them, and how they reach a department."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import BadInput, Sentence

MOST = 500
# A mobile number or a number of an identity card: a hazard is at a place, so neither belongs here.
NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


def checked_words(words: str) -> str:
    """Trimmed words about a fault; refuses none, too many, and numbers of people."""
    text = "".join(ch for ch in words if ch == "\n" or unicodedata.category(ch)[0] != "C").strip()
    if not text:
        raise _bad("hazard.words", _("Say in a few words what is wrong."))
    if len(text) > MOST:
        raise _bad("hazard.long", _("At most 500 characters."))
    if NUMBER_OF_A_PERSON.search(re.sub(r"[\s-]", "", text)):
        told = _("A phone or identity number does not belong here: describe the thing.")
        raise _bad("hazard.person", told)
    return text


def _bad(code: str, sentence: Sentence) -> BadInput:
    return BadInput(code, fields={"words": sentence})
