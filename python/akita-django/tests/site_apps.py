"""The project's WSGI and ASGI applications, for real servers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

if os.environ.get("TEST_INTERFACE") == "asgi":
    from django.core.asgi import get_asgi_application

    application = get_asgi_application()
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
