"""doccano's settings with Akita's middleware, as docs/guide.md describes it."""

from config.settings.production import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "akita_django"]  # noqa: F405
MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware", *MIDDLEWARE]  # noqa: F405
AKITA_SERVICE_NAME = "doccano"
AKITA_DAEMON_HOST = env("AKITA_DAEMON_HOST")  # noqa: F405

# Imports and exports run in the request, so that no worker is needed.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_STORE_EAGER_RESULT = True
