"""WSGI entry point, with production settings by default."""

import os

from django.core.wsgi import get_wsgi_application

from flasky_site.lib.entrances import plain_wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.prod")

application = plain_wsgi(get_wsgi_application())
