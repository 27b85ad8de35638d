"""How far a new beginning has come, told from the process that does it to those that show pages.

A file in the data folder, because a transaction can not tell of itself from inside. Apart from what
it tells of: pages read it, and need not load what makes a whole city.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

PROGRESS = "anew.json"


def tell_progress(what: str, done: int, of: int) -> None:
    """For the page, which is another process; replaced whole, so it is never half read."""
    path = _progress_file()
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"what": what, "share": round(done / max(1, of), 3)}), "utf-8")
    fresh.replace(path)


def end_progress() -> None:
    _progress_file().unlink(missing_ok=True)


def progress() -> float | None:
    """The share that is done, 0 … 1; None when nothing is under way."""
    try:
        told = json.loads(_progress_file().read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return float(told["share"])


def _progress_file() -> Path:
    folder: Path = settings.MAPLEBRIDGE.data_dir
    return folder / PROGRESS
