"""Django with nothing but a view that returns the bytes of a file: ``bench.bare``."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["localhost"], ROOT_URLCONF=__name__, MIDDLEWARE=[])

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", home)]
application = get_wsgi_application()
