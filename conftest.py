"""What every test runs under: settings, database, closed sockets, visible skips."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# With CI=true nothing may be missing.
pytest_plugins = ["tools.strict_skips"]

ROOT = Path(__file__).resolve().parent
SHARED_DATA = ROOT.parent / "shared" / "data"

_WORK = tempfile.TemporaryDirectory(prefix="maplebridge-tests-")

# A process of a parallel run takes the server that was started for it; see tools/check.py.
if servers := os.environ.get("MAPLEBRIDGE_TEST_SERVERS", "").split():
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["DATABASE_URL"] = servers[number % len(servers)]

# Set before Django reads its settings. A test never meets the developer's own database or keys.
os.environ["DJANGO_SETTINGS_MODULE"] = "maplebridge.config.settings"
os.environ["MAPLEBRIDGE_MODE"] = "test"
os.environ["MAPLEBRIDGE_DATA_DIR"] = _WORK.name
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_WORK.name}/maplebridge.sqlite3")

# Whitenoise warns of a missing folder, and warnings are errors.
Path(_WORK.name, "static").mkdir()

# The same examples every time in CI, and no deadline: a busy machine is not a wrong program.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# The brain, the generated city and the tools promise to work without Django; run by themselves
# they are tested without it, in a moment.
PURE = ("maplebridge/brain", "maplebridge/twin/tests/test_city", "tests/tooling")


def is_pure_run(config: pytest.Config) -> bool:
    """Whether only folders were asked for that need no Django."""
    asked = [
        os.path.relpath(config.invocation_params.dir / arg.split("::", 1)[0], ROOT)
        for arg in config.args
    ]
    return all(path.startswith(PURE) for path in asked)


def pytest_configure(config: pytest.Config) -> None:
    if is_pure_run(config):
        return
    from django.conf import settings

    # Touching the settings is also what makes pytest-django set Django up, after this hook.
    # A slow hash guards real passwords; here it would only cost a tenth of a second a sign-in.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def database_label() -> str:
    """Return `sqlite` or `postgresql`, as the run was asked for."""
    scheme = os.environ["DATABASE_URL"].split(":", 1)[0]
    return "postgresql" if scheme.startswith("postgres") else scheme


def pytest_report_header() -> list[str]:
    shared = "present" if SHARED_DATA.is_dir() else "absent: tests marked shared_data are skipped"
    return [f"database: {database_label()}", f"reference data: {shared}"]


def pytest_unconfigure() -> None:
    _WORK.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED_DATA.is_dir():
        return
    absent = pytest.mark.skip(reason="needs the reference data beside the repository (../shared)")
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared_data_dir() -> Path:
    """Folder of the reference data; only for tests marked `shared_data`."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep the SQLite test database in a file: in memory, threads share one lock and hide races.

    The fixture asked for gives every process of a parallel run its own name on a server.
    """
    from django.db import connections

    from maplebridge.config.environment import database, read_settings

    for connection in connections.all():
        # A process of a parallel run had Django's settings read before this file.
        connection.settings_dict.update(database(read_settings()))
        if connection.vendor == "sqlite":
            test: dict[str, Any] = connection.settings_dict["TEST"]
            test["NAME"] = f"{_WORK.name}/test-{connection.alias}.sqlite3"
            # What a test writes need not survive a power cut; PostgreSQL runs without fsync too.
            options: dict[str, Any] = connection.settings_dict["OPTIONS"]
            options["init_command"] = options.get("init_command", "") + "PRAGMA synchronous=OFF;"


def _is_near(host: object) -> bool:
    """Whether an address stays on this machine."""
    if host in (None, "", "localhost", b"localhost", socket.gethostname()):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.split("%", 1)[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class OutsideWorld(AssertionError):
    """A test tried to leave the machine; pass it a fake instead."""


@pytest.fixture(scope="session", autouse=True)
def closed_sockets() -> Iterator[None]:
    """Refuse connections and name look-ups that leave the machine; loopback and unix stay open."""
    connect, connect_ex, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def refuse_far(sock: socket.socket, address: Any) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_near(address[0]):
            raise OutsideWorld(f"connection to {address[0]!r}")

    def near_connect(sock: socket.socket, address: Any) -> None:
        refuse_far(sock, address)
        connect(sock, address)

    def near_connect_ex(sock: socket.socket, address: Any) -> int:
        refuse_far(sock, address)
        return connect_ex(sock, address)

    def near_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_near(host):
            raise OutsideWorld(f"look-up of {host!r}")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", near_connect)
        patch.setattr(socket.socket, "connect_ex", near_connect_ex)
        patch.setattr(socket, "getaddrinfo", near_look_up)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium, headless. Only for tests marked `browser`."""
    from playwright.sync_api import sync_playwright

    from tools.browser import LAUNCH_FLAGS, find_browser

    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(LAUNCH_FLAGS))
        yield browser
        browser.close()
