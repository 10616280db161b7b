"""The ledger and the freezes: what was recorded is never changed or taken out."""

from django.db import migrations

TABLES = ("negotiations_event", "negotiations_freeze")


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0001_initial"), ("documents", "0002_insert_only")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            reverse_sql=f"DROP TRIGGER {table}_append_only ON {table}",
        )
        for table in TABLES
    ]
