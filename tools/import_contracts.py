"""Write `.importlinter` from the rules of the house: `python -m tools.import_contracts`.

The rules are few, the contracts one per room; so the rules stand here and the file is generated.
`--check` fails when the file is not what the rules say.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".importlinter"
PACKAGE = "maplebridge"

# The ladder, highest first. A room may import from rungs below its own. Rooms on one rung may
# see each other, except those in INDEPENDENT, which meet through events only.
LADDER: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("commands",),
    ("config",),
    ("shell", "live", "twin", "exchange"),
    ("indicators", "privacy"),
    ("mediation", "inspections", "counter"),
    ("dispatch",),
    ("teams",),
    ("orders",),
    ("incidents",),
    ("notices",),
    ("people",),
    ("places",),
    ("kernel",),
    ("brain",),
)
INDEPENDENT = ("mediation", "inspections", "counter")

# The outermost ring puts the house together: it mounts pages and starts what a command names.
OUTER = ("commands", "config")

# Rooms with rows, verbs and a door of their own.
ROOMS = (
    "places",
    "people",
    "notices",
    "incidents",
    "orders",
    "teams",
    "dispatch",
    "mediation",
    "inspections",
    "counter",
    "indicators",
    "privacy",
    "exchange",
    "live",
    "twin",
)

# Inside a room, highest first.
INSIDE: tuple[tuple[str, ...], ...] = (
    ("apps", "admin", "management"),
    ("web", "rest", "tasks", "subscribers"),
    ("forms", "schemas"),
    ("api",),
    ("actions", "queries"),
    ("policies", "advisor"),
    ("models",),
    ("states", "events", "records"),
)

# What another room may enter: the door, and what crosses as a value. All else is private.
OPEN = ("api", "events", "records", "states")

# Where a room downstream may name a row of a room upstream: to point at it or to read it.
READERS = ("models", "queries", "migrations")


def lines(key: str, values: Sequence[str]) -> str:
    """Render one option; several values go below each other."""
    if len(values) == 1:
        return f"{key} = {values[0]}"
    return "\n".join([f"{key} =", *(f"    {value}" for value in values)])


def tree(module: str) -> list[str]:
    """A module that may be a file or a folder, as patterns."""
    return [module, f"{module}.**"]


def contract(name: str, title: str, *options: str, ignored: Sequence[str] = ()) -> str:
    """Render one contract. Tests may enter any door: they stand outside the house."""
    exempt = [f"{tests} -> {PACKAGE}.**" for tests in tree(f"{PACKAGE}.**.tests")]
    return "\n".join(
        [
            f"[importlinter:contract:{name}]",
            f"name = {title}",
            *options,
            lines("ignore_imports", [*exempt, *ignored]),
            "unmatched_ignore_imports_alerting = none",
        ]
    )


def ladder() -> str:
    rungs = [
        (" | " if set(rung) <= set(INDEPENDENT) else " : ").join(f"({room})" for room in rung)
        for rung in LADDER
    ]
    return contract(
        "ladder",
        "a later stage may call an earlier one, never the other way",
        "type = layers",
        f"containers = {PACKAGE}",
        lines("layers", rungs),
    )


def inside(rooms: Sequence[str]) -> str:
    """The order of files in a room."""
    return contract(
        "inside",
        "inside a room: web and rest above api above actions above policies above models",
        "type = layers",
        lines("containers", [f"{PACKAGE}.{room}" for room in rooms]),
        lines("layers", [" : ".join(f"({name})" for name in rung) for rung in INSIDE]),
    )


def door(room: str) -> str:
    """Others come in by the door and name rows only to read them."""
    home = f"{PACKAGE}.{room}"
    open_to_all = [
        f"{PACKAGE}.** -> {entered}" for name in OPEN for entered in tree(f"{home}.{name}")
    ]
    read_only = [
        f"{reader} -> {row}"
        for name in READERS
        for reader in tree(f"{PACKAGE}.*.{name}")
        for row in tree(f"{home}.models")
    ]
    return contract(
        f"door-of-{room}",
        f"{room} is entered by its api, its rows are only read",
        "type = protected",
        f"protected_modules = {home}.*",
        lines("allowed_importers", [home, *(f"{PACKAGE}.{name}" for name in OUTER)]),
        ignored=[*open_to_all, *read_only],
    )


def faces() -> str:
    sources = [*tree(f"{PACKAGE}.*.web"), *tree(f"{PACKAGE}.*.rest")]
    return contract(
        "faces",
        "web and rest never import models: they hold what a policy or a query handed them",
        "type = forbidden",
        lines("source_modules", sources),
        # However deep: the kernel keeps the journal's rows one folder further down.
        lines("forbidden_modules", tree(f"{PACKAGE}.**.models")),
        "allow_indirect_imports = True",
    )


def pure_brain(rooms: Sequence[str]) -> Iterator[str]:
    callers = [f"{PACKAGE}.twin"] if "twin" in rooms else []
    outside = [f"{PACKAGE}.{room}" for rung in LADDER for room in rung if room in rooms]
    yield contract(
        "pure-brain",
        "the brain imports nothing of ours and no Django",
        "type = forbidden",
        f"source_modules = {PACKAGE}.brain",
        lines("forbidden_modules", [*outside, "django", "ninja"]),
    )
    yield contract(
        "brain-callers",
        "only an advisor, the twin and the brain's own commands call the brain",
        "type = protected",
        f"protected_modules = {PACKAGE}.brain",
        lines("allowed_importers", [f"{PACKAGE}.*.advisor", f"{PACKAGE}.commands.brain", *callers]),
    )


def config_alone() -> str:
    return contract(
        "config-alone",
        "config is imported by nobody but the command line",
        "type = protected",
        f"protected_modules = {PACKAGE}.config",
        lines("allowed_importers", [f"{PACKAGE}.__main__", f"{PACKAGE}.commands"]),
    )


def existing(rooms: Sequence[str], root: Path) -> list[str]:
    """Rooms that are built; the linter refuses names that are not there."""
    return [room for room in rooms if (root / PACKAGE / room / "__init__.py").exists()]


def render(root: Path) -> str:
    """The whole file."""
    head = "\n".join(
        [
            "# Generated by tools/import_contracts.py from the rules of the house; edit those.",
            "[importlinter]",
            f"root_package = {PACKAGE}",
            "include_external_packages = True",
            "# A view may name a row's type in an annotation; that is not holding the row.",
            "exclude_type_checking_imports = True",
        ]
    )
    named = [room for rung in LADDER for room in rung if room != "brain"]
    built = existing(ROOMS, root)
    parts = [head, ladder(), faces(), *pure_brain(existing(named, root)), config_alone()]
    parts += [inside(built), *map(door, built)] if built else []
    return "\n\n".join(parts) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    options = parser.parse_args()
    wanted = render(ROOT)
    current = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    if options.check and current != wanted:
        print(".importlinter is not current: run python -m tools.import_contracts", file=sys.stderr)
        return 1
    if current != wanted:
        TARGET.write_text(wanted, encoding="utf-8")
    print(f".importlinter: {wanted.count('[importlinter:contract:')} contracts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
