"""A Celery application whose tasks call the project in a forked child."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

from celery import Celery
from django.core.wsgi import get_wsgi_application

BROKER = Path(os.environ["TEST_BROKER"])
"""A folder, so that no server is needed."""

app = Celery("site_celery", broker="filesystem://", set_as_current=False)
app.conf.update(
    broker_transport_options={
        "data_folder_in": str(BROKER),
        "data_folder_out": str(BROKER),
        "control_folder": str(BROKER / "control"),
    },
    task_ignore_result=True,
    worker_hijack_root_logger=False,
)

# In the worker that forks, or only in its children.
early = get_wsgi_application() if os.environ.get("TEST_EARLY") else None


@app.task(name="call")
def call(path):
    import apps

    apps.wsgi(apps.Call("GET", path), early or get_wsgi_application())
