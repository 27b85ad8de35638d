"""The PostgreSQL of our own: reading versions, commands, and a whole round."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import postgres


@pytest.mark.parametrize(
    ("text", "major"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 18.4", 18),
        ("postgres (PostgreSQL) 19beta1", 19),
        ("something else", None),
    ],
)
def test_major_version_is_read(text: str, major: int | None) -> None:
    assert postgres.parse_major(text) == major


def write_program(folder: Path, version: str) -> None:
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)


def test_folder_with_both_programs_is_taken(tmp_path: Path) -> None:
    write_program(tmp_path, "16.2")
    found = postgres.inspect_folder(tmp_path)
    assert found is not None
    assert (found.major, found.folder) == (16, tmp_path.resolve())


def test_old_or_incomplete_folder_is_passed_over(tmp_path: Path) -> None:
    assert postgres.inspect_folder(tmp_path) is None
    write_program(tmp_path, "13.9")
    assert postgres.inspect_folder(tmp_path) is None


@pytest.mark.parametrize(
    ("arguments", "command", "durable"),
    [
        (["run", "--", "make", "x", "--y"], ["make", "x", "--y"], False),
        (["run", "--durable", "--", "pytest", "-q"], ["pytest", "-q"], True),
        (["run", "pytest"], ["pytest"], False),
    ],
)
def test_command_line_is_parsed(arguments: list[str], command: list[str], durable: bool) -> None:
    options = postgres.parse_arguments(arguments)
    assert (options.command, options.durable) == (command, durable)


def test_run_without_a_command_is_an_error() -> None:
    with pytest.raises(SystemExit):
        postgres.parse_arguments(["run", "--"])


def test_settings_are_fast_for_tests_and_safe_for_benchmarks(tmp_path: Path) -> None:
    assert "fsync=off" in postgres.server_settings(tmp_path, 1, durable=False)
    assert not [s for s in postgres.server_settings(tmp_path, 1, durable=True) if "off" in s]


@pytest.mark.slow
@pytest.mark.skipif(postgres.find_programs() is None, reason="no PostgreSQL on this machine")
def test_server_serves_one_command_and_leaves_nothing(tmp_path: Path) -> None:
    note = tmp_path / "note"
    code = (
        "import os, pathlib, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as c:\n"
        "    row = c.execute('show data_directory').fetchone()\n"
        f"pathlib.Path({str(note)!r}).write_text(row[0])\n"
    )
    assert postgres.run_command([sys.executable, "-c", code], durable=False) == 0
    data = Path(note.read_text())
    assert data.name == "data"
    assert not data.parent.exists()
