"""From the ringing phone to the sent unit: twenty calls at the desk, by keyboard alone.

A real browser, server and worker on an empty folder with three days of history. The keys take no
time here, so the column “with typing” adds a call taker's ninety characters a minute.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import Table, report, use_django

AIM_S = 30.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=20)
    options.add_argument("--language", default="zh-CN")
    options.add_argument("--out", type=Path)
    wanted = options.parse_args()
    os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")  # which engine the city gets
    use_django()  # for the sentences of the pages
    from playwright.sync_api import sync_playwright

    from tests.browser.calls import CALLS, Taken, table, take
    from tests.browser.people import Crowd
    from tests.system import database
    from tests.system.installation import Installation
    from tools.browser import LAUNCH_FLAGS, find_browser

    taken: list[Taken] = []
    with tempfile.TemporaryDirectory() as place, database.empty(Path(place)) as made:
        house = Installation(Path(place), made)
        for words in (("migrate",), ("demo", "fill", "--days", "3")):
            house.command(*words).check_returncode()
        with house.serving() as server, house.working(), sync_playwright() as player:
            chromium = player.chromium.launch(
                executable_path=find_browser(), args=list(LAUNCH_FLAGS)
            )
            crowd = Crowd(chromium, server.url)
            desk = crowd.person(wanted.language)
            desk.sign_in("Duty desk")
            desk.page.goto("/desk/")
            taken = [take(desk, call) for call in CALLS[: wanted.calls]]
            crowd.leave()
            chromium.close()
    columns = ("call", "s", "of it waiting for suggestions", "with typing", "ended")
    typed = [one.with_typing for one in taken]
    facts = {
        "median_s": round(statistics.median(one.seconds for one in taken), 1),
        "most_s": round(max(one.seconds for one in taken), 1),
        "median_with_typing_s": round(statistics.median(typed), 1),
        "most_with_typing_s": round(max(typed), 1),
        "within_aim_with_typing": f"{sum(s <= AIM_S for s in typed)} of {len(typed)}",
    }
    report("twenty_calls", [Table("calls", columns, table(taken))], facts, wanted.out)


if __name__ == "__main__":
    main()
