"""The seam between callers and suites."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import ClassVar, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Unavailable


class Suite(Protocol):
    """What a crypto suite must give; every suite passes the same contract tests."""

    mark: ClassVar[str]  # two letters in front of every sealed text

    def digest(self, data: bytes) -> bytes: ...

    def encrypt(self, key: bytes, plain: bytes) -> bytes: ...

    def decrypt(self, key: bytes, sealed: bytes) -> bytes: ...

    def mac(self, key: bytes, data: bytes) -> bytes: ...


@lru_cache(maxsize=1)
def _suites() -> dict[str, Suite]:
    from maplebridge.kernel.crypto.international.suite import InternationalSuite
    from maplebridge.kernel.crypto.sm.suite import SmSuite

    return {s.mark: s for s in (InternationalSuite(), SmSuite())}


def suite(mark: str = "") -> Suite:
    """The configured suite, or the one a sealed text names."""
    return _suites()[mark or settings.MAPLEBRIDGE.crypto_suite]


@lru_cache(maxsize=64)
def _key(secret: str, purpose: str) -> bytes:
    # One extract-and-expand step (RFC 5869 shape); the secret is already high-entropy.
    extracted = hmac.digest(b"maplebridge", secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


def seal_text(text: str, purpose: str) -> str:
    """Encrypt `text` for one purpose; empty stays empty."""
    if not text:
        return ""
    chosen = suite()
    sealed = chosen.encrypt(_key(settings.MAPLEBRIDGE.data_key, purpose), text.encode())
    return chosen.mark + base64.urlsafe_b64encode(sealed).decode()


def open_text(token: str, purpose: str) -> str:
    """Decrypt what `seal_text` made; `Unavailable` when the key does not fit."""
    if not token:
        return ""
    try:
        raw = base64.urlsafe_b64decode(token[2:])
        return suite(token[:2]).decrypt(_key(settings.MAPLEBRIDGE.data_key, purpose), raw).decode()
    except Exception as error:
        raise Unavailable(
            "crypto.key", _("This field cannot be opened with the present key.")
        ) from error


def blind(text: str, purpose: str) -> str:
    """A keyed digest for equality only; different purposes never match each other."""
    return suite().mac(_key(settings.MAPLEBRIDGE.data_key, f"blind:{purpose}"), text.encode()).hex()
