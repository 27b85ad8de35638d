"""Pages and API. Synchronous on purpose: measured many times faster than the same under ASGI."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maplebridge.config.settings")
application = get_wsgi_application()

from maplebridge.config.guard import refuse_unsafe_start  # noqa: E402  needs the rooms loaded

refuse_unsafe_start()
