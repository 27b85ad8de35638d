"""The default suite."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import ClassVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class InternationalSuite:
    mark: ClassVar[str] = "i1"

    def digest(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def encrypt(self, key: bytes, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, plain, None)

    def decrypt(self, key: bytes, sealed: bytes) -> bytes:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)

    def mac(self, key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, hashlib.sha256)
