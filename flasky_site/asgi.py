"""ASGI entry point, with production settings by default."""

import os

from django.core.asgi import get_asgi_application

from flasky_site.lib.entrances import plain_asgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.prod")

application = plain_asgi(get_asgi_application())
