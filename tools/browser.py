"""Find the Chromium that browser tests drive: `python -m tools.browser` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No sandbox: CI runs as root in a container. Software GL: the map needs WebGL without a card.
# The rest keeps the browser from talking to anybody but the page under test.
LAUNCH_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)

APT_PACKAGES = ("chromium", "fonts-noto-cjk")


def find_browser() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, CANDIDATES)), None)


def obtain_browser() -> str | None:
    """Return an installed browser; as root on Debian, install one if none is there."""
    found = find_browser()
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    print("browser: installing", *APT_PACKAGES, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *APT_PACKAGES],
    ):
        if subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, check=False
        ).returncode:
            return None
    return find_browser()


if __name__ == "__main__":
    path = obtain_browser()
    if path is None:
        sys.exit("no Chromium found; install chromium, or set it up as root with apt-get")
    print(path)
