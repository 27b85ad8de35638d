"""A file, streamed into an `Extract`: XML plain or packed, and PBF where osmium is installed."""

from __future__ import annotations

import bz2
import gzip
import zlib
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from maplebridge.kernel.errors import BadInput, NotFound, Unavailable
from maplebridge.places.osm import sentences
from maplebridge.places.osm.gathering import Gathering
from maplebridge.places.osm.records import Box, Extract

CHUNK = 1 << 18
DAMAGED = (
    EOFError, zlib.error, gzip.BadGzipFile, expat.ExpatError, ValueError, OverflowError,
)  # fmt: skip
Progress = Callable[[int], None]  # bytes of the file that are read


def read_file(file: Path, box: Box | None, progress: Progress) -> Extract:
    """Read it whole; a damaged file raises before anything else happens."""
    if not file.is_file():
        raise NotFound("places.osm_missing", sentences.MISSING, file=str(file))
    gathering = Gathering(box)
    try:
        if file.name.endswith(".pbf"):
            _pbf(file, gathering, progress)
        else:
            _xml(file, gathering, progress)
    except DAMAGED as error:
        raise _broken(file, error) from error
    except OSError as error:
        # bz2 knows no error of its own for a damaged file.
        if error.strerror is None:
            raise _broken(file, error) from error
        raise BadInput(
            "places.osm_unreadable", sentences.UNREADABLE, file=file.name, why=error.strerror
        ) from error
    return gathering.done()


def _broken(file: Path, error: Exception) -> BadInput:
    why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return BadInput("places.osm_broken", sentences.BROKEN, file=file.name, why=why[:120])


def _pbf(file: Path, gathering: Gathering, progress: Progress) -> None:
    try:
        from maplebridge.places.osm.pbf import read_pbf
    except ImportError as error:
        raise Unavailable("places.osm_no_pbf", sentences.NO_PBF) from error
    read_pbf(file, gathering)
    progress(file.stat().st_size)


def _xml(file: Path, gathering: Gathering, progress: Progress) -> None:
    with file.open("rb") as raw:
        unpacked = _unpacked(file, raw)
        reader = _Reader(gathering, file.name)
        while chunk := unpacked.read(CHUNK):
            reader.feed(chunk)
            progress(raw.tell())
        reader.end()


def _unpacked(file: Path, raw: IO[bytes]) -> IO[bytes]:
    """By the first bytes, not by the name: a browser may have unpacked or renamed it."""
    head = raw.read(16)
    raw.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]  # reads bytes like one
    if head.startswith(b"BZh"):
        return bz2.BZ2File(raw)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return raw
    raise BadInput("places.osm_not_osm", sentences.NOT_OSM, file=file.name)


class _Reader:
    """Expat's events to nodes, ways and relations.

    A file that declares entities is refused before the first is read: a few lines of them unfold
    to gigabytes, and others name files of this machine.
    """

    def __init__(self, gathering: Gathering, name: str) -> None:
        self._into, self._name = gathering, name
        self._started = False
        self._tags: dict[str, str] = {}
        self._refs: array[int] = array("q")
        self._members: list[tuple[str, int]] = []
        self._of: dict[str, str] = {}
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except KeyError as error:
            line = self._parser.CurrentLineNumber
            raise ValueError(f"line {line}: without {error.args[0]}") from error

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _doctype(self, *_declared: object) -> None:
        raise BadInput("places.osm_entities", sentences.DOCTYPE, file=self._name)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "nd":
            self._refs.append(int(attributes["ref"]))
        elif name == "tag":
            self._tags[attributes["k"]] = attributes["v"]
        elif name in ("node", "way", "relation"):
            self._of, self._tags = attributes, {}
            self._refs, self._members = array("q"), []
        elif name == "member":
            if attributes.get("type") == "way":
                self._members.append((attributes.get("role", ""), int(attributes["ref"])))
        elif not self._started:
            if name != "osm":
                raise BadInput("places.osm_not_osm", sentences.NOT_OSM, file=self._name)
            self._started = True
        elif name == "bounds":
            west, south, east, north = (
                float(attributes[side]) for side in ("minlon", "minlat", "maxlon", "maxlat")
            )
            self._into.bounds = Box(west, south, east, north)

    def _close(self, name: str) -> None:
        of = self._of
        if name not in ("node", "way", "relation") or of.get("action") == "delete":
            return
        number = int(of["id"])
        if name == "node":
            self._into.node(number, float(of["lon"]), float(of["lat"]), self._tags)
        elif name == "way":
            self._into.way(number, self._refs, self._tags)
        else:
            self._into.relation(number, self._members, self._tags)
