"""A small Django project."""

import os

SECRET_KEY = "test"
DEBUG = False
ALLOWED_HOSTS = ["*"]
STATIC_URL = "static/"
ROOT_URLCONF = "site_urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"]
MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": []}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AKITA_SERVICE_NAME = "demo"
AKITA_MIDDLEWARE_NAME = "django-test"
if "TEST_DAEMON" in os.environ:  # a real server, started by a test
    AKITA_DAEMON_HOST = os.environ["TEST_DAEMON"]
if "TEST_HOLD_S" in os.environ:  # the first answer comes late
    from akita_capture import daemon

    daemon.HOLD_S = float(os.environ["TEST_HOLD_S"])
LOGGING = {  # some views raise on purpose
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {"django": {"handlers": ["none"], "propagate": False}},
}
