"""The one door to the privacy room."""

from __future__ import annotations

from maplebridge.privacy.retention import apply_retention, fields_by_time

__all__ = ["apply_retention", "fields_by_time"]
