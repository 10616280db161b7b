"""A podium version and its files are issued once and never changed."""

from django.db import migrations

TABLES = ("documents_podiumversion", "documents_rendition")

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only: nothing that was recorded is changed or taken out', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, reverse_sql="DROP FUNCTION refuse_change()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
                reverse_sql=f"DROP TRIGGER {table}_insert_only ON {table}",
            )
            for table in TABLES
        ),
    ]
