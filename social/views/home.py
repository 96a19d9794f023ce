"""The home page: the composer and the posts of everybody, or of those one follows."""

from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from accounts.models import User
from blog import services
from blog.forms import PostForm
from blog.models import Post
from blog.permissions import can_create_post
from blog.reads import read_blocks, read_posts
from flasky_site.lib.cursors import Cursor, Stretch
from flasky_site.lib.decorators import kept_for_visitors
from flasky_site.lib.htmx import is_htmx, refresh_page, render_part
from flasky_site.lib.http import signed_out
from flasky_site.lib.pagination import Page
from social.tabs import remember_tab, shows_followed
from social.timelines import newest_post_id, read_timeline, suggest_people


@method_decorator(kept_for_visitors("page"), name="dispatch")
class HomeView(View):
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(PostForm() if can_create_post(request.user) else None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PostForm(request.POST)
        if not request.user.is_authenticated:
            return signed_out(request)
        if not can_create_post(request.user):
            raise PermissionDenied
        if not form.is_valid():
            return self._show(form, status=422)
        if form.is_preview:
            return self._show(form)
        services.create_post(author=request.user, **form.cleaned_data)
        # The tag tells the browser whose text it need not keep any more.
        messages.success(request, _("Your post is published."), extra_tags=form.form_id)
        return redirect("social:home")

    def _show(self, form: PostForm | None, status: int = 200) -> HttpResponse:
        if not shows_followed(self.request):
            return self._show_all({"form": form}, status)
        if is_htmx(self.request):
            # The pager of a page that was opened before the tab was changed elsewhere.
            return refresh_page()
        return self._show_followed({"form": form}, status)

    def _show_all(self, context: dict[str, Any], status: int) -> HttpResponse:
        blocks = read_blocks()
        total = sum(count for _block, count in blocks)
        page = Page.of(self.request.GET, total=total, size=settings.POSTS_PER_PAGE)
        posts = read_posts(page, blocks)
        context |= {"tab": "all", "posts": posts, "page": page, "newest": None}
        if page.number == 1:
            context["newest"] = posts[0].pk if posts else 0
        return render_part(
            self.request,
            page="social/home.html",
            part="social/_home_posts.html",
            context={**context, "is_turned": is_htmx(self.request)},
            status=status,
        )

    def _show_followed(self, context: dict[str, Any], status: int) -> HttpResponse:
        member = cast(User, self.request.user)
        cursor, newest = Cursor.of(self.request.GET), newest_post_id()
        stretch = read_timeline(
            member, cursor, size=settings.POSTS_PER_PAGE, newest=newest
        )
        # What was typed is given back wherever that was.
        if is_home(cursor, stretch) and status == HTTPStatus.OK:
            return redirect("social:home")
        context |= {"tab": "followed", "posts": stretch.rows, "stretch": stretch}
        context |= {"newest": None, "suggestions": None}
        if cursor.is_first:
            context["newest"] = newest
            if not stretch.rows or not member.following_count:
                context["suggestions"] = suggest_people(member)
        return render(self.request, "social/home.html", context, status=status)


def is_home(cursor: Cursor, stretch: Stretch[Post]) -> bool:
    """Say whether a page that was asked for by its place is the first one, or none.

    The first page has one address, and is always a full one.
    """
    if cursor.is_first:
        return False
    return not stretch.rows or not stretch.has_newer


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    response = redirect("social:home")
    if request.user.is_authenticated:
        remember_tab(response, followed=False)
    return response


@require_safe
@login_required
def show_followed(request: HttpRequest) -> HttpResponse:
    response = redirect("social:home")
    remember_tab(response, followed=True)
    return response
