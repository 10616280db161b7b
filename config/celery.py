"""The Celery application of worker and beat, and of those who wake them."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = Celery("podium")
application.config_from_object("django.conf:settings", namespace="CELERY")
application.autodiscover_tasks()
application.conf.beat_schedule = {
    # The sweep, not the message sent on commit, is what we rely on. One that waited too long is worth nothing: the
    # next one sees the same rows.
    "sweep": {"task": "negotiations.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 10}},
}


@celeryd_init.connect
def wait_longer(conf: Any = None, **_: Any) -> None:
    """A worker has nobody waiting for it: it listens to a quiet Redis without taking the quiet for a fault."""
    conf.broker_transport_options = {**conf.broker_transport_options, "socket_connect_timeout": 5, "socket_timeout": 30}
