"""Does a million matters feel like a thousand? The same pages and verbs on cities of all sizes.

A demonstration city is filled, 5,000 open matters are added, and closed ones are multiplied
(`growth_rows.py`). One database for each size; the sizes are then measured in turns, so that a
slow minute of the machine slows them all. What grows more than 1.5 times, and by more than a
millisecond, is marked; so is a face that asks more queries of a larger city.

    python benchmarks/growth.py [--engine postgresql|sqlite|both] [--sizes 1000,30000,300000]
                                [--rounds 9] [--out growth.json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.common import Cell, Table, report  # noqa: E402
from tools.postgres import running  # noqa: E402

OPEN_MATTERS = 5_000
TOO_MUCH = 1.5  # times the smallest size
FELT_MS = 1.0  # less than this more is nothing, whatever the ratio
Sample = Mapping[str, tuple[float, int]]  # face → seconds, queries


@dataclass(slots=True)
class Size:
    """One database and the process that measures on it."""

    matters: int
    url: str
    folder: Path
    process: subprocess.Popen[str] | None = None
    samples: list[Sample] = field(default_factory=list)

    def start(self) -> None:
        command = [sys.executable, __file__, "--measure"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(self.url, self.folder), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def one_round(self) -> Sample:
        assert self.process is not None and self.process.stdin and self.process.stdout
        self.process.stdin.write("round\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the measuring process for {self.matters:,} matters ended early")
        return {name: (took, queries) for name, (took, queries) in json.loads(line).items()}

    def stop(self) -> None:
        if self.process is not None and self.process.stdin:
            self.process.stdin.close()
            self.process.wait(timeout=60)

    def median_ms(self, face: str) -> float:
        return 1000 * statistics.median(sample[face][0] for sample in self.samples)

    def queries(self, face: str) -> int:
        """The fewest: a version that is looked at again every few seconds is no growth."""
        return min(sample[face][1] for sample in self.samples)


def environment(url: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "MAPLEBRIDGE_MODE": "demo",
        "MAPLEBRIDGE_DATA_DIR": str(folder),
        "MAPLEBRIDGE_POSTS_PER_MINUTE": "0",
        "MAPLEBRIDGE_LOOKUPS_PER_MINUTE": "0",
        "MAPLEBRIDGE_LOG_LEVEL": "warning",
        "DJANGO_SETTINGS_MODULE": "maplebridge.config.settings",
    }


def call(url: str, folder: Path, *command: str) -> None:
    subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=True, env=environment(url, folder),
        stdout=sys.stderr,
    )  # fmt: skip


@contextmanager
def sizes_on(engine: str, wanted: Sequence[int], folder: Path) -> Iterator[list[Size]]:
    """A database for each size, each grown from a copy of the one before."""
    with ExitStack() as stack:
        server = stack.enter_context(running(durable=False)) if engine == "postgresql" else None

        def place(name: str) -> str:
            if server is None:
                return f"sqlite:///{folder / name}.sqlite3"
            return server.url.rpartition("/")[0] + f"/{name}"

        def copy(source: str, name: str) -> None:
            if server is None:
                shutil.copyfile(folder / f"{source}.sqlite3", folder / f"{name}.sqlite3")
                return
            import psycopg

            with psycopg.connect(server.url, dbname="postgres", autocommit=True) as link:
                link.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())

        before = "maplebridge"
        call(place(before), folder, "-m", "maplebridge", "migrate")
        call(place(before), folder, "-m", "maplebridge", "demo", "fill", "--days", "3")
        call(place(before), folder, __file__, "--prepare")
        found = []
        for matters in wanted:
            name = f"matters_{matters}"
            copy(before, name)
            began = time.monotonic()
            call(place(name), folder, __file__, "--grow", str(matters))
            print(f"{engine}: {matters:,} matters in {time.monotonic() - began:.0f} s", flush=True)
            found.append(Size(matters, place(name), folder))
            before = name
        yield found


def measured(sizes: Sequence[Size], rounds: int) -> list[Size]:
    """`rounds` turns of every size; the first is for caches and does not count."""
    try:
        for size in sizes:
            size.start()
        for turn in range(rounds + 1):
            for size in sizes if turn % 2 == 0 else reversed(sizes):
                sample = size.one_round()
                if turn:
                    size.samples.append(sample)
    finally:
        for size in sizes:
            size.stop()
    return list(sizes)


def table_of(engine: str, sizes: Sequence[Size]) -> Table:
    smallest, largest = sizes[0], sizes[-1]
    rows: list[list[Cell]] = []
    for face in smallest.samples[0]:
        before, after = smallest.median_ms(face), largest.median_ms(face)
        ratio, grows = after / before, after > TOO_MUCH * before and after - before > FELT_MS
        fixed = len({size.queries(face) for size in sizes}) == 1
        marks = [*(["GROWS"] if grows else []), *([] if fixed else ["QUERIES"])]
        rows.append(
            [face, largest.queries(face), *(round(size.median_ms(face), 2) for size in sizes),
             round(ratio, 2), " ".join(marks)]
        )  # fmt: skip
    names = [f"{size.matters:,} ms" for size in sizes]
    return Table(f"Growth on {engine}", ["face", "queries", *names, "ratio", "mark"], rows)


def measure_on_demand() -> None:
    """Answers each line of standard input with one sample of every face."""
    import django

    django.setup()
    from benchmarks.growth_faces import all_faces, timed

    faces = all_faces()
    for _line in sys.stdin:
        sample = {name: timed(face) for name, face in faces.items()}
        print(json.dumps(sample), flush=True)


def prepare_or_grow(matters: int | None) -> None:
    import django

    django.setup()
    from benchmarks import growth_rows

    if matters is None:
        growth_rows.prepare(OPEN_MATTERS)
        return
    print(f"{growth_rows.grow(matters):,} closed matters")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--engine", choices=["postgresql", "sqlite", "both"], default="both")
    options.add_argument("--sizes", default="1000,30000,300000")
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--out", type=Path, default=None)
    options.add_argument("--folder", type=Path, default=None, help="Where the scratch files go.")
    options.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--grow", type=int, default=None, help=argparse.SUPPRESS)
    options.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.measure:
        measure_on_demand()
    elif asked.prepare or asked.grow is not None:
        prepare_or_grow(asked.grow)
    else:
        run(asked)


def run(asked: argparse.Namespace) -> None:
    engines = ["postgresql", "sqlite"] if asked.engine == "both" else [asked.engine]
    wanted = sorted(int(size) for size in asked.sizes.split(","))
    tables = []
    for engine in engines:
        with (
            tempfile.TemporaryDirectory(dir=asked.folder) as folder,
            sizes_on(engine, wanted, Path(folder)) as sizes,
        ):
            tables.append(table_of(engine, measured(sizes, asked.rounds)))
    facts = {"open matters": OPEN_MATTERS, "rounds": asked.rounds}
    report("growth", tables, facts, asked.out)


if __name__ == "__main__":
    main()
