"""The WSGI application: pages without `/live/`, for a server that runs the live pages in a process of their own."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("PODIUM_POOL", "16")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.body_limit import limit_wsgi
from config.health import answer_health_wsgi

application = answer_health_wsgi(limit_wsgi(get_wsgi_application(), longest=settings.MAX_REQUEST_BYTES))
