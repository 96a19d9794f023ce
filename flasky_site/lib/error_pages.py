"""What people and programs see when something is wrong."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from flasky_site.lib.http import wants_json


def error_page(
    request: HttpRequest, status: HTTPStatus, *, message: str = ""
) -> HttpResponse:
    """Answer with the template of ``status``, or in JSON whoever asks for JSON."""
    if wants_json(request):
        answer = {"error": status.phrase.lower()}
        if message:
            answer["message"] = message
        return JsonResponse(answer, status=status)
    return render(request, f"{status.value}.html", {"message": message}, status=status)
