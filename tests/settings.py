"""The product's settings; only what would make tests slow or loud is different."""

from config.settings import *  # noqa: F403
from config.settings import LOGGING

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "ERROR"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
