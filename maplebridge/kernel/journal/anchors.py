"""Chain values kept off the box.

A proof that lies wholly in the database proves nothing against somebody who can rewrite the
database: all seals can be removed and made anew. An anchor is the newest chain value in a place
that person does not reach. Each is one line, so that a file of them can be appended to for years.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.journal.models import JournalSeal

CHAIN = re.compile(r"^[0-9a-f]{64}$")
AT_ONCE = 500  # chain values looked for in one statement


@dataclass(frozen=True, slots=True)
class Anchor:
    chain: str  # the chain value of the newest seal
    entries: int = 0  # sealed entries up to there
    seals: int = 0
    at: str = ""  # when it was taken, UTC

    def line(self) -> str:
        return json.dumps(asdict(self))


def newest_anchor() -> Anchor | None:
    """What to keep elsewhere now; None while nothing is sealed."""
    newest = JournalSeal.objects.order_by("-id").first()
    if newest is None:
        return None
    held = JournalSeal.objects.filter(id__lte=newest.id)
    entries = held.aggregate(total=Sum("count"))["total"] or 0
    return Anchor(newest.chain, int(entries), held.count(), now().isoformat())


def read_anchors(text: str) -> list[Anchor]:
    """The anchors of a file: one a line, as `line` writes them or a bare chain value."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        anchor = _anchor_of(line.strip())
        if anchor is None:
            raise BadInput(
                "journal.anchor", _("Line {line} is no anchor of a journal."), line=number
            )
        found.append(anchor)
    if not found:
        raise BadInput("journal.anchor", _("There is no anchor of a journal in this."))
    return found


def _anchor_of(line: str) -> Anchor | None:
    if CHAIN.match(line.lower()):
        return Anchor(line.lower())
    try:
        held = json.loads(line)
        anchor = Anchor(
            str(held["chain"]), int(held["entries"]), int(held["seals"]), str(held["at"])
        )
    except (ValueError, KeyError, TypeError):
        return None
    return anchor if CHAIN.match(anchor.chain) else None


def keep_anchor(path: Path, anchor: Anchor) -> bool:
    """Append one line and wait until it is on the disk; False when it was the last one already."""
    kept = path.read_text("utf-8").splitlines() if path.exists() else []
    if kept and anchor.chain in kept[-1]:
        return False
    line = f"{anchor.line()}\n".encode()
    # Opened to append: whoever keeps the file can allow nothing but that (chattr +a).
    target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(target, line)
        os.fsync(target)
    finally:
        os.close(target)
    return True


def missing_from_chain(anchors: list[Anchor]) -> Anchor | None:
    """The first anchor whose value no seal has any more; quick, it proves no entry."""
    for start in range(0, len(anchors), AT_ONCE):
        some = anchors[start : start + AT_ONCE]
        chains = {anchor.chain for anchor in some}
        held = JournalSeal.objects.filter(chain__in=chains).values_list("chain", flat=True)
        missing = chains.difference(held)
        if missing:
            return next(anchor for anchor in some if anchor.chain in missing)
    return None
