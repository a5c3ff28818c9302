"""gunicorn's configuration, which it reads from the working directory."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4  # a streamed response occupies a thread, not a whole worker
