"""WSGI entry point, with production settings by default."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.prod")

application = get_wsgi_application()
