"""With CI=true a test that was skipped because something is missing counts as failed.

A plugin of pytest, loaded by `conftest.py`: a green run must mean that everything ran.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

# What these say is not missing from the machine: the data cannot be part of the repository, an
# engine that lets one writer in has no such race, and nobody but root fills up a disk.
STAY = ("needs the reference data", "one writer at a time", "only root can mount")


def strict() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def may_stay(reason: str) -> bool:
    return any(words in reason for words in STAY)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and call.excinfo and strict():
        reason = str(call.excinfo.value)
        if not may_stay(reason):
            report.outcome = "failed"
            report.longrepr = f"skipped, which CI=true does not allow: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A whole file that skips itself."""
    report = yield
    if report.outcome == "skipped" and strict() and not may_stay(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI=true does not allow: {report.longrepr}"
    return report
