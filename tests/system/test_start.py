"""What a process loads before it answers its first page."""

from __future__ import annotations

import os
import subprocess
import sys

HEAVY = "scipy"  # half a second of processor time; only planning a city and importing a map need it
SHOW = (
    "import sys, django; django.setup(); import maplebridge.config.urls;"
    f"print([name for name in sys.modules if name.split('.')[0] == {HEAVY!r}][:5])"
)


def test_pages_are_served_without_what_only_a_new_city_needs() -> None:
    env = os.environ | {
        "MAPLEBRIDGE_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "maplebridge.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOW], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
