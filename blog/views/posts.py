"""One post with what was said about it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Comment, Post
from flasky_site.lib.pagination import Page


@require_safe
def post_detail(request: HttpRequest, post_id: int) -> HttpResponse:
    posts = Post.objects.visible_to(request.user).select_related("author")
    post = get_object_or_404(posts, pk=post_id)
    page = Page.of(
        request.GET,
        total=post.thread_length,
        size=settings.COMMENTS_PER_PAGE,
        fragment="comments",
    )
    comments = Comment.objects.in_thread(post, page).with_readable_html(request.user)
    context = {"post": post, "comments": comments, "page": page}
    return render(request, "blog/post_detail.html", context)
