"""Public codes a person can read over the phone; whole numbers from the outside.

Nine symbols in three groups, "7K4 29Q 5MT". The alphabet of 23 leaves out what sounds or looks
alike (0 O, 1 I L, 8 B, 5 S, 2 Z, D G N V Q). 23 is prime, so a weighted sum modulo 23
with distinct weights catches every single wrong symbol and every swap of two symbols.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import BadInput

ALPHABET = "23456789ACEFHJKMPRTUWXY"
LENGTH = 9
BASE = len(ALPHABET)
MOST_DIGITS = 18  # every number of so many digits fits a 64-bit column
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_SPOKEN = str.maketrans(
    {"二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "拐": "7",
     "八": "8", "九": "9", "勾": "9"}
)  # fmt: skip


def check_symbol(payload: str) -> str:
    """The last symbol for eight others: Σ weight·value ≡ 0 (mod 23), weights 2…9 and 1."""
    total = sum(weight * _VALUE[symbol] for weight, symbol in enumerate(payload, start=2))
    return ALPHABET[-total % BASE]


def new_code() -> str:
    """A fresh code; unguessable (23⁸ ≈ 7.8·10¹⁰), so it may open a matter without a login."""
    payload = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return payload + check_symbol(payload)


def normalise(text: str) -> str:
    """What was typed or heard → the bare code; `BadInput` says what is wrong with it."""
    plain = unicodedata.normalize("NFKC", text).translate(_SPOKEN).upper()
    code = "".join(ch for ch in plain if not ch.isspace() and ch not in "-·.,，。、枫")
    if len(code) != LENGTH:
        raise BadInput("code.length", _("A code has nine letters and figures."))
    if strange := next((ch for ch in code if ch not in _VALUE), None):
        raise BadInput("code.symbol", _("“{symbol}” is not used in codes."), symbol=strange)
    if check_symbol(code[:-1]) != code[-1]:
        raise BadInput("code.check", _("One letter or figure of this code is not right."))
    return code


def is_valid(text: str) -> bool:
    try:
        normalise(text)
    except BadInput:
        return False
    return True


def spaced(code: str) -> str:
    """Three groups of three, as it is shown and read aloud."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def small_int(text: str) -> int | None:
    """A whole number from an untrusted text; None for anything no column could hold.

    Python refuses to read very long digit strings, and databases to compare very large numbers:
    both would break the page.
    """
    if len(text) > MOST_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
