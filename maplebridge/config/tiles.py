"""Tiles of a map service under our own data: which addresses, in which frame, under whose name.

The browser fetches them itself, so their hosts, and only they, enter the content policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

FRAMES = ("cgcs2000", "wgs84", "gcj02", "bd09")
RANGE = re.compile(r"\{(\d)-(\d)\}")  # t{0-7}: hosts t0 to t7
WANTED = ("{z}", "{x}", "{y}")
# Tianditu's “c” tiles are laid out in degrees; the browser draws the web Mercator square.
IN_DEGREES = re.compile(r"(?:vec|img|ter|cva|cia|cta|ibo)_c\b|tilematrixset=c\b", re.IGNORECASE)

_TIANDITU = (
    "https://t{{0-7}}.tianditu.gov.cn/{layer}_w/wmts?service=wmts&request=GetTile&version=1.0.0"
    "&layer={layer}&style=default&tilematrixset=w&format=tiles"
    "&tilematrix={{z}}&tilerow={{y}}&tilecol={{x}}&tk={{key}}"
)
_AMAP = (
    "https://webrd0{1-4}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8"
    "&x={x}&y={y}&z={z}"
)
_TIANDITU_NAME = "© 天地图"  # zh: the service's own name, which it asks for on every map
_AMAP_NAME = "© 高德地图"  # zh: likewise


@dataclass(frozen=True, slots=True)
class Preset:
    urls: tuple[str, ...]
    frame: str
    credit: str


PRESETS = {
    "tianditu": Preset(
        (_TIANDITU.format(layer="vec"), _TIANDITU.format(layer="cva")), "cgcs2000", _TIANDITU_NAME
    ),
    "tianditu-image": Preset(
        (_TIANDITU.format(layer="img"), _TIANDITU.format(layer="cia")), "cgcs2000", _TIANDITU_NAME
    ),
    "amap": Preset((_AMAP,), "gcj02", _AMAP_NAME),
}


@dataclass(frozen=True, slots=True)
class Tiles:
    """What the map in the browser needs; layers are drawn in order, the last on top."""

    layers: tuple[tuple[str, ...], ...]  # addresses with {z} {x} {y}; several are equal hosts
    frame: str  # one of FRAMES
    credit: str
    hosts: tuple[str, ...]  # https://host, for the content policy


@lru_cache(maxsize=8)
def read_tiles(url: str, key: str, frame: str, credit: str) -> Tiles | None:
    """None when no service is set; raises ValueError with `NAME: what is wrong`."""
    if not url.strip():
        return None
    preset = PRESETS.get(url.strip())
    templates = preset.urls if preset else tuple(url.split())
    frame = frame or (preset.frame if preset else "")
    credit = credit or (preset.credit if preset else "")
    problems = list(_problems(templates, key, frame, credit))
    if problems:
        raise ValueError("\n".join(problems))
    layers = tuple(tuple(_spread(t.replace("{key}", key))) for t in templates)
    hosts = dict.fromkeys(_host(address) for layer in layers for address in layer)
    return Tiles(layers, frame, credit, tuple(hosts))


def _problems(templates: tuple[str, ...], key: str, frame: str, credit: str) -> Iterator[str]:
    for template in templates:
        if problem := _problem(template):
            yield f"MAPLEBRIDGE_TILES_URL: {problem}"
    if any("{key}" in template for template in templates) and not key:
        yield "MAPLEBRIDGE_TILES_KEY: this service wants a key; give it, best as a file"
    if not re.fullmatch(r"[A-Za-z0-9._-]*", key):
        yield "MAPLEBRIDGE_TILES_KEY: a key is letters, figures, dots, lines"
    if frame not in FRAMES:
        yield f"MAPLEBRIDGE_TILES_FRAME: {frame!r} is none of {', '.join(FRAMES)}"
    if not credit:
        yield (
            "MAPLEBRIDGE_TILES_CREDIT: say whose map it is, with its review number "
            "(审图号); it stands on every map"  # zh: the field's term, beside its English one
        )


def _problem(template: str) -> str:
    names = ", ".join(PRESETS)
    if "://" not in template:
        return f"{template!r} is no address and none of {names}"
    parts = urlsplit(RANGE.sub("0", template))
    local = parts.hostname in {"localhost", "127.0.0.1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        return "tiles come by https, or the browser refuses them"
    if not parts.hostname or parts.username or not re.fullmatch(r"[\w.:\[\]-]+", parts.netloc):
        return f"{parts.netloc!r} is no host"
    if missing := [part for part in WANTED if part not in template]:
        return f"{' and '.join(missing)} missing in {template!r}"
    if IN_DEGREES.search(template):
        return "these tiles are laid out in degrees (“c”); take the “w” ones, in web Mercator"
    return ""


def _spread(template: str) -> Iterator[str]:
    """One address for each number of a range such as {0-7}."""
    found = RANGE.search(template)
    if found is None:
        yield template
        return
    for n in range(int(found[1]), int(found[2]) + 1):
        yield template.replace(found[0], str(n))


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
