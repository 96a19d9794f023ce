"""The tokens with which one's programs come to the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.decorators import MemberRequest
from accounts.models.tokens import ApiToken
from accounts.second_factor import is_held_back
from accounts.token_forms import TokenForm
from flasky_site.lib.errors import DomainError

View = Callable[..., HttpResponse]


def _for_those_the_site_is_open_to(view: View) -> View:
    """Send away whom the gates let onto account pages alone.

    A token would lead past the gates.
    """

    @wraps(view)
    def look(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_confirmed:
            return redirect("account_unconfirmed")
        if is_held_back(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return look


@never_cache
@login_required
@_for_those_the_site_is_open_to
@require_http_methods(["GET", "HEAD", "POST"])
# An open browser that somebody finds must not give away a way in that stays.
@reauthentication_required(allow_get=True)
def token_list(request: MemberRequest) -> HttpResponse:
    """List one's tokens and make new ones; the secret is on this page alone."""
    if request.method != "POST":
        return _show(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        token, secret = services.create_token(user=request.user, **form.token_fields())
    except DomainError as error:
        form.add_error(None, str(error))
        return _show(request, form, status=409)
    return _show(request, TokenForm(), made=token, secret=secret)


def _show(
    request: MemberRequest, form: TokenForm, *, status: int = 200, **made: Any
) -> HttpResponse:
    tokens = ApiToken.objects.of(request.user).newest_first()
    context = {"form": form, "tokens": tokens, **made}
    return render(request, "accounts/token_list.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_token(request: MemberRequest, token_id: int) -> HttpResponse:
    """Ask, and do it when the answer is sent; a token that is gone stays so.

    Nobody needs to confirm their password: whoever has lost a token is in a hurry, and
    whoever found an open browser gains nothing.
    """
    tokens = ApiToken.objects.of(request.user)
    if request.method == "POST":
        if token := tokens.filter(pk=token_id).first():
            services.revoke_token(token=token)
        messages.success(request, _("The token is revoked."))
        return redirect("account_tokens")
    token = get_object_or_404(tokens, pk=token_id)
    return render(request, "accounts/token_revoke.html", {"token": token})
