"""Diversion and police work are counted from now on; matters that are here are counted anew."""

from __future__ import annotations

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

# A worker of the old code knows no such job and would give it up after a minute.
OLD_CODE_STOPS = timedelta(minutes=10)


def begin(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An empty database has nothing to count."""
    if apps.get_model("indicators", "Counted").objects.exists():
        apps.get_model("kernel", "Job").objects.get_or_create(
            key="indicators.recount:diversion",
            defaults={
                "name": "indicators.recount",
                "payload": {"run": "diversion"},
                "run_at": timezone.now() + OLD_CODE_STOPS,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_counts_and_spans"),
        ("kernel", "0002_wait_after_a_failure"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
