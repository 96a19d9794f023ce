"""Pictures of members."""

import logging
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from accounts import services
from accounts.avatars import avatar_name, draw_avatar
from accounts.decorators import MemberRequest, reachable_unconfirmed
from accounts.forms import PictureForm
from flasky_site.lib.decorators import takes_bodies_of
from flasky_site.lib.mixins import UnprocessableFormMixin
from flasky_site.lib.outages import is_outage

logger = logging.getLogger(__name__)

# More than a picture may have, so that who sends too large a one reads a sentence on
# the form.
_LARGEST_BODY = 12 * 1024 * 1024

_cached_for_ever = cache_control(public=True, max_age=31_536_000, immutable=True)
# Opened by itself, a picture is a page of a site of its own that runs, loads and sends
# nothing, whatever may one day be found to hide in it.
_never_a_page: Any = csp_replace(
    {"default-src": ["'none'"], "form-action": ["'none'"], "sandbox": True}
)


@reachable_unconfirmed
@require_safe
@_never_a_page
@_cached_for_ever
def avatar(request: HttpRequest, member_id: int) -> HttpResponse:
    """Draw the picture of a member's id, which need not exist."""
    return HttpResponse(draw_avatar(member_id), content_type="image/svg+xml")


@reachable_unconfirmed
@require_safe
@_never_a_page
@_cached_for_ever
def uploaded_avatar(
    request: HttpRequest, member_id: int, digest: str, size: int
) -> HttpResponse:
    """Send a file that we made, found by the address alone."""
    try:
        with default_storage.open(avatar_name(member_id, digest, size)) as file:
            return HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None


@method_decorator(takes_bodies_of(_LARGEST_BODY), name="dispatch")
class AvatarEditView(LoginRequiredMixin, UnprocessableFormMixin, FormView):
    template_name = "accounts/avatar_edit.html"
    form_class = PictureForm
    success_url = reverse_lazy("accounts:avatar_edit")
    request: MemberRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read at most ten pictures a minute, since each keeps a processor busy."""
        if not ratelimit.consume(request, action="change_avatar", user=request.user):
            return ratelimit.respond_429(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses_gravatar = settings.AVATARS == "gravatar"
        return super().get_context_data(uses_gravatar=uses_gravatar, **kwargs)

    def form_valid(self, form: PictureForm) -> HttpResponse:
        try:
            services.change_avatar(
                user=self.request.user, squares=form.cleaned_data["picture"]
            )
        except OSError as error:
            if not is_outage(error):
                raise
            # By mail to the operator, whose disk is full.
            logger.exception("A picture could not be stored")
            return self._no_room(form)
        messages.success(self.request, _("This is your picture now."))
        return super().form_valid(form)

    def _no_room(self, form: PictureForm) -> HttpResponse:
        text = _("We have no room for pictures at the moment. Try again later.")
        form.add_error("picture", text)
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.SERVICE_UNAVAILABLE)


@login_required
@require_POST
def remove_avatar(request: MemberRequest) -> HttpResponse:
    services.remove_avatar(user=request.user)
    messages.success(request, _("Your picture is removed."))
    return redirect("accounts:avatar_edit")
