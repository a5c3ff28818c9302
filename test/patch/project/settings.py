import os

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["rest_framework", "drf_spectacular", "shop"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.sqlite3"}}
MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]
AKITA_SERVICE_NAME = "shop"
AKITA_DAEMON_HOST = os.environ.get("AKITA_DAEMON_HOST", "localhost:50080")
AKITA_ENABLED = "AKITA_DAEMON_HOST" in os.environ
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Shop",
    "VERSION": "1.0.0",
    "OAS_VERSION": os.environ.get("OAS_VERSION", "3.0.3"),
}
