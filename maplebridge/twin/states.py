"""How fast the living city goes, and what can be asked of it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

PACES: Final = (1, 10, 60)  # city seconds in one true second
USUAL: Final = 10


class Asked(models.TextChoices):
    """What the worker is to do with the whole city, as one piece or not at all."""

    NOTHING = "", ""
    RESET = "reset", _("Back to the beginning")
    EMPTY = "empty", _("Start empty")
