"""What a text will look like, while it is written."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.forms import CommentForm, ComposerForm, PostForm
from blog.permissions import can_preview
from flasky_site.lib.http import json_error, signed_out

_FORMS: dict[str, type[ComposerForm]] = {
    form.kind: form for form in (PostForm, CommentForm)
}


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with the HTML that sending ``content`` would store.

    ``?kind=`` says whether it is for a "post" or a "comment". What could not be sent is
    refused with the sentence that the form would show: 422, or 400 where ``content`` is
    missing or its bytes were damaged. markdownx's script reads no status, so
    static/js/composer-preview.js tells HTML of Markdown by how it begins.
    """
    if not request.user.is_authenticated:
        return signed_out(request)
    if not can_preview(request.user):
        raise PermissionDenied
    if not ratelimit.consume(request, action="preview", user=request.user):
        return ratelimit.respond_429(request)
    form_class = _FORMS.get(request.GET.get("kind", PostForm.kind))
    if form_class is None or "content" not in request.POST:
        return json_error(HTTPStatus.BAD_REQUEST, message=_("There is no text in it."))
    form = form_class({"body": request.POST["content"]})
    return HttpResponse(form.preview_html) if form.is_valid() else _refusal(form)


def _refusal(form: ComposerForm) -> HttpResponse:
    error = next(iter(form.errors.as_data().values()))[0]
    message = " ".join(error.messages)
    if error.code == "damaged":
        return json_error(HTTPStatus.BAD_REQUEST, message=message)
    return json_error(
        HTTPStatus.UNPROCESSABLE_ENTITY, error="not valid", message=message
    )
