"""The product's settings; only what would make tests slow or loud is different."""

from config.settings import *  # noqa: F403
from config.settings import LOGGING
from config.settings import REST_FRAMEWORK as AS_THE_PRODUCT

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "ERROR"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REST_FRAMEWORK = {**AS_THE_PRODUCT, "DEFAULT_THROTTLE_RATES": {"token": None}}
