#!/usr/bin/env python
"""Django's command line."""

import os
import sys

OWNER_COMMANDS = frozenset({"migrate", "grant_rights"})
"""Commands that change tables or rights, and so connect as their owner where there are two roles."""

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ.setdefault("PODIUM_DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
