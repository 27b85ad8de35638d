"""Django settings, made from the typed environment and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import structlog

from maplebridge.config.environment import database, read_settings

PACKAGE = Path(__file__).resolve().parent.parent
MAPLEBRIDGE = read_settings()

DEBUG = MAPLEBRIDGE.debug
SECRET_KEY = MAPLEBRIDGE.secret_key
ALLOWED_HOSTS = [host.strip() for host in MAPLEBRIDGE.allowed_hosts.split(",") if host.strip()]
if MAPLEBRIDGE.mode == "test":
    ALLOWED_HOSTS += ["testserver"]
CSRF_TRUSTED_ORIGINS = [o.strip() for o in MAPLEBRIDGE.trusted_origins.split(",") if o.strip()]

ROOMS = [
    "kernel", "places", "people", "incidents", "orders", "teams", "dispatch", "inspections",
    "indicators", "privacy", "exchange", "live", "twin", "shell",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",  # so that the API's documentation is served from here and not from elsewhere
    *(f"maplebridge.{room}" for room in ROOMS if (PACKAGE / room / "apps.py").exists()),
]
MIDDLEWARE = [
    "maplebridge.shell.middleware.RequestId",
    "maplebridge.shell.middleware.DatabaseAway",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maplebridge.shell.middleware.ContentPolicy",
    "django.middleware.locale.LocaleMiddleware",
    "maplebridge.shell.middleware.PagesOnly",
]
# What a browser's page needs and a program with a token does not: half the cost of a report
# that comes through the API. `PagesOnly` runs it for every path but the API's.
PAGE_MIDDLEWARE = [
    "maplebridge.shell.middleware.Smaller",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "maplebridge.shell.ratelimit.RateLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "maplebridge.people.middleware.ActorMiddleware",
    "maplebridge.shell.middleware.JournalHead",
    "maplebridge.shell.middleware.DomainErrors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "maplebridge.config.urls"
WSGI_APPLICATION = "maplebridge.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "maplebridge.shell.context.said",
                "maplebridge.shell.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "maplebridge.shell.templatetags.maple"],
        },
    }
]

DATABASES = {"default": database(MAPLEBRIDGE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # With the usual 300, a few hundred addresses would push each other's counts out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600  # a shift and its hand-over
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MAPLEBRIDGE.behind_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MAPLEBRIDGE.behind_https else None
SECURE_HSTS_SECONDS = 31_536_000 if MAPLEBRIDGE.behind_https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "maplebridge.shell.web.errors.csrf_failure"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from where they lie; nothing is collected
WHITENOISE_AUTOREFRESH = MAPLEBRIDGE.debug
# A built file carries a hash of what it says in its name: it is asked for once.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = MAPLEBRIDGE.data_dir / "uploads"
FILE_UPLOAD_HANDLERS = [
    "maplebridge.shell.uploads.LimitedUpload",  # first: it stops the reading
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "maplebridge.shell.uploads.SpooledUpload",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # files are counted apart from this
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING_CONFIG = None
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(
        {"debug": 10, "info": 20, "warning": 30, "error": 40}.get(MAPLEBRIDGE.log_level, 20)
    ),
    # Standard output belongs to what a command answers, which a program may read.
    logger_factory=structlog.WriteLoggerFactory(sys.stderr),
)
