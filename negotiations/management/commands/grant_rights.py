from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from psycopg import sql


class Command(BaseCommand):
    help = "Let a database role read and write rows, but not empty or change tables. Run as the tables' owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role that web and workers connect as")

    def handle(self, *args: Any, **options: Any) -> None:
        role = sql.Identifier(options["role"])
        statements = (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT TEMPORARY ON DATABASE {database} TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE UPDATE, DELETE ON negotiations_event, negotiations_freeze, documents_podiumversion, documents_rendition FROM {role}",
        )
        database = sql.Identifier(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(sql.SQL(statement).format(role=role, database=database).as_string(cursor.connection))
        self.stdout.write(f"{options['role']} may read and write rows; the ledger it may only append to.")
