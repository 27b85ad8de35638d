"""What the program knows stands in its documentation, and nothing there is out of date."""

from __future__ import annotations

from typing import Any

import pytest

from maplebridge.kernel.flow import Flow
from tests.docs import registries
from tests.docs.pages import hold


def test_every_setting_is_described() -> None:
    hold("docs/operators/settings.md", "settings", registries.settings())


def test_every_command_is_described() -> None:
    hold("docs/operators/commands.md", "commands", registries.commands())


def test_every_option_is_described() -> None:
    hold("docs/operators/commands.md", "options", registries.options())


def test_every_kind_of_entry_is_described() -> None:
    hold("docs/developers/events.md", "events", registries.events())


def test_every_subscriber_is_described() -> None:
    hold("docs/developers/events.md", "subscribers", registries.subscribers())


def test_every_job_is_described() -> None:
    hold("docs/operators/monitoring.md", "jobs", registries.jobs())


def test_every_metric_is_described() -> None:
    hold("docs/developers/metrics.md", "metrics", registries.metrics())


def test_every_action_is_described_with_its_roles() -> None:
    hold("docs/developers/permissions.md", "permissions", registries.permissions())


def test_every_personal_field_is_described_with_its_time() -> None:
    hold("docs/operators/privacy.md", "personal", registries.personal())


def test_every_trace_is_described_with_its_time() -> None:
    hold("docs/operators/privacy.md", "rows", registries.rows())


@pytest.mark.parametrize("flow", registries.FLOWS, ids=lambda flow: flow.name)
def test_every_state_is_described(flow: Flow[Any, Any]) -> None:
    hold("docs/developers/states.md", flow.name, registries.states(flow))


def test_every_machine_of_the_program_is_among_them() -> None:
    modules = registries.modules("states")
    found = {held.name for m in modules for held in vars(m).values() if isinstance(held, Flow)}
    assert found == {flow.name for flow in registries.FLOWS}
