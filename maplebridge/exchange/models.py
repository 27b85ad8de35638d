"""Rows of the exchange room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ApiClient(models.Model):
    """A program that may call the API. Only a digest of its token is stored."""

    name = models.CharField(max_length=80, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    may_report = models.BooleanField(default=False)
    may_follow = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"name", "token_digest"})
