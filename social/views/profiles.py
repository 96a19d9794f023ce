"""A member's page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.decorators import person_page
from accounts.models import User
from blog.models import Post
from flasky_site.lib.decorators import kept_for_visitors
from flasky_site.lib.htmx import render_part
from flasky_site.lib.pagination import Page
from social.rows import rows_of


@require_safe
@kept_for_visitors("page")
@person_page
def profile(request: HttpRequest, person: User) -> HttpResponse:
    page = Page.of(request.GET, total=person.post_count, size=settings.POSTS_PER_PAGE)
    posts = Post.objects.public().on_page_of(person, page)
    [row] = rows_of(request.user, [(person, person.date_joined)])
    context = {"person": person, "row": row, "posts": posts, "page": page}
    return render_part(
        request,
        page="social/profile.html",
        part="social/_profile_posts.html",
        context=context,
    )
