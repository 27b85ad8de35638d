"""The lock files pin every package by hash and name no registry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tools.lock import SOURCES

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(\s*;[^\\]+)?\s*\\?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}\s*\\?$")


def pins(lock: Path) -> dict[str, set[str]]:
    """Package -> pinned versions (several when they differ by Python version)."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def normal(requirement: str) -> str:
    """`psycopg[binary,pool]>=3.3` -> `psycopg`."""
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_each_source_has_its_lock_file() -> None:
    assert {lock.name for lock in LOCKS} == set(SOURCES)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_holds_only_pins_and_hashes(lock: Path) -> None:
    current, hashes = "", 0
    for line in lock.read_text(encoding="utf-8").splitlines():
        if PIN.match(line):
            assert hashes or not current, f"{current} has no hash"
            current, hashes = line, 0
        else:
            assert HASH.match(line.strip()), f"neither pin nor hash: {line!r}"
            hashes += 1
    assert hashes, f"{current} has no hash"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_no_registry(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").lower()
    for word in ("://", "index-url", "find-links", "trusted-host", " @ "):
        assert word not in text


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core, dev = pins(ROOT / "requirements/core.lock"), pins(ROOT / "requirements/dev.lock")
    assert {normal(name) for name in project["project"]["dependencies"]} <= set(core)
    assert {normal(name) for name in project["dependency-groups"]["dev"]} <= set(dev)


def test_dev_lock_agrees_with_core_pin_for_pin() -> None:
    core, dev = pins(ROOT / "requirements/core.lock"), pins(ROOT / "requirements/dev.lock")
    assert {name: dev.get(name) for name in core} == core


def test_each_direct_dependency_says_why() -> None:
    inside = False
    for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        if line in ("dependencies = [", "dev = ["):
            inside = True
        elif line == "]":
            inside = False
        elif inside:
            assert "#" in line and len(line.split("#", 1)[1]) > 12, f"no reason: {line}"


def test_the_lock_of_the_front_end_names_no_address() -> None:
    """Neither a registry nor where authors are paid: what is pinned is pinned by its hash."""
    text = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")
    assert text.count('"integrity": "sha512-') > 50
    assert "://" not in text
