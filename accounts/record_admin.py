"""The record on the desk: who decided what about whom, and why. Nobody writes here."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from flasky_site.lib.desk import desk
from flasky_site.lib.desk_lists import DeskAdmin
from flasky_site.lib.sheets import send_sheet

from .models import Decision
from .querysets import DecisionQuerySet
from .record_filters import FILTERS

_SENT_AT_ONCE = 1000
_FIELDS = [
    "kind",
    "by",
    "about",
    "text",
    "created_at",
    "reason",
    "was",
    "state",
    "on_text",
    "together",
]
_SHEET_HEADING = [
    "id",
    "at",
    "decision",
    "by",
    "member",
    "post",
    "comment",
    "reason",
    "before",
    "batch",
    "undoes",
    "undone by",
]


@admin.register(Decision, site=desk)
class DecisionAdmin(DeskAdmin):
    viewing_permission = "blog.moderate"
    list_display = ["act", "by", "about", "text", "why", "state", "created_at"]
    list_display_links = ["act"]
    list_filter: ClassVar[Any] = FILTERS
    actions = None
    change_list_template = "admin/accounts/decision/change_list.html"
    readonly_fields = _FIELDS
    fields: ClassVar[Any] = _FIELDS

    @admin.display(description=gettext_lazy("decision"))
    def act(self, decision: Decision) -> str:
        return decision.get_kind_display()

    @admin.display(description=gettext_lazy("by"))
    def by(self, decision: Decision) -> str:
        if decision.actor_id is None:
            return _("The operator")
        return _person(decision.actor_name, decision.actor_page)

    @admin.display(description=gettext_lazy("about"))
    def about(self, decision: Decision) -> str:
        return _person(decision.member_name, decision.member_page)

    @admin.display(description=gettext_lazy("text"), empty_value="–")
    def text(self, decision: Decision) -> str | None:
        """Link to the text by the names that the app above has for its pages."""
        if decision.target_id is None:
            return None
        kind = "post" if decision.is_about_post else "comment"
        word = _("Post %d") if decision.is_about_post else _("Comment %d")
        label = word % decision.target_id
        try:
            href = reverse(f"blog:{kind}_detail", args=[decision.target_id])
        except NoReverseMatch:
            return label
        return format_html('<a href="{}">{}</a>', href, label)

    @admin.display(description=gettext_lazy("reason"), empty_value="–")
    def why(self, decision: Decision) -> str:
        return Truncator(decision.reason).chars(120)

    @admin.display(description=gettext_lazy("before"), empty_value="–")
    def was(self, decision: Decision) -> str:
        return _written(decision.before)

    @admin.display(description=gettext_lazy("state"))
    def state(self, decision: Decision) -> str:
        if decision.is_undone:
            return _link(decision.undone_by.pk, _("Taken back"))
        if decision.undoes_id is not None:
            return _link(decision.undoes_id, _("Takes back another"))
        return _("Stands")

    @admin.display(description=gettext_lazy("decided together"))
    def together(self, decision: Decision) -> str:
        href = reverse("admin:accounts_decision_changelist")
        return format_html('<a href="{}?batch={}">{}</a>', href, *[decision.batch] * 2)

    @admin.display(description=gettext_lazy("about this text"), empty_value="–")
    def on_text(self, decision: Decision) -> str | None:
        """Link to all that was ever decided about the post or comment."""
        if decision.target_id is None:
            return None
        return format_html(
            '<a href="{}?{}={}">{}</a>',
            reverse("admin:accounts_decision_changelist"),
            "post" if decision.is_about_post else "comment",
            decision.target_id,
            _("All decisions"),
        )

    def get_queryset(self, request: HttpRequest) -> DecisionQuerySet:
        return Decision.objects.visible_to(request.user).with_pages()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        export = path("export/", view, name="accounts_decision_export")
        return [export, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"export_query": request.GET.urlencode(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Send what the list shows with the same filters, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect("admin:accounts_decision_changelist")
        return send_sheet("decisions", _SHEET_HEADING, _sheet_rows(found))


def _person(name: str, page: str | None) -> str:
    if page is None:
        return name
    href = reverse("social:profile", args=[page])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', href, name)


def _link(decision_id: int, text: str) -> str:
    href = reverse("admin:accounts_decision_change", args=[decision_id])
    return format_html('<a href="{}">{}</a>', href, text)


def _written(before: dict[str, Any]) -> str:
    return json.dumps(before, ensure_ascii=False) if before else ""


def _sheet_rows(decisions: Any) -> Iterator[list[object]]:
    """Walk down by id: no statement runs long, and no more is held than one step."""
    last = None
    while True:
        below = decisions if last is None else decisions.filter(pk__lt=last)
        step = list(below.order_by("-pk")[:_SENT_AT_ONCE])
        yield from map(_sheet_row, step)
        if len(step) < _SENT_AT_ONCE:
            return
        last = step[-1].pk


def _sheet_row(decision: Decision) -> list[object]:
    text = decision.target_id or ""
    return [
        decision.pk,
        decision.created_at.isoformat(timespec="seconds"),
        decision.get_kind_display(),
        decision.actor_name,
        decision.member_name,
        text if decision.is_about_post else "",
        text if decision.is_about_comment else "",
        decision.reason,
        _written(decision.before),
        decision.batch,
        decision.undoes_id or "",
        decision.undone_by.pk if decision.is_undone else "",
    ]
