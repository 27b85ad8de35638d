"""What the tests of the journal share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def own_subscriber() -> Iterator[None]:
    """A registry of its own, so that no room's subscriber takes part."""
    from maplebridge.kernel.journal import subscribers as registry  # after Django is set up

    kept = dict(registry._subscribers)
    registry._subscribers.clear()
    yield
    registry._subscribers.clear()
    registry._subscribers.update(kept)
