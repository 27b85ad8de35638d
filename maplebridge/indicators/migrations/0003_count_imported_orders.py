"""Imported matters count as diverted by their orders; what was imported before is counted anew."""

from __future__ import annotations

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

# A worker of the old code would count them by the old rule once more.
OLD_CODE_STOPS = timedelta(minutes=10)


def begin(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An empty database has nothing to count."""
    if apps.get_model("indicators", "Counted").objects.exists():
        apps.get_model("kernel", "Job").objects.get_or_create(
            key="indicators.recount:imported_orders",
            defaults={
                "name": "indicators.recount",
                "payload": {"run": "imported_orders"},
                "run_at": timezone.now() + OLD_CODE_STOPS,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_count_new_figures")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
