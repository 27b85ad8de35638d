"""The clocks of the city read the orders that run, on either engine."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_reports_and_changes"),
        ("orders", "0002_adjust_as_a_verb"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["state", "due_at"], name="order_by_state"),
        ),
    ]
