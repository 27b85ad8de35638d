"""Rows written in bulk are the rows the ORM would have written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.forms.models import model_to_dict

from maplebridge.kernel.bulk import BATCH, insert_rows
from maplebridge.kernel.jobs.models import Job
from maplebridge.kernel.journal.models import JournalEntry

Queries = Callable[..., AbstractContextManager[object]]
AT = datetime(2026, 5, 4, 3, 2, 1, 123456, tzinfo=UTC)


@pytest.mark.django_db
def test_a_row_is_the_row_the_orm_writes() -> None:
    given = {"name": "a.job", "payload": {"n": 1, "words": "枫桥"}, "run_at": AT, "done_at": None}
    assert insert_rows(Job, [given]) == 1
    ours = Job.objects.get()
    theirs = Job.objects.create(**given)
    theirs.refresh_from_db()
    assert model_to_dict(ours, exclude=["id"]) == model_to_dict(theirs, exclude=["id"])


@pytest.mark.django_db
def test_what_the_database_fills_is_left_to_it() -> None:
    entry = {
        "at": AT, "kind": "test", "version": 1, "actor_kind": "system", "actor_role": "test",
        "channel": "web", "topics": ["desk"], "data": {},
    }  # fmt: skip
    insert_rows(JournalEntry, [entry])
    theirs = JournalEntry.objects.create(**entry)
    theirs.refresh_from_db()
    assert JournalEntry.objects.order_by("id")[0].xact == theirs.xact


@pytest.mark.django_db
def test_more_rows_than_a_batch_take_a_statement_a_batch(
    django_assert_num_queries: Queries,
) -> None:
    rows = [{"name": f"job {n}", "run_at": AT + timedelta(seconds=n)} for n in range(BATCH + 1)]
    with django_assert_num_queries(2):
        assert insert_rows(Job, rows) == BATCH + 1
    assert Job.objects.order_by("-run_at")[0].name == f"job {BATCH}"


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="nmae"):
        insert_rows(Job, [{"nmae": "typo", "run_at": AT}])
    assert not Job.objects.exists()
