"""One post with what was said about it, and what its author does with it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import MemberRequest
from blog import permissions, services
from blog.edit_forms import PostEditForm
from blog.forms import CommentForm
from blog.models import Comment, Post
from blog.rulings import tell_why
from flasky_site.lib.decorators import kept_for_visitors
from flasky_site.lib.errors import DomainError
from flasky_site.lib.htmx import is_htmx, render_part
from flasky_site.lib.http import signed_out, typed_fields, wants_json
from flasky_site.lib.pagination import Page

from .editing import TextEditView


@method_decorator(kept_for_visitors("page"), name="dispatch")
class PostDetailView(View):
    """One post, where those who may comment do so."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, post_id: int) -> HttpResponse:
        return self._show(self._find(post_id), is_turned=is_htmx(request))

    def post(self, request: HttpRequest, post_id: int) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request)
        post = self._find(post_id)
        if not request.user.has_perm("blog.add_comment"):
            raise PermissionDenied
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self._show(post, form=form, status=422)
        if form.is_preview:
            return self._show(post, form=form)
        try:
            comment = services.create_comment(
                author=request.user, post=post, **form.cleaned_data
            )
        except DomainError as error:
            return self._refuse(post_id, error)
        return self._show_new(comment)

    def _find(self, post_id: int) -> Post:
        posts = Post.objects.visible_to(self.request.user).with_neighbours()
        post: Post = get_object_or_404(posts.select_related("author"), pk=post_id)
        return post

    def _show_new(self, comment: Comment) -> HttpResponse:
        """Go to a new comment on the last page, or bring htmx that page."""
        address = f"{comment.post.get_absolute_url()}?page=-1#comment-{comment.pk}"
        if is_htmx(self.request):
            response = self._show(self._find(comment.post_id), is_published=True)
            response["HX-Push-Url"] = address
            response["HX-Reswap"] = f"outerHTML show:#comment-{comment.pk}:top"
            return response
        # The tag tells the browser which form's text need not be kept any more.
        messages.success(
            self.request,
            _("Your comment is published."),
            extra_tags=CommentForm.form_id,
        )
        return redirect(address)

    def _refuse(self, post_id: int, error: DomainError) -> HttpResponse:
        """Say what a rule forbids on the page as it is now, which may be none."""
        if wants_json(self.request):
            raise error
        post = self._find(post_id)
        return self._show(post, refusal=str(error), status=409)

    def _show(
        self,
        post: Post,
        *,
        form: CommentForm | None = None,
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        user = self.request.user
        page = Page.of(
            self.request.GET,
            total=post.thread_length,
            size=settings.COMMENTS_PER_PAGE,
            fragment="comments",
        )
        thread = Comment.objects.with_readable_html(user).on_page_of(post, page)
        comments = list(thread)
        tell_why(user, post, comments)
        if permissions.can_comment(user, post):
            context["form"] = form or CommentForm()
        else:
            context["typed"] = typed_fields(self.request)
        return render_part(
            self.request,
            page="blog/post_detail.html",
            part="blog/_thread.html",
            context={"post": post, "comments": comments, "page": page, **context},
            status=status,
        )


class PostEditView(TextEditView):
    template_name = "blog/post_edit.html"
    form_class = PostEditForm

    @cached_property
    def text(self) -> Post:
        posts = Post.objects.visible_to(self.request.user).select_related("author")
        post: Post = get_object_or_404(posts, pk=self.kwargs["post_id"])
        if not permissions.can_edit_post(self.request.user, post):
            raise PermissionDenied
        return post

    def save_text(self, *, body: str, seen: str | None) -> Post:
        return services.edit_post(
            post=self.text, body=body, seen=seen, actor=self.request.user
        )

    def leave(self) -> HttpResponse:
        messages.success(
            self.request, _("The post is saved."), extra_tags=PostEditForm.form_id
        )
        return redirect(self.text)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_post(request: MemberRequest, post_id: int) -> HttpResponse:
    """Ask, and do it when the answer is sent."""
    # One's own that is deleted already too, so that doing it twice is harmless.
    posts = Post.objects.visible_to(request.user) | Post.objects.by(request.user)
    post: Post = get_object_or_404(posts.select_related("author"), pk=post_id)
    if not permissions.can_delete_post(request.user, post):
        raise PermissionDenied
    if request.method == "POST":
        services.delete_post(post=post, actor=request.user)
    elif not post.is_deleted:
        return render(request, "blog/post_delete.html", {"post": post})
    messages.success(request, _("The post is deleted."))
    return redirect("social:home")


@login_required
@require_POST
def close_comments(request: MemberRequest, post_id: int) -> HttpResponse:
    post = _find_own(request, post_id)
    services.close_comments(post=post)
    messages.success(request, _("Nobody can comment on this post any more."))
    return redirect(post)


@login_required
@require_POST
def open_comments(request: MemberRequest, post_id: int) -> HttpResponse:
    post = _find_own(request, post_id)
    services.open_comments(post=post)
    messages.success(request, _("The post takes comments again."))
    return redirect(post)


def _find_own(request: MemberRequest, post_id: int) -> Post:
    post: Post = get_object_or_404(Post.objects.visible_to(request.user), pk=post_id)
    if not permissions.can_close_comments(request.user, post):
        raise PermissionDenied
    return post
