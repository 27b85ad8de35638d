"""What the tests of the journal share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def own_subscriber(transactional_db: None) -> Iterator[None]:
    """A registry of its own on a new installation: no room's subscriber takes part."""
    # After Django is set up.
    from maplebridge.kernel.journal import subscribers as registry
    from maplebridge.kernel.journal.models import SubscriberCursor

    SubscriberCursor.objects.all().delete()

    kept = dict(registry._subscribers)
    registry._subscribers.clear()
    yield
    registry._subscribers.clear()
    registry._subscribers.update(kept)
