"""Which built files a page links: read from the manifest the front-end build leaves behind.

The files carry a content hash in their names already, so they are linked as they are. Sending
them through a second hashing storage would load shared chunks twice, under two addresses.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

DIST = Path(__file__).parent / "static" / "dist"


@dataclass(frozen=True, slots=True)
class Asset:
    """Addresses below STATIC_URL, in the order a page should link them."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


_read: tuple[float, dict[str, Any]] | None = None


def manifest(dist: Path = DIST) -> dict[str, Any]:
    """The manifest, read again when the build changed it; {} when nothing is built."""
    global _read
    path = dist / "manifest.json"
    try:
        changed = path.stat().st_mtime
    except FileNotFoundError:
        return {}
    if dist is not DIST:
        return _load(path)
    if _read is None or _read[0] != changed:
        _read = (changed, _load(path))
    return _read[1]


def _load(path: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return entries


def is_built() -> bool:
    return bool(manifest())


def find(name: str, dist: Path = DIST) -> Asset | None:
    """The asset of one entry such as "main.ts"; None when it is not built."""
    entries = manifest(dist)
    entry = entries.get(f"src/{name}")
    if entry is None:
        return None
    chunks = _static_imports(entries, entry)
    styles = [css for chunk in (*chunks, entry) for css in chunk.get("css", [])]
    return Asset(
        script=_address(entry["file"]),
        styles=tuple(_address(css) for css in dict.fromkeys(styles)),
        preloads=tuple(_address(chunk["file"]) for chunk in chunks),
    )


def sheet(name: str, dist: Path = DIST) -> str | None:
    """The address of an entry that is nothing but a style sheet; None when it is not built.

    "type.ts" is loaded by a script, "wall.css" is linked by the pages of one face.
    """
    entries = manifest(dist)
    entry = entries.get(f"src/{name}") or entries.get(f"styles/{name}")
    return None if entry is None else _address(entry["file"])


def light(most: int, dist: Path = DIST) -> list[str]:
    """Addresses of every script and style of the build up to `most` bytes, in order."""
    entries = manifest(dist).values()
    named = {entry["file"] for entry in entries} | {
        css for entry in entries for css in entry.get("css", [])
    }
    found = (name for name in named if name.endswith((".js", ".css")))
    return sorted(_address(name) for name in found if (dist / name).stat().st_size <= most)


def _static_imports(entries: dict[str, Any], entry: dict[str, Any]) -> list[dict[str, Any]]:
    """What the entry imports at once, depth first, each once; islands come later by themselves."""
    seen: dict[str, dict[str, Any]] = {}
    waiting = list(entry.get("imports", []))
    while waiting:
        key = waiting.pop(0)
        if key not in seen:
            seen[key] = entries[key]
            waiting.extend(entries[key].get("imports", []))
    return list(seen.values())


def _address(file: str) -> str:
    return f"{settings.STATIC_URL}dist/{file}"
