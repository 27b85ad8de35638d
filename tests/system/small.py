"""The tiny city as an installation: built once, copied for each test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system import database
from tests.system.database import Database
from tests.system.installation import ROOT, Installation


@contextmanager
def original(folder: Path) -> Iterator[Database]:
    """A database with the tiny city, never served itself."""
    with database.empty(folder) as made:
        house = Installation(folder, made)
        env = house.environment(DJANGO_SETTINGS_MODULE="maplebridge.config.settings")
        done = subprocess.run(
            [sys.executable, "-m", "tests.system.prepare"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield made


@contextmanager
def copied(original: Database, folder: Path, **settings: str) -> Iterator[Installation]:
    """An installation with a copy of the tiny city."""
    with database.copy_of(original, folder) as made:
        yield Installation(folder, made, settings)
