"""The moderators' and administrators' desk: Django's admin with our log-in.

Apps register here by ``@admin.register(Model, site=desk)``. What other packages
register with ``admin.site`` shows secrets and lets rows be edited past our services,
so that site has no address.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

# Nothing on the desk uses them, and they would tell of rows of every table.
_WITHOUT = frozenset({"autocomplete", "view_on_site"})


class Desk(AdminSite):
    site_title = site_header = _("Flasky desk")
    index_title = _("What needs a person")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in staff whose role says so: the front page shows what is hidden."""
        return super().has_permission(request) and request.user.has_perm(
            "blog.moderate"
        )

    def get_urls(self) -> list[Any]:
        return [
            it for it in super().get_urls() if getattr(it, "name", "") not in _WITHOUT
        ]

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, *args: object) -> HttpResponse:
        """Sign in where everybody does, past the same limits and second factor."""
        if not self.has_permission(request):
            raise PermissionDenied
        goal = request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(
            goal, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(goal if is_ours else "admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, *args: object
    ) -> HttpResponse:
        return redirect("account_change_password")


desk = Desk(name="admin")
