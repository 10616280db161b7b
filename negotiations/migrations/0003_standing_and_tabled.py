from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0002_append_only"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bracket",
            index=models.Index(fields=["paragraph", "state"], name="brackets_by_state"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["paragraph", "state"], name="proposals_by_state"),
        ),
    ]
