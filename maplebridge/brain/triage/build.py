"""Make the model that is shipped: `python -m maplebridge.brain.triage.build OUT TEXTS…`.

Called by ``tools/setup.py``. The same texts and the same code give the same model.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from maplebridge.brain.learning import storage
from maplebridge.brain.triage.corpus import TEXTS_FILE, learn, read_texts


def stamp_of(paths: Iterable[Path]) -> str:
    """A short name for the texts a model was made from."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def main(words: list[str]) -> int:
    """Read the texts, learn, write the file."""
    out, paths = Path(words[0]), [Path(word) for word in words[1:]]
    model, _ = learn(read_texts(paths), stamp=stamp_of(paths))
    storage.save(model, out)
    # A town learns on from them, and a later model is measured by them.
    lines = "\n".join(path.read_text("utf-8").strip() for path in paths)
    out.with_name(TEXTS_FILE).write_text(lines + "\n", "utf-8")
    print(f"{model.about['texts']} texts, {out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
