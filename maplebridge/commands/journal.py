"""`maplebridge journal`: prove it, seal it, write its anchor off the box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maplebridge.commands.base import Failure, bar, json_option, say, with_rooms

if TYPE_CHECKING:
    from maplebridge.kernel.journal.anchors import Anchor
    from maplebridge.kernel.journal.sealing import Verdict


@click.group()
def journal() -> None:
    """The journal: verify, anchor, seal, retry, rebase."""


@journal.command("verify")
@click.option(
    "--expect",
    default="",
    metavar="FILE|VALUE",
    help="A chain value that was kept elsewhere, or a file of them: each must still be there.",
)
@json_option
@with_rooms
def verify_journal(expect: str, as_json: bool) -> None:
    """Prove that no sealed entry was altered, removed or inserted; name the first that was.

    Exit code 1 when the proof fails. Without --expect nobody can see that all seals were
    removed and made anew.
    """
    from maplebridge.kernel.journal.models import JournalEntry
    from maplebridge.kernel.journal.sealing import verify

    anchors = _expected(expect)
    done = 0
    with bar(None if as_json else JournalEntry.objects.count(), "Verifying", as_json) as advance:

        def progress(count: int) -> None:
            nonlocal done
            done += count
            advance(done)

        verdict = verify(progress, [anchor.chain for anchor in anchors])

    say(verdict.as_dict(), as_json, lambda: _verdict_lines(verdict, anchors))
    if not verdict.whole:
        raise SystemExit(1)


def _expected(given: str) -> list[Anchor]:
    """The anchors of a file, or of a value given by itself."""
    from maplebridge.kernel.journal.anchors import CHAIN, read_anchors

    if not given:
        return []
    if CHAIN.match(given.lower()):
        return read_anchors(given)
    try:
        return read_anchors(Path(given).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(
            f"{given} is neither a chain value of 64 figures nor a file that can be read.",
            param_hint="--expect",
        ) from error


def _verdict_lines(verdict: Verdict, anchors: list[Anchor]) -> Iterator[str]:
    if verdict.whole:
        yield (
            f"Whole: {verdict.entries} entries under {verdict.seals} seals, "
            f"{verdict.unsealed} newer ones not sealed yet."
        )
        if anchors:
            yield f"All {len(anchors)} chain values kept elsewhere are in the chain."
        if verdict.chain:
            yield f"Chain value, to be kept off this machine: {verdict.chain}"
    elif verdict.why == "anchor":
        kept = next(anchor for anchor in anchors if anchor.chain == verdict.lost)
        when = f" on {kept.at} over {kept.entries} entries" if kept.at else ""
        yield f"Broken: the chain no longer holds the value {kept.chain}, kept{when}."
        yield "Seals were removed or made anew; what they proved may have been altered."
    elif verdict.why == "removed":
        after = f"after seal {verdict.broken_seal}" if verdict.broken_seal else "from the first on"
        yield f"Broken: seals were removed {after}."
    elif verdict.broken_entry is not None:
        yield f"Broken: entry {verdict.broken_entry} was {verdict.why}."
    else:
        yield f"Broken: seal {verdict.broken_seal} is not what it was."


@journal.command("anchor")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Append it to this file, on another machine's disk, instead of printing it.",
)
@json_option
@with_rooms
def anchor_journal(out: Path | None, as_json: bool) -> None:
    """Give the newest chain value, to be kept off this machine, as one line of JSON.

    “maplebridge journal verify --expect FILE” looks for it again.
    """
    from maplebridge.kernel.journal.anchors import keep_anchor, newest_anchor

    anchor = newest_anchor()
    if anchor is None:
        raise Failure("journal.nothing_sealed", "Nothing is sealed yet: there is no chain value.")
    try:
        kept = keep_anchor(out, anchor) if out else False
    except OSError as error:
        raise Failure(
            "journal.anchor_not_kept", f"{out} can not be written: {error.strerror}."
        ) from error

    def lines() -> Iterator[str]:
        if out is None:
            yield anchor.line()
        else:
            yield f"Kept in {out}." if kept else f"The last line of {out} holds it already."

    say(asdict(anchor), as_json, lines)


@journal.command("seal")
@json_option
@with_rooms
def seal_journal(as_json: bool) -> None:
    """Seal what is not sealed yet; the worker does this every few seconds by itself."""
    from maplebridge.kernel.journal.sealing import seal_next, unsealed_entries

    total = 0
    with bar(unsealed_entries().count(), "Sealing", as_json) as advance:
        while count := seal_next():
            total += count
            advance(total)
    say({"sealed": total}, as_json, lambda: iter([f"{total} entries sealed."]))


@journal.command("retry-parked")
@json_option
@with_rooms
def retry_parked_entries(as_json: bool) -> None:
    """Try again what subscribers had set aside, after its cause was mended.

    Exit code 1 while anything is still parked.
    """
    from maplebridge.kernel.journal.models import ParkedEntry
    from maplebridge.kernel.journal.subscribers import retry_parked

    with bar(ParkedEntry.objects.count(), "Trying again", as_json) as advance:
        digested, left = retry_parked(advance)
    answer = {"digested": digested, "parked": left}
    say(answer, as_json, lambda: iter([f"{digested} entries digested, {left} still parked."]))
    if left:
        raise SystemExit(1)


@journal.command("rebase")
@json_option
@with_rooms
def rebase_journal(as_json: bool) -> None:
    """After restoring a dump on another PostgreSQL: make old positions comparable again.

    Transaction ids of the old server mean nothing on the new one. Stop workers and servers
    first. What is not sealed is sealed; seals stay valid: the position is no part of the proof.
    """
    from maplebridge.kernel.journal.upkeep import rebase, to_rebase

    with bar(to_rebase(), "Moving", as_json) as advance:
        count = rebase(advance)
    said = f"{count} entries moved to the beginning of the new order."
    say({"moved": count}, as_json, lambda: iter([said]))
