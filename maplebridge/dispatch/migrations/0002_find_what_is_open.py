"""Open calls, offers, alarms and hand-overs are found without reading those of years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0001_calls_offers_alarms"),
        ("incidents", "0001_reports_and_changes"),
        ("people", "0001_agencies_accounts_posts"),
        ("teams", "0001_teams_volunteers_sentinels_points"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["state"], name="call_by_state"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state"], name="offer_by_state"),
        ),
        migrations.AddIndex(
            model_name="prehandling",
            index=models.Index(
                condition=models.Q(("taken_at", None)), fields=["handed_at"], name="hand_over_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="sentinelalarm",
            index=models.Index(fields=["state"], name="alarm_by_state"),
        ),
    ]
