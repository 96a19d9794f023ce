"""What goes wrong in the API, and the one shape in which it says so."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from flasky_site.lib.errors import DomainError
from flasky_site.lib.http import problem
from flasky_site.lib.merging import ChangedMeanwhile


class Refused(exceptions.PermissionDenied):
    """403 with a word that programs may rely on."""

    def __init__(self, word: str, message: Any) -> None:
        super().__init__(detail=message, code=word)


class PreconditionFailed(exceptions.APIException):
    status_code = 412
    default_detail = gettext_lazy("It has changed since you read it.")
    default_code = "precondition failed"


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = gettext_lazy("The body is too large.")
    default_code = "too large"


class Conflict(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


class TooOften(exceptions.Throttled):
    """429; ``wait`` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait=wait)
        self.detail = exceptions.ErrorDetail(
            _("Too many requests. Try again in %d seconds.") % wait
        )


_OF_OTHERS: dict[type[Exception], type[exceptions.APIException]] = {
    Http404: exceptions.NotFound,
    PermissionDenied: exceptions.PermissionDenied,
    RequestDataTooBig: TooLarge,
    # Between looking at If-Match and writing.
    ChangedMeanwhile: PreconditionFailed,
}


def answer_exception(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer with a ``problem``; None for a bug, which Django's 500 answers."""
    error = _as_api_exception(exc)
    if error is None:
        return None
    content = problem(
        error.status_code,
        error=_word_of(error),
        message=_sentence_of(error.detail),
        errors=_by_field(error) if error.status_code == 400 else None,
    )
    response = Response(content, status=error.status_code)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    if isinstance(exc, exceptions.APIException):
        return exc
    if isinstance(exc, UnreadablePostError):
        return exceptions.ParseError(_("The body did not arrive whole."))
    for kind, error in _OF_OTHERS.items():
        if isinstance(exc, kind):
            return error()
    return Conflict(str(exc)) if isinstance(exc, DomainError) else None


def _word_of(error: exceptions.APIException) -> str:
    """Return the word of a refusal, "" where the status says it all."""
    return str(error.get_codes()) if isinstance(error, Refused) else ""


def _sentence_of(detail: Any, field: str = "") -> str:
    """Return the first sentence in ``detail``, with the field that it is about."""
    if isinstance(detail, Mapping):
        name, inner = next(iter(detail.items()))
        names = [field, "" if name == "non_field_errors" else str(name)]
        return _sentence_of(inner, ".".join(filter(None, names)))
    if isinstance(detail, list):
        return _sentence_of(detail[0], field)
    return f"{field}: {detail}" if field else str(detail)


def _by_field(error: exceptions.APIException) -> Mapping[str, Any] | None:
    return error.detail if isinstance(error.detail, Mapping) else None
