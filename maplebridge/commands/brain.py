"""`maplebridge brain`: teach it, measure it, ask it about a file; no database is touched."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maplebridge.commands import brain_group, brain_town
from maplebridge.commands.base import Failure, bar, json_option, say

if TYPE_CHECKING:
    from maplebridge.brain.learning.heads import Heads
    from maplebridge.brain.triage.opinion import Shipped

File = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
NewFile = click.Path(path_type=Path, dir_okay=False)
model_option = click.option(
    "--model", type=File, help="A model made by “brain train”; default the one in use."
)


@click.group()
def brain() -> None:
    """The brain: train it on own texts, measure it, ask it about files, let it learn."""


for command in (
    brain_group.brain_group, brain_town.learn, brain_town.versions, brain_town.use,
    brain_town.take_back,
):  # fmt: skip
    brain.add_command(command)


@brain.command("train")
@click.option("--data", type=File, multiple=True, required=True, help="Labelled texts, JSON Lines.")
@click.option("--base", type=File, multiple=True, help="Instead of the project's own texts.")
@click.option("--only-data", is_flag=True, help="Learn from --data alone.")
@click.option("--out", type=NewFile, required=True, help="Where to write the model.")
@json_option
def train(
    data: tuple[Path, ...], base: tuple[Path, ...], only_data: bool, out: Path, as_json: bool
) -> None:
    """Learn a triage model from a town's own labelled texts, together with the project's.

    Nothing goes live: compare it with the one in use first (“brain triage --model”, “brain score”).
    """
    from maplebridge.brain.learning import scores, storage
    from maplebridge.brain.learning.training import TooLittle
    from maplebridge.brain.triage.build import stamp_of
    from maplebridge.brain.triage.corpus import BadText, learn, read_texts

    started = time.monotonic()
    paths = [*(() if only_data else base or own_texts()), *data]
    try:
        texts = read_texts(paths)
        with bar(None if as_json else len(texts), "Reading", as_json) as advance:
            model, held_out = learn(texts, stamp=stamp_of(paths), progress=advance)
        storage.save(model, out)
    except (BadText, TooLittle) as error:
        raise Failure("brain.texts", f"The texts do not fit: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Failure("brain.file", f"A file can not be read or written: {error}") from error
    agreement = {}
    for question, held in held_out.items():
        truth = [texts[row].labels[question] for row in held.rows]
        said = [held.labels[int(i)] for i in held.shares.argmax(axis=1)]
        agreement[question] = round(scores.accuracy(truth, said), 4)
    result = {
        "texts": len(texts),
        "own_texts": len(read_texts(data)),
        "held_out_accuracy": agreement,
        "bytes": out.stat().st_size,
        "stamp": model.about["stamp"],
        "seconds": round(time.monotonic() - started, 1),
    }
    say(result, as_json, lambda: _train_lines(result, out))


def own_texts() -> list[Path]:
    """The texts the shipped model was made from, beside it; none when it was not made."""
    from maplebridge.brain.triage.corpus import TEXTS_FILE
    from maplebridge.brain.triage.opinion import SHIPPED_MODEL

    shipped = SHIPPED_MODEL.with_name(TEXTS_FILE)
    return [shipped] if shipped.exists() else []


def _train_lines(result: dict[str, Any], out: Path) -> Iterator[str]:
    yield f"Learned from {result['texts']} texts in {result['seconds']} s: {out}"
    yield "Each text judged by a model that did not see it:"
    for question, share in result["held_out_accuracy"].items():
        yield f"  {question:32}{share:7.3f}"


@brain.command("evaluate")
@click.option("--train", "known", type=File, multiple=True, required=True, help="Texts to learn.")
@click.option("--test", "asked", type=File, multiple=True, required=True, help="Texts to judge.")
@click.option("--text", "text_column", default="text", show_default=True, help="Column of texts.")
@click.option("--label", "label_column", default="label", show_default=True, help="Of labels.")
@json_option
def evaluate(
    known: tuple[Path, ...],
    asked: tuple[Path, ...],
    text_column: str,
    label_column: str,
    as_json: bool,
) -> None:
    """Learn the labels of one table and score the answers for another; any label set.

    Tables are CSV or JSON Lines, plain or .gz. Plain and segmented Chinese may be mixed.
    """
    from maplebridge.brain.learning.scores import report
    from maplebridge.brain.learning.tables import BadTable, read_table
    from maplebridge.brain.learning.voters import STEPS, Ensemble

    started = time.monotonic()
    try:
        train_rows = [row for path in known for row in read_table(path, text_column, label_column)]
        test_rows = [row for path in asked for row in read_table(path, text_column, label_column)]
    except BadTable as error:
        raise Failure("brain.table", f"The table does not fit: {error}") from error
    if len({label for _, label in train_rows}) < 2:
        raise Failure("brain.labels", "The texts to learn have one label only; two are needed.")
    with bar(None if as_json else STEPS, "Learning", as_json) as advance:
        ensemble = Ensemble(advance)
        ensemble.fit([text for text, _ in train_rows], [label for _, label in train_rows])
    shares = ensemble.probabilities([text for text, _ in test_rows])
    said = [ensemble.labels[int(i)] for i in shares.argmax(axis=1)]
    result = report([label for _, label in test_rows], said, [float(s) for s in shares.max(axis=1)])
    result["train_texts"] = len(train_rows)
    result["seconds"] = round(time.monotonic() - started, 1)
    say(result, as_json, lambda: _evaluate_lines(result))


def _evaluate_lines(result: dict[str, Any]) -> Iterator[str]:
    yield (
        f"Learned {result['train_texts']:,} texts, judged {result['texts']:,}, "
        f"{result['seconds']} s"
    )
    yield f"macro-F1 {result['macro_f1']:.3f}   accuracy {result['accuracy']:.3f}   " + (
        f"calibration error {result['ece']:.3f}"
    )
    for label, row in result["per_class"].items():
        yield (
            f"  F1 {row['f1']:.3f}  precision {row['precision']:.3f}  recall {row['recall']:.3f}  "
            f"{row['texts']:>6} texts  {label}"
        )


@brain.command("triage")
@click.argument("file", type=File)
@click.option("--out", type=NewFile, required=True, help="Where to write one prediction per line.")
@model_option
@click.option("--lexicon", is_flag=True, help="Ask the lexicon alone, without a learned model.")
@json_option
def triage(file: Path, out: Path, model: Path | None, lexicon: bool, as_json: bool) -> None:
    """Judge every text of FILE (JSON Lines with `id`, `text`, `channel`) as the desk would be told.

    Labels that are already in the file are not read.
    """
    from maplebridge.brain.triage.scoring import predict

    rows = _rows(file)
    chosen: Heads | Shipped | None = None if lexicon else _model(model)
    started = time.monotonic()
    half = out.with_name(out.name + ".part")
    try:
        with (
            half.open("w", encoding="utf-8") as lines,
            bar(None if as_json else len(rows), "Judging", as_json) as advance,
        ):
            for done, row in enumerate(rows, start=1):
                if not isinstance(row.get("text"), str):
                    raise Failure("brain.texts", f"{file.name}, text {done}: no “text”")
                lines.write(json.dumps(predict(row, chosen), ensure_ascii=False) + "\n")
                advance(done)
        half.replace(out)
    except OSError as error:
        raise Failure("brain.file", f"{out} can not be written: {error.strerror}") from error
    finally:
        half.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    result = {
        "texts": len(rows),
        "seconds": round(seconds, 2),
        "texts_per_second": round(len(rows) / max(seconds, 1e-9)),
    }
    say(result, as_json, lambda: iter([f"{len(rows):,} texts judged in {seconds:.1f} s: {out}"]))


def _model(path: Path | None) -> Heads | Shipped:
    from maplebridge.brain.learning.storage import NotAModel, load
    from maplebridge.brain.triage.opinion import Shipped

    if path is None:
        return Shipped.MODEL
    try:
        return load(path)
    except (NotAModel, OSError) as error:
        raise Failure("brain.model", f"Not a model: {error}") from error


@brain.command("score")
@click.argument("predictions", type=File)
@click.argument("gold", type=File)
@json_option
def score(predictions: Path, gold: Path, as_json: bool) -> None:
    """Compare PREDICTIONS of “brain triage” with the labels of GOLD, text by text (`id`)."""
    from maplebridge.brain.triage import scoring

    result = scoring.score(_rows(predictions), _rows(gold))
    if not result["texts"]:
        raise Failure("brain.ids", "No text of the second file has its `id` in the first.")
    say(result, as_json, lambda: _score_lines(result))


def _score_lines(result: dict[str, Any]) -> Iterator[str]:
    yield f"{result['texts']} texts, {result['missing']} without a prediction"
    for field, row in result["fields"].items():
        yield f"  {field:32}" + "   ".join(f"{name} {value:.3f}" for name, value in row.items())
    if "lead_top3" in result:
        yield f"  lead department among three      {result['lead_top3']:.3f}"
    for name in ("p1", "confidential_or_unsafe_contact", "needs_joint_handling", "volunteer_ok"):
        row = result[name]
        yield (
            f"  {name:32}recall {row['recall']:.3f}   precision {row['precision']:.3f}   "
            f"{row['texts']} texts"
        )


def _rows(path: Path) -> list[dict[str, Any]]:
    """Objects of a JSON Lines file; a line that is none is named."""
    rows: list[dict[str, Any]] = []
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise Failure("brain.texts", f"{path.name}, line {number}: not an object")
                rows.append(row)
    except (ValueError, OSError) as error:
        raise Failure("brain.texts", f"{path.name} can not be read: {error}") from error
    return rows
