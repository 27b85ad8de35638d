"""Every setting, typed, each from `MAPLEBRIDGE_…` or from a file named by `MAPLEBRIDGE_…_FILE`.

`docs/operators/settings.md` is tested against this class: a setting that is not documented
there fails the tests.
"""

from __future__ import annotations

import dataclasses
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import get_type_hints
from urllib.parse import unquote, urlsplit

from maplebridge.config.tiles import Tiles, read_tiles

DEMO_SECRET = "demo-only-secret-never-use-in-production"  # noqa: S105  refused in production
DEMO_PHONE = "000-5500"  # no number begins with three zeros
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,22}[0-9]")
PREFIX = "MAPLEBRIDGE_"
BARE = {"database_url": "DATABASE_URL"}  # settings known by a name without our prefix
MIN_SECRET_LENGTH = 32


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    mode: str = "demo"  # demo | production | test
    secret_key: str = DEMO_SECRET  # signs sessions
    data_key: str = DEMO_SECRET  # seals personal fields; losing it loses them
    database_url: str = ""  # sqlite:///path or postgres://…; empty: SQLite in the data folder
    data_dir: Path = Path("data")  # database, uploads, logs
    anchor_file: str = ""  # the worker appends the journal's chain value once a day
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"  # comma-separated
    trusted_origins: str = ""  # https://… comma-separated, behind a proxy
    behind_https: bool = False  # a proxy in front ends TLS and sets X-Forwarded-Proto
    trusted_proxy: str = "127.0.0.1"  # who may say for whom it asks; addresses or networks
    debug: bool = False
    crypto_suite: str = "i1"  # i1 international | s1 SM2/SM3/SM4
    brain: bool = True  # suggestions; intake and desk work without them
    brain_learns: bool = True  # once a day, from what people at the desk decided
    upload_max_mb: int = 12
    posts_per_minute: int = 30  # public writes from one address
    lookups_per_minute: int = 60  # tries at a public code from one address
    threads: int = 8  # page threads of one server process
    workers: int = 1  # page processes; more than one needs PostgreSQL
    living: str = ""  # on | off; empty: the demonstration lives on, nothing else does
    wall_public: bool = False  # the wall opens without a sign-in; it holds no personal data
    desk_phone: str = ""  # of the duty desk, for residents and for people on the street
    city_name: str = "枫港市"
    city_name_en: str = "Fenggang"
    tiles_url: str = ""  # tianditu, tianditu-image, amap, or addresses; empty: our own map
    tiles_key: str = ""  # stands in the addresses, so browsers see it
    tiles_frame: str = ""  # cgcs2000 | wgs84 | gcj02 | bd09; empty: as the preset says
    tiles_credit: str = ""  # whose map it is, on every map
    log_level: str = "info"

    @property
    def tiles(self) -> Tiles | None:
        """The map service under our data; None draws our own map alone."""
        return read_tiles(self.tiles_url, self.tiles_key, self.tiles_frame, self.tiles_credit)

    @property
    def desk_line(self) -> str:
        """The number pages offer; the demonstration has one that no telephone can reach."""
        return self.desk_phone or (DEMO_PHONE if self.demo else "")

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def lives(self) -> bool:
        """Whether invented people act in this installation."""
        return self.demo and self.living != "off"

    @property
    def production(self) -> bool:
        return self.mode == "production"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; raises `SettingsError` with every problem at once."""
    given: dict[str, object] = {}
    problems: list[str] = []
    kinds = get_type_hints(Settings)
    for column in dataclasses.fields(Settings):
        name = BARE.get(column.name, PREFIX + column.name.upper())
        try:
            text = _text(environ, name)
            if text is not None:
                given[column.name] = _parsed(kinds[column.name], text)
        except (ValueError, OSError) as error:
            problems.append(f"{name}: {error}")
    settings = Settings(**given)  # type: ignore[arg-type]
    problems += list(_refusals(settings))
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _text(environ: Mapping[str, str], name: str) -> str | None:
    if path := environ.get(f"{name}_FILE"):
        return Path(path).read_text("utf-8").strip()
    return environ.get(name)


def _parsed(kind: type, text: str) -> object:
    if kind is bool:
        lowered = text.strip().lower()
        if lowered not in {"1", "0", "true", "false", "yes", "no", "on", "off", ""}:
            raise ValueError(f"{text!r} is not yes or no")
        return lowered in {"1", "true", "yes", "on"}
    return kind(text)


def _refusals(settings: Settings) -> list[str]:
    """What production refuses to start with, and settings that contradict themselves."""
    found = []
    if settings.mode not in {"demo", "production", "test"}:
        found.append(f"MAPLEBRIDGE_MODE: {settings.mode!r} is not demo, production or test")
    if settings.crypto_suite not in {"i1", "s1"}:
        found.append("MAPLEBRIDGE_CRYPTO_SUITE: choose i1 or s1")
    if settings.living not in {"", "on", "off"}:
        found.append(f"MAPLEBRIDGE_LIVING: {settings.living!r} is neither on nor off")
    if settings.living == "on" and not settings.demo:
        found.append("MAPLEBRIDGE_LIVING: invented people act in demo mode only; unset it")
    if settings.desk_phone and not PHONE.fullmatch(settings.desk_phone):
        found.append(f"MAPLEBRIDGE_DESK_PHONE: {settings.desk_phone!r} is no telephone number")
    for part in settings.trusted_proxy.split(","):
        if part.strip() and not _is_network(part.strip()):
            found.append(f"MAPLEBRIDGE_TRUSTED_PROXY: {part.strip()!r} is no address or network")
    try:
        read_tiles(
            settings.tiles_url, settings.tiles_key, settings.tiles_frame, settings.tiles_credit
        )
    except ValueError as error:
        found += str(error).splitlines()
    if not settings.production:
        return found
    hint = f"set a random value of {MIN_SECRET_LENGTH} or more, such as {secrets.token_urlsafe(32)}"
    for name in ("secret_key", "data_key"):
        value = getattr(settings, name)
        if value == DEMO_SECRET or len(value) < MIN_SECRET_LENGTH:
            found.append(f"{PREFIX}{name.upper()}: production needs a secret of its own; {hint}")
    if settings.debug:
        found.append("MAPLEBRIDGE_DEBUG: production does not run with DEBUG; unset it")
    if not settings.allowed_hosts or settings.allowed_hosts == Settings().allowed_hosts:
        found.append("MAPLEBRIDGE_ALLOWED_HOSTS: name the host people open, e.g. station.example")
    if settings.workers > 1 and not settings.database_url.startswith("postgres"):
        found.append("MAPLEBRIDGE_WORKERS: more than one needs PostgreSQL (DATABASE_URL)")
    return found


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def database(settings: Settings) -> dict[str, object]:
    """The Django database entry for `DATABASE_URL`."""
    url = settings.database_url
    if not url:
        return _sqlite(settings.data_dir / "maplebridge.sqlite3")
    if url.startswith("sqlite:///"):
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingsError(f"DATABASE_URL: {parts.scheme!r} is neither sqlite nor postgres")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "maplebridge.kernel.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "maplebridge",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(query.get("port", parts.port or "")),
        # One lasting connection a thread; a check before use survives a restarted database.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Immediate: a transaction that will write waits at its start instead of failing
            # in the middle. FULL: an acknowledged report survives a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
            ),
        },
    }
