"""Does a wall that hangs for days grow? Heap, nodes, listeners and server memory, with their slope.

    python benchmarks/soak.py [--minutes 10] [--every 4] [--news 1.9] [--json FILE]

A demonstration of its own is served; residents keep reporting through the public form, and news
makes the wall renew itself more often than in a quiet city. Chromium shows it at 1920 × 1080.
Every sample asks for a garbage collection first (over CDP): what is left is held by somebody. What
could leak is a renewal, so the slope is given per thousand renewals as well as per hour. A wall at
rest renews itself every ten seconds, 8,640 times in 24 hours; `--news 0.4` shortens the wall's own
wait for a quiet room, so that an hour brings as many. A heap fills before it levels out, so the
slope is given for both halves of the run, and two heap snapshots name what grew between.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import heap
from benchmarks.common import Cell, Table, report
from tools.browser import LAUNCH_FLAGS, obtain_browser
from tools.pictures import await_answer
from tools.postgres import free_port

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

ROOT = Path(__file__).resolve().parent.parent
WARM_UP = 0.2  # of the samples: caches fill at first, and that is no leak
SAMPLES = 20
NEWS = 1.9  # seconds between two pieces of news
QUIET_MS = 1500  # how long the wall waits for a room to be quiet (live/tiles.html)
HURRIED = """([news, quiet]) => {
  const wait = window.setTimeout;
  window.setTimeout = (then, ms, ...rest) => wait(then, ms === quiet ? news * 500 : ms, ...rest);
}"""
SAID = (
    "三号楼楼道堆了纸箱，走不过去。",
    "路口信号灯不亮了。",
    "楼上半夜还在敲墙。",
    "老人摔倒了，坐在路边。",
)
# News of a room makes the wall renew itself when the room has been quiet for 1.5 seconds. Reports
# come in bursts that never are; so a room with nothing else to say gets a piece of news by itself.
COUNTED = """every => {
  window.renewals = 0;
  setInterval(() => document.body.dispatchEvent(new CustomEvent('live:people')), every * 1000);
  document.body.addEventListener('htmx:afterSwap', e => {
    if (e.target.id === 'wall-tiles') window.renewals++;
  });
}"""


@dataclass(frozen=True, slots=True)
class Sample:
    minutes: float
    renewals: int
    heap_kib: float  # JavaScript objects alive
    nodes: int  # of the DOM, those no longer in the page included
    listeners: int
    server_mib: float  # resident memory of all processes of the program


@contextmanager
def city() -> Iterator[tuple[str, int]]:
    """A demonstration with three days of history on a free port: its address and its process."""
    port = free_port()
    program = [sys.executable, "-m", "maplebridge"]
    with tempfile.TemporaryDirectory(prefix="maplebridge-soak-") as folder:
        unlimited = {"MAPLEBRIDGE_POSTS_PER_MINUTE": "0", "MAPLEBRIDGE_LOOKUPS_PER_MINUTE": "0"}
        environment = {**os.environ, **unlimited, "MAPLEBRIDGE_DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        for words in (["migrate"], ["demo", "fill", "--days", "3"]):
            subprocess.run([*program, *words], cwd=ROOT, env=environment, check=True)
        command = [*program, "run", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            base = f"http://127.0.0.1:{port}"
            await_answer(base, process)
            yield base, process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


def reporter(base: str, every: float, over: threading.Event) -> None:
    """A resident after the other, each through the public form."""
    number = 0
    while not over.wait(every):
        number += 1
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        opener = urllib.request.build_opener(jar)
        try:
            page = opener.open(f"{base}/", timeout=20).read().decode()
            hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
            words = {"narrative": f"{SAID[number % len(SAID)]} 第 {number} 次了。"}
            body = urllib.parse.urlencode(hidden | words).encode()
            opener.open(f"{base}/", body, timeout=20).close()
        except OSError as error:
            print(f"a report was not taken: {error}", file=sys.stderr)


def resident_mib(top: int) -> float:
    """Resident memory of a process and all below it, from /proc."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
    wanted = {top}
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(_resident_kib(pid) for pid in wanted) / 1024


def _resident_kib(pid: int) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def counters(cdp: CDPSession) -> dict[str, float]:
    """What is alive after garbage collections."""
    settled = heap.settled_kib(cdp)
    counted = cdp.send("Memory.getDOMCounters")
    return {
        "nodes": counted["nodes"],
        "listeners": counted["jsEventListeners"],
        "heap": settled,
    }


def watch(
    page: Page, minutes: float, news: float, server: Callable[[], float]
) -> tuple[list[Sample], heap.Sums, heap.Sums]:
    """The samples, and the heap when it was warm and at the end."""
    cdp = page.context.new_cdp_session(page)
    page.evaluate(COUNTED, news)
    begin, found, warm = time.monotonic(), list[Sample](), None
    for n in range(SAMPLES + 1):
        wait = begin + minutes * 60 * n / SAMPLES - time.monotonic()
        page.wait_for_timeout(max(0.0, wait) * 1000)
        alive = counters(cdp)
        found.append(
            Sample(
                minutes=(time.monotonic() - begin) / 60,
                renewals=page.evaluate("window.renewals"),
                heap_kib=alive["heap"],
                nodes=int(alive["nodes"]),
                listeners=int(alive["listeners"]),
                server_mib=server(),
            )
        )
        print(found[-1], file=sys.stderr, flush=True)
        if warm is None and n >= SAMPLES * WARM_UP:
            warm = heap.snapshot(cdp)
    assert warm is not None
    return found, warm, heap.snapshot(cdp)


def slope(across: Sequence[float], up: Sequence[float]) -> float:
    """Least squares: how much `up` grows for each unit of `across`."""
    middle_x, middle_y = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle_x) ** 2 for x in across)
    if not spread:
        return 0.0
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(across, up, strict=True)) / spread


def growth(samples: Sequence[Sample]) -> Table:
    steady = samples[int(len(samples) * WARM_UP) :]
    middle = len(steady) // 2
    rows = list[list[Cell]]()
    for name, unit in (
        ("heap_kib", "KiB"), ("nodes", "nodes"), ("listeners", "listeners"), ("server_mib", "MiB"),
    ):  # fmt: skip
        values = [float(getattr(one, name)) for one in steady]
        renewed = [float(one.renewals) for one in steady]
        halves = [
            1000 * slope(renewed[part], values[part])
            for part in (slice(None, middle + 1), slice(middle, None))
        ]
        by_hour = 60 * slope([one.minutes for one in steady], values)
        rows.append([f"{name} ({unit})", values[0], values[-1], *halves, by_hour])
    columns = ["what", "warm", "at the end", "per 1,000, 1st half", "2nd half", "per hour"]
    return Table("Growth, by renewals and by time", columns, rows)


def named(warm: heap.Sums, end: heap.Sums, renewals: int) -> Table:
    """What grew between the two snapshots, and how much of it for each renewal."""
    rows = list[list[Cell]]()
    for whose, found in (("page", heap.grown(warm, end)), ("watcher", heap.watched(warm, end))):
        rows += [[whose, kind, more / 1024, n, more / renewals] for kind, more, n in found]
    columns = ["held by", "kind", "KiB more", "objects more", "bytes a renewal"]
    return Table("What grew between the snapshots", columns, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=4.0, help="seconds between two reports")
    parser.add_argument("--news", type=float, default=NEWS, help="seconds between two renewals")
    parser.add_argument("--json", type=Path, help="write the result here")
    asked = parser.parse_args()
    executable = obtain_browser()
    if executable is None:
        raise SystemExit("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    over = threading.Event()
    with city() as (base, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(LAUNCH_FLAGS))
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        if asked.news < NEWS:
            page.add_init_script(f"({HURRIED})([{asked.news}, {QUIET_MS}])")
        page.goto(f"{base}/wall/")
        residents = threading.Thread(target=reporter, args=(base, asked.every, over))
        residents.start()
        try:
            samples, warm, end = watch(page, asked.minutes, asked.news, lambda: resident_mib(pid))
        finally:
            over.set()
            residents.join()
        browser.close()
    seen = Table(
        "Samples",
        ["minutes", "renewals", "heap KiB", "nodes", "listeners", "server MiB"],
        [[s.minutes, s.renewals, s.heap_kib, s.nodes, s.listeners, s.server_mib] for s in samples],
    )
    facts = {"minutes": asked.minutes, "renewals": samples[-1].renewals}
    between = samples[-1].renewals - samples[int(SAMPLES * WARM_UP)].renewals
    tables = [seen, growth(samples), named(warm, end, max(between, 1))]
    report("soak", tables, facts, asked.json)


if __name__ == "__main__":
    main()
