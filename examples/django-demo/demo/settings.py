"""Settings; values that differ between a laptop and Heroku are read from the environment."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
ON_HEROKU = "DYNO" in os.environ

# The folder of database and uploads. A dyno loses them when it restarts, which is fine
# for a demo; a real app would use PostgreSQL and S3.
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "data"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "" if ON_HEROKU else "for your own machine only")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set a secret key: heroku config:set SECRET_KEY=$(openssl rand -base64 48)"
    )
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,.herokuapp.com").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "rest_framework.authtoken",
    "shop",
]

# AkitaMiddleware comes first, so that it sees requests and responses unmodified.
MIDDLEWARE = [
    "akita_django.middleware.AkitaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

AKITA_SERVICE_NAME = os.environ.get("AKITA_SERVICE_NAME", "django-demo")
AKITA_MIDDLEWARE_NAME = os.environ.get("AKITA_MIDDLEWARE_NAME", "django-heroku-staging")
AKITA_DAEMON_HOST = os.environ.get("AKITA_DAEMON_HOST", "localhost:50080")

ROOT_URLCONF = "demo.urls"
WSGI_APPLICATION = "demo.wsgi.application"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "db.sqlite3",
        # Several workers write. With WAL, readers do not wait for them; with
        # IMMEDIATE, a transaction waits at its start instead of failing later.
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

USE_TZ = True
TIME_ZONE = "UTC"

# The password of the users that `manage.py seed` creates; without it nobody can log in.
SEED_PASSWORD = os.environ.get("SEED_PASSWORD", None if ON_HEROKU else "a cup of tea")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 10,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# Exceptions go to the process's output, which Heroku logs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["output"], "level": "ERROR"}},
}

if ON_HEROKU:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
