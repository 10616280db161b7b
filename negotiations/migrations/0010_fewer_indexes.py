"""References that no query looks up by lose their index: importing a long text spends more time on indexes than on rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('delegations', '0002_token'),
        ('documents', '0002_insert_only'),
        ('negotiations', '0009_received_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='bracket',
            name='ended_with',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.bracket'),
        ),
        migrations.AlterField(
            model_name='bracket',
            name='paragraph',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='brackets', to='documents.paragraph'),
        ),
        migrations.AlterField(
            model_name='position',
            name='entered_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='position',
            name='paragraph',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='documents.paragraph'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='entered_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='paragraph',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='documents.paragraph'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='tabled_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='delegations.delegation'),
        ),
        migrations.AddIndex(
            model_name='bracket',
            index=models.Index(condition=models.Q(('ended_with__isnull', False)), fields=['ended_with'], name='brackets_that_fell'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('tabled_by__isnull', False)), fields=['tabled_by'], name='proposals_by_tabler'),
        ),
    ]
