"""Install what running or developing needs: `python3 -m tools.setup [--dev]`. Idempotent.

Needs only Python 3.11 with venv, git and make; no root, no compiler, no Node. Each step is skipped
when its inputs did not change, so that a second start takes a moment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.frontend import build_frontend
from tools.model import build_model
from tools.progress import SetupFailed, run_quietly, say, step
from tools.stamps import Stamp, digest

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)
NEEDED_BYTES = {"core": 1_200_000_000, "dev": 1_800_000_000}


def check_machine(wanted: str) -> None:
    """Stop early, in words, instead of late in the middle of an installation."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SetupFailed(f"Python 3.11 or newer is needed, this is {found}")
    try:
        import ensurepip  # noqa: F401 - Debian splits it off; only its presence matters
        import venv  # noqa: F401 - the same
    except ImportError:
        raise SetupFailed(
            "this Python has no venv module; on Debian or Ubuntu: apt-get install python3-venv"
        ) from None
    free = shutil.disk_usage(ROOT).free
    if not PYTHON.exists() and free < NEEDED_BYTES[wanted]:
        raise SetupFailed(
            f"{free / 1e9:.1f} GB free, about {NEEDED_BYTES[wanted] / 1e9:.1f} GB are needed"
        )


def python_works() -> bool:
    """Whether .venv holds a Python that still runs; a moved or upgraded one does not."""
    if not PYTHON.exists():
        return False
    code = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([PYTHON, "-c", code], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Create .venv, or again if what is there does not run."""
    marker = Stamp(ENVIRONMENT / ".maplebridge-python", digest([], str(PYTHON), sys.version))
    if marker.is_current() and PYTHON.exists():
        return
    if not python_works():
        with step("python: create .venv"):
            shutil.rmtree(ENVIRONMENT, ignore_errors=True)
            run_quietly([sys.executable, "-m", "venv", ENVIRONMENT], cwd=ROOT)
    marker.write()


def install_lock(lock: Path) -> None:
    """Install a lock file: with uv where the machine has it (faster), else with pip."""
    uv = shutil.which("uv")
    if uv:
        try:
            command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--no-build"]
            run_quietly([*command, "--require-hashes", "-r", lock], cwd=ROOT)
            return
        except SetupFailed:
            # uv does not read pip's configuration; a registry set only there is out of its sight.
            say("    uv did not manage, trying pip")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--only-binary", ":all:", "--require-hashes", "-r", lock]
    run_quietly(command, cwd=ROOT)


def package_stamp(name: str) -> Stamp:
    """What .venv remembers about one lock file."""
    return Stamp(ENVIRONMENT / f".maplebridge-{name}", digest([LOCKS / f"{name}.lock"]))


def install_packages(name: str) -> None:
    """Bring one lock file into .venv; dev.lock holds everything of core.lock, pin for pin."""
    if package_stamp(name).is_current():
        say(f"==> packages ({name}): up to date")
        return
    with step(f"packages ({name}): install from requirements/{name}.lock"):
        install_lock(LOCKS / f"{name}.lock")
    package_stamp(name).write()
    if name == "dev":
        package_stamp("core").write()


def install_project() -> None:
    """Link the package itself into .venv; leaves the command .venv/bin/maplebridge."""
    build = LOCKS / "build.lock"
    inputs = digest([build, ROOT / "pyproject.toml"])
    stamp = Stamp(ENVIRONMENT / ".maplebridge-project", inputs)
    if stamp.is_current() and (ENVIRONMENT / "bin" / "maplebridge").exists():
        return
    with step("maplebridge: link into .venv"):
        install_lock(build)
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # No isolation: otherwise pip fetches a build tool that no lock file vouches for.
        run_quietly([*pip, "--no-build-isolation", "--no-deps", "--editable", "."], cwd=ROOT)
    stamp.write()


def compile_translations() -> None:
    """Make the .mo files; quick when nothing changed."""
    script = ROOT / "tools" / "compile_messages.py"
    catalogues = sorted(ROOT.glob("maplebridge/**/locale/*/LC_MESSAGES/*.po"))
    stamp = Stamp(ROOT / ".cache" / "messages", digest([script, *catalogues]))
    if stamp.is_current() and all(path.with_suffix(".mo").exists() for path in catalogues):
        say("==> translations: up to date")
        return
    with step(f"translations: compile {len(catalogues)} catalogues"):
        run_quietly([PYTHON, script], cwd=ROOT)
    stamp.write()


def set_up(*, dev: bool) -> None:
    """Do all steps in order."""
    wanted = "dev" if dev else "core"
    check_machine(wanted)
    make_environment()
    install_packages(wanted)
    install_project()
    build_frontend(ROOT, PYTHON)
    compile_translations()
    build_model(ROOT, PYTHON)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    options = parser.parse_args()
    os.chdir(ROOT)
    started = time.monotonic()
    try:
        set_up(dev=options.dev)
    except SetupFailed as reason:
        print(f"setup: {reason}", file=sys.stderr)
        return 1
    except OSError as reason:
        print(f"setup: {reason.strerror or reason}: {reason.filename or ''}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: stopped; run it again to go on", file=sys.stderr)
        return 130
    say(f"setup: ready in {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
