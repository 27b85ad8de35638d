"""Remember what a step was last done for, so that an unchanged step is skipped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """Hash the contents and names of files, and further words such as a version."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamp:
    """A small file holding the digest of the inputs of the last success."""

    def __init__(self, path: Path, value: str) -> None:
        self.path = path
        self.value = value

    def is_current(self) -> bool:
        """Whether the last success had the same inputs."""
        try:
            return self.path.read_text(encoding="ascii") == self.value
        except OSError:
            return False

    def write(self) -> None:
        """Call only after the step succeeded."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value, encoding="ascii")
