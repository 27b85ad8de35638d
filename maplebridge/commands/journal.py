"""`maplebridge journal`: prove it, seal it, write its anchor off the box."""

from __future__ import annotations

from collections.abc import Iterator

import click

from maplebridge.commands.base import bar, json_option, say, with_rooms


@click.group()
def journal() -> None:
    """The journal: verify, seal, retry, rebase."""


@journal.command("verify")
@json_option
@with_rooms
def verify_journal(as_json: bool) -> None:
    """Prove that no sealed entry was altered, removed or inserted; name the first that was.

    Exit code 1 when the proof fails.
    """
    from maplebridge.kernel.journal.models import JournalEntry
    from maplebridge.kernel.journal.sealing import verify

    done = 0
    with bar(None if as_json else JournalEntry.objects.count(), "Verifying", as_json) as advance:

        def progress(count: int) -> None:
            nonlocal done
            done += count
            advance(done)

        verdict = verify(progress)

    def lines() -> Iterator[str]:
        if verdict.whole:
            yield (
                f"Whole: {verdict.entries} entries under {verdict.seals} seals, "
                f"{verdict.unsealed} newer ones not sealed yet."
            )
            if verdict.chain:
                yield f"Chain value, to be kept off this machine: {verdict.chain}"
        elif verdict.broken_entry is not None:
            yield f"Broken: entry {verdict.broken_entry} was {verdict.why}."
        else:
            yield f"Broken: seal {verdict.broken_seal} is not what it was."

    say(verdict.as_dict(), as_json, lines)
    if not verdict.whole:
        raise SystemExit(1)


@journal.command("seal")
@with_rooms
def seal_journal() -> None:
    """Seal what is not sealed yet; the worker does this every few seconds by itself."""
    from maplebridge.kernel.journal.sealing import seal_next

    total = 0
    while count := seal_next():
        total += count
    click.echo(f"{total} entries sealed.")


@journal.command("retry-parked")
@with_rooms
def retry_parked_entries() -> None:
    """Try again what subscribers had set aside, after its cause was mended.

    Exit code 1 while anything is still parked.
    """
    from maplebridge.kernel.journal.subscribers import retry_parked

    digested, left = retry_parked()
    click.echo(f"{digested} entries digested, {left} still parked.")
    if left:
        raise SystemExit(1)


@journal.command("rebase")
@with_rooms
def rebase_journal() -> None:
    """After restoring a dump on another PostgreSQL: make old positions comparable again.

    Transaction ids of the old server mean nothing on the new one. Stop workers and servers
    first. Seals stay valid: the position is not part of what is proved.
    """
    from maplebridge.kernel.journal.upkeep import rebase

    click.echo(f"{rebase()} entries moved to the beginning of the new order.")
