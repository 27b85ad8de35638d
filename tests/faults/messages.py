"""Invented messages in a file, as another system would hand them over."""

from __future__ import annotations

import csv
from pathlib import Path

WORDS = (
    "潮平街8号门口井盖不见了，有老人差一点踩空。",
    "小桥巷路灯坏了三天，晚上看不见路。",
    "望埠路口垃圾堆了一地，味道很大。",
    "楼上半夜装修，吵得孩子睡不着。",
    "菜场后门污水漫到路上，走不过去。",
)


def csv_of(path: Path, count: int) -> Path:
    """A file of `count` different rows with number, time, place and words."""
    with path.open("w", encoding="utf-8", newline="") as sink:
        rows = csv.writer(sink)
        rows.writerow(["id", "time", "detail", "lon", "lat"])
        for n in range(count):
            lon = f"{120.5460 + n * 1e-4:.4f}"
            said = f"{WORDS[n % len(WORDS)]}第{n + 1}次反映。"
            rows.writerow([f"M{n:04d}", f"2026-03-05 08:{n % 60:02d}:00", said, lon, "27.5822"])
    return path
