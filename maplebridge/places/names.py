"""Names in two languages: the Chinese one is official, the English one is shown to others."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(name: str, name_en: str) -> str:
    """The name in the active language; the official one when the other is missing."""
    language = get_language() or ""
    return name_en if name_en and not language.startswith("zh") else name
