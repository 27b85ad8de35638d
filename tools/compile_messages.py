"""Compile every message catalogue of the package: `python tools/compile_messages.py`.

Each room keeps its own `locale/<language>/LC_MESSAGES/django.po`; the .mo beside it is what Django
reads and is not in git. Needs no GNU gettext. A catalogue that is newer than its .mo is compiled;
`--check` only reports entries that lack a translation.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent


def find_catalogues(root: Path) -> list[Path]:
    """Return all .po files below `root/maplebridge`, in a stable order."""
    return sorted((root / "maplebridge").glob("**/locale/*/LC_MESSAGES/*.po"))


def read_catalogue(path: Path) -> Catalog:
    """Read one .po strictly: a broken file must not become a page with missing words."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3], abort_invalid=True)


def missing_translations(catalogue: Catalog) -> Iterator[Message]:
    """Yield entries that would fall back to the English text."""
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and (message.fuzzy or not all(texts)):
            yield message


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside one .po; return False if it was already current."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    catalogue = read_catalogue(path)
    unfinished = target.with_suffix(".mo.part")
    with unfinished.open("wb") as sink:
        write_mo(sink, catalogue)
    # Renamed last: a server starting now reads the old file or the new one, never half of it.
    unfinished.replace(target)
    return True


def report_missing(paths: list[Path], root: Path) -> int:
    """Print entries without a translation; return how many there are."""
    count = 0
    for path in paths:
        for message in missing_translations(read_catalogue(path)):
            count += 1
            print(f"{path.relative_to(root)}:{message.lineno or '?'}: untranslated {message.id!r}")
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only report what is untranslated")
    options = parser.parse_args()
    started = time.monotonic()
    paths = find_catalogues(ROOT)
    if options.check:
        return 1 if report_missing(paths, ROOT) else 0
    try:
        written = sum(compile_catalogue(path) for path in paths)
    except PoFileError as error:
        print(f"messages: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - started
    print(f"messages: {len(paths)} catalogues, {written} compiled, {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
