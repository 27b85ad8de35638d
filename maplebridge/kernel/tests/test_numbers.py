"""Public codes survive the phone: every single slip and every swap is caught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.numbers import ALPHABET, is_valid, new_code, normalise, small_int, spaced

codes = st.builds(new_code)


@given(codes, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_caught(code: str, at: int, symbol: str) -> None:
    wrong = code[:at] + symbol + code[at + 1 :]
    assert is_valid(wrong) == (wrong == code)


@given(codes, st.integers(0, 8), st.integers(0, 8))
def test_two_swapped_symbols_are_caught(code: str, a: int, b: int) -> None:
    symbols = list(code)
    symbols[a], symbols[b] = symbols[b], symbols[a]
    wrong = "".join(symbols)
    assert is_valid(wrong) == (wrong == code)


@given(codes)
def test_what_is_typed_or_heard_comes_back(code: str) -> None:
    heard = spaced(code).lower().replace("2", "二").replace("7", "拐")
    assert normalise(f" 枫 {heard} ") == code
    full_width = "".join(chr(ord(ch) + 0xFEE0) for ch in code)
    assert normalise(full_width) == code


@pytest.mark.parametrize(
    ("typed", "why"), [("", "code.length"), ("234", "code.length"), ("2345678O9", "code.symbol")]
)
def test_a_wrong_code_says_what_is_wrong(typed: str, why: str) -> None:
    with pytest.raises(BadInput) as refusal:
        normalise(typed)
    assert refusal.value.code == why
    assert refusal.value.sentence()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("1" * 5_000, None),
     ("", None), ("-1", None), ("1.5", None), (" 1", None), ("٣", None), ("²", None)],
)  # fmt: skip
def test_a_number_that_no_column_holds_is_none(typed: str, number: int | None) -> None:
    assert small_int(typed) == number
