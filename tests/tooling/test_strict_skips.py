"""A skip for something missing is a failure with CI=true, and a visible skip without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MISSING = "import pytest\ndef test_it(): pytest.skip('no Chromium on this machine')\n"
MARKED = "import pytest\n@pytest.mark.skipif(True, reason='not built')\ndef test_it(): pass\n"
FIXTURE = (
    "import pytest\n@pytest.fixture\ndef page(): pytest.skip('not built')\n"
    "def test_it(page): pass\n"
)
WHOLE_FILE = "import pytest\npytest.skip('no Node', allow_module_level=True)\n"
DATA = "import pytest\ndef test_it(): pytest.skip('needs the reference data beside it')\n"
ENGINE = "import pytest\ndef test_it(): pytest.skip('one writer at a time: no race')\n"
EXPECTED = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"


def run(folder: Path, text: str, ci: str) -> tuple[int, str]:
    (folder / "test_one.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "tools.strict_skips", "-rs"]
    done = subprocess.run(
        [*command, "--rootdir", str(folder), "-p", "no:cacheprovider", str(folder)],
        cwd=ROOT,
        env={**os.environ, "CI": ci, "DJANGO_SETTINGS_MODULE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("text", [MISSING, MARKED, FIXTURE, WHOLE_FILE])
def test_what_is_missing_fails_in_ci(tmp_path: Path, text: str) -> None:
    code, said = run(tmp_path, text, "true")
    assert code not in (0, 5), said
    assert "CI=true does not allow" in said


def test_without_ci_a_missing_thing_is_skipped_in_sight(tmp_path: Path) -> None:
    code, said = run(tmp_path, MISSING, "")
    assert (code, "SKIPPED" in said, "no Chromium" in said) == (0, True, True)


@pytest.mark.parametrize("text", [DATA, ENGINE, EXPECTED])
def test_what_no_machine_could_mend_stays_a_skip(tmp_path: Path, text: str) -> None:
    code, said = run(tmp_path, text, "true")
    assert code == 0, said
