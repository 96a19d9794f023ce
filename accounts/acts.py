"""What can be decided on the desk about rows of a list, and how each act is asked for.

One mechanism for all: ``Act`` says what is done, ``ActsAdmin`` shows what would change,
asks why, and makes one call of a service.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.decision_forms import ReasonForm
from accounts.decorators import MemberRequest, want_password
from accounts.models import Decision, User
from accounts.services import Ruling
from flasky_site.lib.desk_lists import DeskPageAdmin, ids_from
from flasky_site.lib.errors import DomainError
from flasky_site.lib.undoing import undo_tag

# The page of an act lists every row, and the act is one transaction.
DECIDED_AT_MOST = 500


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that is decided about one row or many."""

    # Its word in addresses, and what the list and the button call it.
    slug: str
    label: Any
    # Takes ``ruling``, the rows by the name of ``argument``, and what else the form
    # asks for; returns what it wrote into the record.
    service: Callable[..., Sequence[Decision]]
    argument: str
    # The service's own rule: says in words why a row would stay as it is, whoever of
    # the members decides; "" when it would change.
    why_not: Callable[[Any, User], str]
    # What was done, for a number of rows.
    done: Any
    # The ids of those whom the service would not let go, of all that would change.
    needed: Callable[[Iterable[Any]], set[int]] = lambda rows: set()
    form_class: type[ReasonForm] = ReasonForm
    permission: str = "blog.moderate"
    is_dangerous: bool = False
    is_undoable: bool = True

    def why_kept(self, rows: Sequence[Any], actor: User, rank: int) -> dict[int, str]:
        """Return by id why some of ``rows`` would stay; ``rank`` is the actor's."""
        why: dict[int, str] = {}
        for row in rows:
            if reason := self.why_not(row, actor):
                why[row.pk] = reason
            elif roles.rank_of(row.role) > rank:
                why[row.pk] = _("a higher role than yours")
        needed = self.needed(row for row in rows if row.pk not in why)
        return {**why, **dict.fromkeys(needed, _("nobody else could administer"))}

    def count(self, decisions: Sequence[Decision]) -> int:
        """Return how many rows were changed, to go by what the service recorded."""
        if self.argument != "members":
            return len(decisions)
        # A suspension may hide many posts by the way.
        return len({decision.member_id for decision in decisions})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What would become of the rows that somebody chose."""

    rows: list[Any]
    # Rows with the reason why they stay as they are.
    kept: list[tuple[Any, str]]
    # How many were chosen that are not there.
    gone: int

    def left_alone(self, *, overtaken: int) -> str:
        """Say how many stay as they are, and why; "" when none does.

        ``overtaken`` are those whom somebody else was faster to change.
        """
        reasons = list(dict.fromkeys(why for _row, why in self.kept))
        if self.gone:
            reasons.append(_("not there any more"))
        if overtaken:
            reasons.append(_("somebody was faster"))
        count = len(self.kept) + self.gone + overtaken
        text = ngettext(
            "%(count)d was left alone: %(why)s.",
            "%(count)d were left alone: %(why)s.",
            count,
        )
        return text % {"count": count, "why": ", ".join(reasons)} if count else ""


class ActsAdmin(DeskPageAdmin):
    """Offers ``acts`` in the list and on an address of their own.

    Rows come with ``role``, the role of the member whom an act would concern.
    """

    acts: ClassVar[tuple[Act, ...]]

    def describe(self, row: Any) -> dict[str, Any]:
        """Return what the page of an act says of ``row``."""
        return {"row": row, "href": self._named("change", row.pk)}

    def get_urls(self) -> list[URLPattern]:
        meta = self.opts
        name = f"{meta.app_label}_{meta.model_name}_act"
        view = self.admin_site.admin_view(self.act_view)
        return [path("act/<slug:slug>/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the acts alone: nobody deletes rows here."""
        return {
            act.slug: (self._ask_from_list(act), act.slug, act.label)
            for act in self.allowed_acts(request)
        }

    def allowed_acts(self, request: HttpRequest) -> list[Act]:
        return [act for act in self.acts if request.user.has_perm(act.permission)]

    def offers(self, request: MemberRequest, row: Any) -> list[dict[str, Any]]:
        """Return the acts that would change ``row``, with their addresses."""
        rank = self._rank(request)
        return [
            {"act": act, "href": f"{self._named('act', act.slug)}?id={row.pk}"}
            for act in self.allowed_acts(request)
            if not act.why_kept([row], request.user, rank)
        ]

    def act_view(self, request: MemberRequest, slug: str) -> HttpResponse:
        act = next((one for one in self.acts if one.slug == slug), None)
        if act is None:
            raise Http404
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        ids = ids_from(asked.getlist("id"))[:DECIDED_AT_MOST]
        if request.method != "POST":
            return self._ask(request, act, ids, act.form_class())
        if act.permission == "accounts.administer":
            want_password(request)
        return self._do(request, act, ids)

    def _ask_from_list(self, act: Act) -> Callable[..., HttpResponse | None]:
        def ask(_admin: Any, request: Any, queryset: Any) -> HttpResponse | None:
            if request.POST.get("select_across") == "1":
                ids = list(queryset.values_list("pk", flat=True)[: DECIDED_AT_MOST + 1])
            else:
                ids = ids_from(request.POST.getlist(ACTION_CHECKBOX_NAME))
            if len(ids) <= DECIDED_AT_MOST:
                return self._ask(request, act, ids, act.form_class())
            text = _("At most %d can be decided about at once. Filter the list first.")
            self.message_user(request, text % DECIDED_AT_MOST, messages.WARNING)
            return None

        return ask

    def _ask(
        self,
        request: MemberRequest,
        act: Act,
        ids: Sequence[int],
        form: ReasonForm,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponse:
        choice = self._choose(request, act, ids)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.label,
            "act": act,
            "form": form,
            "address": self._named("act", act.slug),
            "back": self._back(request),
            "rows": [self.describe(row) for row in choice.rows],
            "kept": [(self.describe(row), why) for row, why in choice.kept],
            "gone": choice.gone,
        }
        return TemplateResponse(request, "admin/act.html", context, status=status)

    def _choose(self, request: MemberRequest, act: Act, ids: Sequence[int]) -> Choice:
        found = self.get_rows(request).in_bulk(ids)
        rows = [found[pk] for pk in ids if pk in found]
        why = act.why_kept(rows, request.user, self._rank(request))
        return Choice(
            rows=[row for row in rows if row.pk not in why],
            kept=[(row, why[row.pk]) for row in rows if row.pk in why],
            gone=len(ids) - len(rows),
        )

    def _do(self, request: MemberRequest, act: Act, ids: Sequence[int]) -> HttpResponse:
        form = act.form_class(request.POST)
        if not form.is_valid():
            return self._ask(request, act, ids, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        asked = {**form.cleaned_data}
        ruling = Ruling(actor=request.user, reason=asked.pop("reason"))
        choice = self._choose(request, act, ids)
        try:
            decisions = act.service(
                ruling=ruling, **{act.argument: choice.rows}, **asked
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self._ask(request, act, ids, form, HTTPStatus.CONFLICT)
        if count := act.count(decisions):
            tag = undo_tag(reverse("blog:undo", args=[ruling.batch]))
            tags = tag if act.is_undoable else ""
            messages.success(request, act.done % count, extra_tags=tags)
        if left := choice.left_alone(overtaken=len(choice.rows) - count):
            messages.warning(request, left)
        return redirect(self._back(request))

    def _rank(self, request: HttpRequest) -> int:
        own = User.objects.with_role().get(pk=request.user.pk)
        return roles.rank_of(own.role)

    def _back(self, request: HttpRequest) -> str:
        """Return where to go on: what the form says, the page before, or the list."""
        if request.method == "POST" and "back" in request.POST:
            back = request.POST["back"]
        elif "id" in request.GET:
            back = request.headers.get("Referer", "")
        else:
            back = request.get_full_path()
        is_ours = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, require_https=request.is_secure()
        )
        return back if is_ours else self._named("changelist")

    def _named(self, view: str, *arguments: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=arguments)
