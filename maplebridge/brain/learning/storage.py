"""Write and read a model as one file of arrays; nothing in it can run."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np

from maplebridge.brain.learning.heads import Floats, Head, Heads

FORMAT = 1
_LINE = "\n"


class NotAModel(Exception):
    """The file is no model, or one of another format."""


def save(model: Heads, path: Path) -> None:
    """Write a model; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        write(model, file)
    half.replace(path)


def write(model: Heads, file: BinaryIO) -> None:
    """Write a model into an open file; the same model gives the same bytes."""
    facts = {
        "format": FORMAT,
        "heads": [
            [h.name, list(h.labels), h.first, h.sharpness, [list(k) for k in h.curve]]
            for h in model.heads
        ],
        "about": dict(model.about),
    }
    steps = weight_steps(model.weights)
    np.savez_compressed(
        file,
        facts=_letters(json.dumps(facts, ensure_ascii=False, sort_keys=True)),
        pieces=_letters(_LINE.join(model.pieces)),
        clues=_letters(_LINE.join(model.clues)),
        rarity=model.rarity.astype(np.float32),
        weights=np.rint(model.weights / steps).astype(np.int8),
        steps=steps,
        offsets=model.offsets.astype(np.float32),
    )


def load(source: Path | BinaryIO) -> Heads:
    """Read a model from a path or an open file; raises NotAModel for anything else."""
    name = source.name if isinstance(source, Path) else "the stored model"
    try:
        opened = source.open("rb") if isinstance(source, Path) else nullcontext(source)
        with opened as file, np.load(file, allow_pickle=False) as held:
            facts = json.loads(_text(held["facts"]))
            if facts.get("format") != FORMAT:
                raise NotAModel(f"{name} has format {facts.get('format')}, not {FORMAT}")
            pieces = _names(held["pieces"])
            clues = _names(held["clues"])
            return Heads(
                pieces={piece: row for row, piece in enumerate(pieces)},
                clues={clue: row for row, clue in enumerate(clues, start=len(pieces))},
                rarity=held["rarity"],
                weights=held["weights"].astype(np.float32) * held["steps"],
                offsets=held["offsets"],
                heads=tuple(_head(*row) for row in facts["heads"]),
                about=facts["about"],
            )
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile) as error:
        raise NotAModel(f"{name} is no model: {error}") from error


def _head(
    name: str, labels: list[str], first: int, sharpness: float, curve: list[tuple[float, float]]
) -> Head:
    return Head(name, tuple(labels), first, sharpness, tuple((at, worth) for at, worth in curve))


def weight_steps(weights: Floats) -> Floats:
    """Per column, the least difference of two weights in a file: 1/127 of the largest."""
    most = np.abs(weights).max(axis=0, initial=0.0)
    steps: Floats = np.where(most > 0, most / 127.0, 1.0).astype(np.float32)
    return steps


def _letters(text: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _text(letters: np.ndarray[Any, np.dtype[np.uint8]]) -> str:
    return letters.tobytes().decode("utf-8")


def _names(letters: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    text = _text(letters)
    return text.split(_LINE) if text else []
