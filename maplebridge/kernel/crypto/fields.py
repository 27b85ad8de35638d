"""A model field whose column holds only sealed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from maplebridge.kernel.crypto.base import open_text, seal_text

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:  # the field takes type arguments only in its stubs
    Text = models.TextField


class EncryptedTextField(Text):
    """Text sealed on the way in and opened on the way out; it cannot be searched, on purpose."""

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        return seal_text(str(value), self.purpose) if value else ""

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str:
        return open_text(value or "", self.purpose)
