"""Django's settings, all from the environment. A bad value is refused at start, in words.

PODIUM_ENV is `development` (the default: nothing needs to be set) or `production` (what must be secret or exact must
be set, and everything goes over TLS). Whatever is secret may stand in a file instead: SECRET_KEY_FILE for SECRET_KEY.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    Environment,
    database_from_url,
    read_services_file,
    redis_from_url,
    with_secrets_from_files,
)

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(with_secrets_from_files(os.environ))
PRODUCTION = production = environment.one_of("PODIUM_ENV", "development", "production") == "production"

VAR_DIR = Path(environment.text("PODIUM_VAR", str(BASE_DIR / "var"))).absolute()
"""Everything this installation writes, but for the database of one's own."""

DEBUG = environment.flag("DEBUG")
if DEBUG and production:
    raise ImproperlyConfigured(
        "DEBUG shows settings and source to whoever meets an error; it is refused in production."
    )


def _secret_key() -> str:
    if production:
        key = environment.required("SECRET_KEY", "Sessions are signed with it: give 50 random characters or more.")
        if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
            raise ImproperlyConfigured("SECRET_KEY is too easy to guess: give 50 random characters or more.")
        return key
    try:
        kept = (VAR_DIR / "secret-key").read_text().strip()  # written by `make run`
    except OSError:
        kept = ""
    return environment.text("SECRET_KEY") or kept or secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ([] if production else ["localhost", "127.0.0.1", "[::1]"])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Name the hosts that people use, separated by commas.")
if production and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is '*': anybody's host name would pass. Name the hosts that people use.")

# --- What there is ---

INSTALLED_APPS = [
    "delegations",
    "documents",
    "negotiations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "drf_spectacular",
]
MIDDLEWARE = [
    "config.client_address.client_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.headers.house_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.idle.idle_session",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Services: from the environment, or as `make run` wrote them down ---

services = {} if production else read_services_file(VAR_DIR / "services.env")


def _database() -> dict[str, Any]:
    """One database. Where there are two roles, PODIUM_DATABASE_ROLE=owner picks the one that may change tables."""
    if production:
        environment.required("DATABASE_URL", "Give the address of a PostgreSQL database.")
    # Both roles come from one source: an owner left over from `make run` must never meet a database of one's own.
    source = environment if environment.text("DATABASE_URL") else Environment(services)
    name = "DATABASE_URL"
    if environment.one_of("PODIUM_DATABASE_ROLE", "app", "owner") == "owner" and source.text("DATABASE_OWNER_URL"):
        name = "DATABASE_OWNER_URL"
    if not source.text(name):
        return {"ENGINE": "config.no_database"}
    database = database_from_url(source.text(name), name=name)
    # The same few statements all day: PostgreSQL reads and plans each of them once a connection.
    database["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
    # A server process keeps its connections in a pool (asgi.py and wsgi.py ask for one); a command opens its own.
    if connections := environment.number("PODIUM_POOL", 0, lowest=0, highest=500):
        database["OPTIONS"]["pool"] = {"min_size": min(2, connections), "max_size": connections, "timeout": 10}
        database["CONN_HEALTH_CHECKS"] = True
    return database


DATABASES = {"default": _database()}

if production:
    environment.required("REDIS_URL", "Give the address of a Redis: redis://:password@host:port/0")
# A socket that is not there fails at once and says by its name what is missing.
REDIS_URL = redis_from_url(
    environment.text("REDIS_URL")
    or services.get("REDIS_URL")
    or "unix:///REDIS_URL-is-not-set-and-make-run-is-not-running"
)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 0.5},
    }
}

# --- Celery: messages only wake the workers, the work stands in rows. So a lost one matters little, and a Redis that
# does not answer must not hold up the person whose act has just been committed (one second at most). ---

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "retry_on_timeout": False,
    "max_retries": 0,
    "visibility_timeout": 600,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 0.4
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"

# --- Whoever asks ---

PROXY_HOPS = environment.number("PROXY_HOPS", 0, lowest=0, highest=9)
"""How many proxies of ours stand in front, each adding to X-Forwarded-For: config/client_address.py believes so many."""

# --- People ---

AUTH_USER_MODEL = "delegations.Delegate"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
SESSION_COOKIE_AGE = 60 * 60  # idle, not since sign-in: config/idle.py moves the end
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "delegations.web.errors.csrf_failure"

# --- Languages and time ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("kk", "Қазақша")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ---

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not production
WHITENOISE_AUTOREFRESH = not production

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
MAX_REQUEST_BYTES = MAX_UPLOAD_BYTES + 256 * 1024
"""A file and the form around it; config/body_limit.py refuses more before it is read."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Headers ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{f"{what}-src": [SELF] for what in ("script", "style", "img", "font", "connect")},
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

if production:
    # The proxy in front ends TLS, sets this header and drops the one a browser sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A cookie of this name is taken only over TLS and only from this very host.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- REST under /api/v1/: a token opens it, never a session; every error is a problem (negotiations/api) ---

API_RATE = environment.text("PODIUM_API_RATE", "20/s")
"""Requests of one token, as `number/s`, `number/min` or `number/hour`."""
API_WAITERS = environment.number("PODIUM_API_WAITERS", 32, lowest=1, highest=1000)
"""Scripts that one process lets wait for events; each holds a thread, none a database connection."""
API_MAX_BODY_BYTES = 256 * 1024

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["negotiations.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["negotiations.api.authentication.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["negotiations.api.authentication.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": API_RATE},
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["negotiations.api.bodies.JsonBody"],
    "DEFAULT_PAGINATION_CLASS": "negotiations.api.pages.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "negotiations.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "negotiations.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,  # a version's file has a format of its own
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Podium",
    "DESCRIPTION": "Where delegations negotiate the wording of documents together, for scripts.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "SCHEMA_PATH_PREFIX": r"/api/v1/(negotiations/\{negotiation_id\}/)?",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "SessionState": "negotiations.models.frame.SessionState",
        "ProposalState": "negotiations.models.wording.ProposalState",
        "BracketState": "negotiations.models.wording.BracketState",
        "KindOfProposal": "negotiations.models.wording.ProposalKind",
        "KindOfDelegation": "delegations.models.Kind",
        "Stance": "negotiations.models.wording.Stance",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "negotiations.api.schema.with_components",
    ],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # a test draws the schema up and lets no warning pass
}

# --- Logging: what happened, to stderr. Never a request's body, never wording. ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.one_of("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # At DEBUG it prints statements with their values, and those are wording.
        "django.db.backends": {"level": "WARNING"},
    },
}
