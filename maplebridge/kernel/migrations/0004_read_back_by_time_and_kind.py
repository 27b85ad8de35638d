"""The auditor reads backwards by time and by kind without walking the whole journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0003_find_what_is_open"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["at", "id"], name="journal_time"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["kind", "at", "id"], name="journal_kind"),
        ),
    ]
