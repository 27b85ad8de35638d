"""A disk without room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def no_room_in(folder: Path) -> Iterator[None]:
    """A disk of 64 KB where we may mount one; else a place where no file can be made."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    as_root = os.geteuid() == 0
    if as_root and not subprocess.run(mount, capture_output=True, check=False).returncode:
        try:
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    aside = folder.with_name(f"{folder.name}-aside")
    folder.rename(aside)
    folder.write_text("a file where a folder is needed")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)
