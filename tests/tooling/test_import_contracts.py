"""The import rules: the generated file is current, and a breach is really found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import import_contracts

ROOT = Path(__file__).resolve().parents[2]


def test_generated_file_is_current() -> None:
    written = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert written == import_contracts.render(ROOT), "run python -m tools.import_contracts"


def test_every_room_stands_on_one_rung() -> None:
    named = [room for rung in import_contracts.LADDER for room in rung]
    assert len(named) == len(set(named))
    assert set(import_contracts.ROOMS) <= set(named)


def test_no_package_is_outside_the_ladder() -> None:
    named = {room for rung in import_contracts.LADDER for room in rung}
    built = {path.parent.name for path in (ROOT / "maplebridge").glob("*/__init__.py")}
    assert built <= named


HOUSE = {
    "__init__.py": "",
    "__main__.py": "",
    "commands/__init__.py": "from maplebridge.config import *",
    "config/__init__.py": "from maplebridge.places.web import views",
    "kernel/__init__.py": "",
    "kernel/journal/__init__.py": "",
    "kernel/journal/models.py": "",
    "brain/__init__.py": "",
    "commands/brain.py": "from maplebridge import brain",
    "places/__init__.py": "",
    "places/api.py": "",
    "places/models.py": "",
    "places/actions.py": "",
    "places/web/__init__.py": "",
    "places/web/views.py": "",
    "incidents/__init__.py": "",
    "incidents/api.py": "",
    "incidents/advisor.py": "from maplebridge.brain import *",
    "incidents/actions.py": "from maplebridge.places import api",
    "incidents/queries.py": "from maplebridge.places import models",
    "incidents/models.py": "",
    "incidents/tests/__init__.py": "from maplebridge.places import actions",
    "twin/__init__.py": "from maplebridge import brain",
}


def lint(root: Path, changed: dict[str, str]) -> str | None:
    """Build a small house, lint it; return None when every rule holds, else the output."""
    for name, text in {**HOUSE, **changed}.items():
        path = root / "maplebridge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    (root / ".importlinter").write_text(import_contracts.render(root), encoding="utf-8")
    linter = Path(sys.executable).parent / "lint-imports"
    # Isolated by folder: the linter must see this house, not the installed package.
    answer = subprocess.run(
        [linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    return None if answer.returncode == 0 else answer.stdout + answer.stderr


def test_house_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    assert lint(tmp_path, {}) is None


@pytest.mark.parametrize(
    ("contract", "changed"),
    [
        ("never the other way", {"places/actions.py": "from maplebridge.incidents import api"}),
        ("never the other way", {"kernel/__init__.py": "from maplebridge.places import api"}),
        ("entered by its api", {"incidents/actions.py": "from maplebridge.places import actions"}),
        ("only read", {"incidents/actions.py": "from maplebridge.places import models"}),
        ("inside a room", {"places/models.py": "from maplebridge.places import actions"}),
        ("inside a room", {"places/api.py": "from maplebridge.places.web import views"}),
        ("never import models", {"places/web/views.py": "from maplebridge.places import models"}),
        (
            "never import models",
            {"places/web/views.py": "from maplebridge.kernel.journal.models import *"},
        ),
        ("no Django", {"brain/__init__.py": "import django"}),
        ("call the brain", {"incidents/actions.py": "from maplebridge import brain"}),
        ("imported by nobody", {"twin/__init__.py": "from maplebridge import config"}),
    ],
)
def test_breach_is_found(tmp_path: Path, contract: str, changed: dict[str, str]) -> None:
    output = lint(tmp_path, changed)
    assert output is not None
    broken = [line for line in output.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), output
