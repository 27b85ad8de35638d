"""Encryption and digests, one folder per suite: international (SHA-256, AES-GCM) and SM (SM3, SM4).

Keys are derived per purpose from one secret, so two purposes can never be joined by comparing
what is stored. A sealed text names its suite, so both can be read side by side after a change.
"""

from __future__ import annotations

from maplebridge.kernel.crypto.base import Suite, open_text, seal_text, suite
from maplebridge.kernel.crypto.fields import EncryptedTextField

__all__ = ["EncryptedTextField", "Suite", "open_text", "seal_text", "suite"]
