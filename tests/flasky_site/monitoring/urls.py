"""Addresses that go wrong, for tests of what is told about it."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from flasky_site.urls import *  # noqa: F403
from flasky_site.urls import urlpatterns as ours

logger = logging.getLogger("blog.example")


@csrf_exempt
def fail(request, name):
    password = request.POST.get("password", "")
    raise IntegrityError(f"Key (email)=({name}@example.com) exists. {password}")


@csrf_exempt
def complain(request, name):
    logger.error("Could not do it for %s", f"{name}@example.com")
    return HttpResponse("done")


def refuse(request, name):
    raise PermissionDenied(name)


def ask(request, name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s AS name, 'literal' AS other LIMIT 7", [name])
    return HttpResponse("asked")


def mistake(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


urlpatterns = [
    path("mistake/", mistake, name="mistake"),
    path("fail/<name>/", fail, name="fail"),
    path("complain/<name>/", complain, name="complain"),
    path("refuse/<name>/", refuse, name="refuse"),
    path("ask/<name>/", ask, name="ask"),
    path("unnamed/<name>/", lambda request, name: HttpResponse(name)),
    *ours,
]
