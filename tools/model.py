"""Make the learned part of triage from the texts in corpora/triage. Standard library only."""

from __future__ import annotations

import os
from pathlib import Path

from tools.progress import run_quietly, say, step
from tools.stamps import Stamp, digest

MODEL = Path("maplebridge") / "brain" / "triage" / "data" / "model.npz"
CODE = ("learning", "triage")  # rooms of the brain that shape the model
# One thread: the last digits of a sum depend on how it was shared out.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def build_model(root: Path, python: Path) -> None:
    """Bring the model up to date; does nothing when neither texts nor code changed."""
    texts = sorted((root / "corpora" / "triage").glob("*.jsonl"))
    if not texts:
        say("==> triage model: skipped, there are no texts in corpora/triage")
        return
    brain = root / "maplebridge" / "brain"
    code = [path for room in CODE for path in sorted((brain / room).rglob("*.py"))]
    locks = [root / "requirements" / "core.lock"]
    stamp = Stamp(root / ".cache" / "triage-model", digest([*texts, *code, *locks]))
    if stamp.is_current() and (root / MODEL).exists():
        say("==> triage model: up to date")
        return
    with step(f"triage model: learn from {len(texts)} files of texts"):
        command = [python, "-m", "maplebridge.brain.triage.build", root / MODEL, *texts]
        run_quietly(command, cwd=root, env={**os.environ, **ONE_THREAD})
    stamp.write()
