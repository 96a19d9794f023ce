"""A member's page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from blog.models import Post
from flasky_site.lib.pagination import Page


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    people = User.objects.visible_to(request.user)
    person = get_object_or_404(people.named(username))
    if person.username != username:
        return redirect(person, permanent=True)
    page = Page.of(request.GET, total=person.post_count, size=settings.POSTS_PER_PAGE)
    posts = Post.objects.public().by(person).on_page(page)
    context = {"person": person, "posts": posts, "page": page}
    return render(request, "social/profile.html", context)
