"""What moderators do beside what they read, and the page of what is new."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from accounts.decision_forms import ReasonForm
from accounts.decorators import MemberRequest, want_password
from accounts.models import Decision
from accounts.services import Ruling
from blog import services
from blog.models import Comment, Post
from flasky_site.lib.cursors import parse_id
from flasky_site.lib.htmx import is_htmx, refresh_page, render_part
from flasky_site.lib.http import previous_page, signed_out
from flasky_site.lib.undoing import undo_tag


class RuleView(PermissionRequiredMixin, View):
    """Asks why, and does it when the answer is sent."""

    http_method_names = ["get", "head", "post", "options"]
    permission_required = "blog.moderate"

    model: ClassVar[Any]
    service: ClassVar[Any]
    # What the service calls the texts.
    argument: ClassVar[str]
    question: ClassVar[Any]
    button: ClassVar[Any]
    is_dangerous = False
    done: ClassVar[Any]

    @cached_property
    def text(self) -> Any:
        texts = self.model.objects.visible_to(self.request.user).filter(deleted_at=None)
        return get_object_or_404(
            texts.select_related("author"), pk=self.kwargs["text_id"]
        )

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override]
        if self.request.method == "POST" and not self.request.user.is_authenticated:
            return signed_out(self.request)
        return super().handle_no_permission()

    def get(self, request: MemberRequest, text_id: int) -> HttpResponse:
        return self._ask(ReasonForm())

    def post(self, request: MemberRequest, text_id: int) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        ruling = Ruling(actor=request.user, **form.cleaned_data)
        is_done = self.service(ruling=ruling, **{self.argument: [self.text]})
        if is_htmx(request) and "in_list" in request.POST:
            return self._show_in_list(ruling if is_done else None)
        if is_done:
            tag = undo_tag(reverse("blog:undo", args=[ruling.batch]))
            messages.success(request, self.done, extra_tags=tag)
        else:
            messages.info(request, _("Somebody has done this already."))
        if is_htmx(request):
            return refresh_page()
        return redirect(self.text)

    def _ask(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "text": self.text,
            "view": self,
            "action": self.request.path,
            "in_list": "in_list" in (self.request.GET or self.request.POST),
        }
        return render_part(
            self.request,
            page="blog/ruling.html",
            part="blog/_ruling.html",
            context=context,
            status=status,
        )

    def _show_in_list(self, ruling: Ruling | None) -> HttpResponse:
        """Answer htmx with the text as it stands in the list now."""
        del self.text
        part = "blog/_moderated.html"
        context = {"text": self.text, "ruling": ruling, "is_answer": True}
        response = render_part(self.request, page=part, part=part, context=context)
        response["HX-Retarget"] = f"#moderated-{self.text.kind}-{self.text.pk}"
        return response


class HidePostView(RuleView):
    model, argument = Post, "posts"
    service = staticmethod(services.hide_posts)
    question = gettext_lazy("Hide this post?")
    button = gettext_lazy("Hide the post")
    done = gettext_lazy("The post is hidden.")
    is_dangerous = True


class RestorePostView(RuleView):
    model, argument = Post, "posts"
    service = staticmethod(services.restore_posts)
    question = gettext_lazy("Restore this post?")
    button = gettext_lazy("Restore the post")
    done = gettext_lazy("The post is public again.")


class DisableCommentView(RuleView):
    model, argument = Comment, "comments"
    service = staticmethod(services.disable_comments)
    question = gettext_lazy("Disable this comment?")
    button = gettext_lazy("Disable the comment")
    done = gettext_lazy("The comment is disabled.")
    is_dangerous = True


class EnableCommentView(RuleView):
    model, argument = Comment, "comments"
    service = staticmethod(services.enable_comments)
    question = gettext_lazy("Enable this comment?")
    button = gettext_lazy("Enable the comment")
    done = gettext_lazy("Everybody can read the comment again.")


@login_required
@permission_required("blog.moderate", raise_exception=True)
@require_POST
def undo(request: MemberRequest, batch: UUID) -> HttpResponse:
    """Take back all that was decided by one press on a button."""
    decisions = list(Decision.objects.visible_to(request.user).filter(batch=batch))
    if not decisions:
        raise Http404
    if any(decision.is_administrative for decision in decisions):
        # As when it was decided: taking a role back gives another one.
        want_password(request)
    ruling = Ruling(actor=request.user, reason=_("Taken back."), undoes=decisions)
    undone = services.undo_decisions(ruling=ruling, decisions=decisions)
    if undone:
        messages.success(request, _("It is taken back."))
    if len(undone) < len(decisions):
        text = _("What was decided again or deleted since then stays as it is.")
        messages.info(request, text)
    return redirect(previous_page(request) or "blog:moderate")


@login_required
@permission_required("blog.moderate", raise_exception=True)
@require_safe
def moderate(request: HttpRequest) -> HttpResponse:
    """Show the newest posts and comments in one list, whatever their state."""
    size = settings.MODERATED_PER_PAGE
    posts = _newest(Post.objects.with_author(), request.GET, "post", size + 1)
    comments = _newest(Comment.objects.with_author(), request.GET, "comment", size + 1)
    newest_first = merge(posts, comments, key=attrgetter("created_at"), reverse=True)
    texts = list(islice(newest_first, size + 1))
    context = {"texts": texts[:size], "older": ""}
    if len(texts) > size:
        context["older"] = _older(request.GET, texts[:size])
    return render_part(
        request,
        page="blog/moderate.html",
        part="blog/_moderated_list.html",
        context=context,
    )


def _newest(texts: Any, parameters: QueryDict, kind: str, count: int) -> Iterator[Any]:
    """Return the newest of ``texts`` below the id that the address names."""
    texts = texts.filter(deleted_at=None)
    if (mark := parse_id(parameters.get(kind))) is not None:
        texts = texts.filter(id__lt=mark)
    found: Iterator[Any] = iter(texts.order_by("-id")[:count])
    return found


def _older(parameters: QueryDict, shown: list[Post | Comment]) -> str:
    """Return the query of the next page: the last id of each kind that was shown."""
    query = parameters.copy()
    for text in shown:
        query[text.kind] = str(text.pk)
    return query.urlencode()
