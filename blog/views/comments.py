"""What people do with their comments."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import MemberRequest
from blog import permissions, services
from blog.edit_forms import CommentEditForm
from blog.models import Comment, Post
from flasky_site.lib.pagination import last_page

from .editing import TextEditView


class CommentEditView(TextEditView):
    template_name = "blog/comment_edit.html"
    form_class = CommentEditForm

    @cached_property
    def text(self) -> Comment:
        comments = Comment.objects.visible_to(self.request.user)
        comment: Comment = get_object_or_404(
            comments.select_related("author", "post"), pk=self.kwargs["comment_id"]
        )
        if not permissions.can_edit_comment(self.request.user, comment):
            raise PermissionDenied
        return comment

    def save_text(self, *, body: str, seen: str | None) -> Comment:
        return services.edit_comment(
            comment=self.text, body=body, seen=seen, actor=self.request.user
        )

    def leave(self) -> HttpResponse:
        messages.success(
            self.request, _("The comment is saved."), extra_tags=CommentEditForm.form_id
        )
        return redirect(_page_with(self.text, fragment=f"comment-{self.text.pk}"))


@require_safe
def comment_detail(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to a comment in its thread, on whatever page that is by now.

    One that is deleted has no place there: moderators find it on the desk.
    """
    comments = Comment.objects.visible_to(request.user)
    comment: Comment = get_object_or_404(comments.select_related("post"), pk=comment_id)
    if comment.is_deleted:
        return redirect("admin:blog_comment_change", comment.pk)
    return redirect(_page_with(comment, fragment=f"comment-{comment.pk}"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_comment(request: MemberRequest, comment_id: int) -> HttpResponse:
    """Ask, and do it when the answer is sent."""
    visible = Comment.objects.visible_to(request.user)
    # One's own that is deleted already too, so that doing it twice is harmless.
    comments = visible | Comment.objects.by(request.user)
    comment: Comment = get_object_or_404(
        comments.select_related("author", "post"), pk=comment_id
    )
    if not permissions.can_delete_comment(request.user, comment):
        raise PermissionDenied
    if request.method == "POST":
        services.delete_comment(comment=comment, actor=request.user)
    elif not comment.is_deleted:
        return render(request, "blog/comment_delete.html", {"comment": comment})
    messages.success(request, _("The comment is deleted."))
    # The post above one's own comment may be out of sight by now.
    if not Post.objects.visible_to(request.user).filter(pk=comment.post_id).exists():
        return redirect("social:home")
    return redirect(_page_with(comment, fragment="comments"))


def _page_with(comment: Comment, *, fragment: str) -> str:
    """Return the address of the page of the thread where a comment is, or was."""
    place = Comment.objects.place_of(comment)
    number = last_page(place, settings.COMMENTS_PER_PAGE)
    return f"{comment.post.get_absolute_url()}?page={number}#{fragment}"
