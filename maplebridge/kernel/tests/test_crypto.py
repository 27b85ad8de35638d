"""Both suites keep the same contract."""

from __future__ import annotations

import os

import pytest
from django.test import override_settings

from maplebridge.kernel.crypto.base import blind, open_text, seal_text, suite
from maplebridge.kernel.errors import Unavailable


@pytest.mark.parametrize("mark", ["i1", "s1"])
def test_a_suite_opens_what_it_sealed_and_nothing_altered(mark: str) -> None:
    chosen, key = suite(mark), os.urandom(32)
    sealed = chosen.encrypt(key, "望潮".encode())
    assert chosen.decrypt(key, sealed) == "望潮".encode()
    assert chosen.encrypt(key, b"x") != chosen.encrypt(key, b"x")
    with pytest.raises(Exception):  # noqa: B017  each library has its own tag error
        chosen.decrypt(key, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert len(chosen.digest(b"")) == 32


def test_standard_vectors() -> None:
    assert suite("i1").digest(b"abc").hex().startswith("ba7816bf8f01cfea414140de5dae2223")
    assert suite("s1").digest(b"abc").hex().startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")


def test_a_purpose_opens_only_its_own_texts() -> None:
    sealed = seal_text("13800000000", "incident.contact")
    assert "13800000000" not in sealed
    assert open_text(sealed, "incident.contact") == "13800000000"
    with pytest.raises(Unavailable):
        open_text(sealed, "another.purpose")
    assert blind("1", "a") != blind("1", "b")


def test_after_a_change_of_suite_old_texts_still_open(settings: object) -> None:
    from dataclasses import replace

    from django.conf import settings as live

    sealed = seal_text("x", "p")
    with override_settings(MAPLEBRIDGE=replace(live.MAPLEBRIDGE, crypto_suite="s1")):
        assert seal_text("x", "p")[:2] == "s1"
        assert open_text(sealed, "p") == "x"
