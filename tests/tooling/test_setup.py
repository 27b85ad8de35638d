"""Set-up steps: hints a person can use, stamps, Node versions."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import check, frontend, progress
from tools.stamps import Stamp, digest


@pytest.mark.parametrize(
    ("output", "hint"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("Failed to establish a new connection: NewConnectionError(…)", "not reached"),
        ("npm error code ENOTFOUND", "not reached"),
        ("could not satisfy x==1 (from versions: none)\nNo matching distribution", "not reached"),
        ("ERROR: No matching distribution found for scipy==1.17.1", "Python 3.11 to 3.13"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "do not install"),
    ],
)
def test_failures_come_with_a_hint(output: str, hint: str) -> None:
    assert hint in (progress.hint_for(output) or "")


def test_failing_tool_shows_its_words_and_ours(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "import sys; sys.exit('No space left on device')"
    with pytest.raises(progress.SetupFailed, match="disk is full"):
        progress.run_quietly([sys.executable, "-c", code], cwd=tmp_path)
    assert "No space left" in capfd.readouterr().err


def test_a_long_step_says_that_it_goes_on(capfd: pytest.CaptureFixture[str]) -> None:
    with progress.step("packages", first=0.05, every=0.05):
        time.sleep(0.3)
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "==> packages"
    assert len([line for line in lines if "still at work" in line]) >= 2
    assert "packages: done in" in lines[-1]


def test_a_short_or_failed_step_ends_its_heartbeat(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(progress.SetupFailed), progress.step("packages", first=0.02, every=0.02):
        raise progress.SetupFailed("no network")
    time.sleep(0.1)
    assert capfd.readouterr().out == "==> packages\n"


def test_stamp_follows_content_and_words(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_text("one")
    stamp = Stamp(tmp_path / "deep" / "stamp", digest([source], "node 20"))
    assert not stamp.is_current()
    stamp.write()
    assert Stamp(stamp.path, digest([source], "node 20")).is_current()
    assert not Stamp(stamp.path, digest([source], "node 22")).is_current()
    source.write_text("two")
    assert not Stamp(stamp.path, digest([source], "node 20")).is_current()


@pytest.mark.parametrize(("text", "major"), [("v20.20.2\n", 20), ("v9.1.0", 9), ("node: no", 0)])
def test_node_version_is_read(text: str, major: int) -> None:
    assert frontend.parse_major(text) == major


def fake_node(folder: Path, version: str) -> str:
    folder.mkdir()
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    return str(folder)


def test_old_or_missing_node_is_not_taken(tmp_path: Path) -> None:
    assert frontend.probe(str(tmp_path)) is None
    assert frontend.probe(fake_node(tmp_path / "old", "v18.19.0")) is None
    found = frontend.probe(fake_node(tmp_path / "new", "v22.1.0"))
    assert found is not None and found.version == "v22.1.0"


def test_packages_are_no_input_of_the_build(tmp_path: Path) -> None:
    for name in ("src/map.ts", "node_modules/x/index.js", "package.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    names = {str(path.relative_to(tmp_path)) for path in frontend.input_files(tmp_path)}
    assert names == {"src/map.ts", "package.json"}


def test_a_failure_ends_in_error_and_a_skip_does_not() -> None:
    good = check.Outcome("lint", "ok", 1.0, "")
    skipped = check.Outcome("browser", "skipped", 0.0, "no Chromium")
    failed = check.Outcome("mypy", "FAILED", 2.0, "")
    assert check.summarise([good, skipped], 1.0) == 0
    assert check.summarise([good, failed], 3.0) == 1


def absent() -> str:
    raise check.Skipped("no Chromium here")


def broken() -> str:
    raise check.Failed("3 failed")


@pytest.mark.parametrize(
    ("work", "strict", "verdict", "code"),
    [
        (absent, False, "skipped", 0),
        (absent, True, "FAILED", 1),
        (broken, False, "FAILED", 1),
        (broken, True, "FAILED", 1),
        (lambda: "12 passed", True, "ok", 0),
    ],
)
def test_with_ci_a_skipped_step_is_a_failure(
    work: Callable[[], str], strict: bool, verdict: str, code: int
) -> None:
    outcome = check.run_step("browser", strict=strict, steps={"browser": ("a browser", work)})
    assert outcome.verdict == verdict
    assert "no Chromium here" in outcome.note or work is not absent
    assert check.summarise([outcome], 1.0) == code


@pytest.mark.parametrize(
    ("said", "strict"), [("1", True), ("true", True), ("TRUE", True), ("", False), ("no", False)]
)
def test_ci_says_whether_skips_count(said: str, strict: bool) -> None:
    assert check.is_strict({"CI": said}) is strict
    assert check.is_strict({}) is False


def test_unknown_step_is_refused() -> None:
    assert check.chosen_steps("mypy, lint") == ["mypy", "lint"]
    assert check.chosen_steps("") == list(check.STEPS)
    with pytest.raises(SystemExit, match="no such step: mypi"):
        check.chosen_steps("mypi")


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ("== 12 passed, 1 skipped in 3.20s ==", True),
        ("== 1 failed, 3 passed in 61.00s (0:01:01) ==", True),
        ("== slowest 20 durations ==", False),
    ],
)
def test_closing_line_of_pytest_is_recognised(line: str, closing: bool) -> None:
    assert bool(check.CLOSING_LINE.match(line)) is closing
