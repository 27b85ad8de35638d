"""The suite for installations under GB/T 39786."""

from __future__ import annotations

import os
from typing import ClassVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 16  # SM4 takes 128 bits


class SmSuite:
    mark: ClassVar[str] = "s1"

    def digest(self, data: bytes) -> bytes:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize()

    def encrypt(self, key: bytes, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        engine = Cipher(algorithms.SM4(key[:KEY_BYTES]), modes.GCM(nonce)).encryptor()
        body = engine.update(plain) + engine.finalize()
        return nonce + engine.tag + body

    def decrypt(self, key: bytes, sealed: bytes) -> bytes:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        tag, body = rest[:TAG_BYTES], rest[TAG_BYTES:]
        engine = Cipher(algorithms.SM4(key[:KEY_BYTES]), modes.GCM(nonce, tag)).decryptor()
        return engine.update(body) + engine.finalize()

    def mac(self, key: bytes, data: bytes) -> bytes:
        state = HMAC(key, hashes.SM3())
        state.update(data)
        return state.finalize()
