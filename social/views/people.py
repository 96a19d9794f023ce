"""Lists of people: who follows whom, and everybody."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import person_page
from accounts.models import User
from flasky_site.lib.cursors import Cursor, Stretch
from flasky_site.lib.decorators import kept_for_visitors
from flasky_site.lib.htmx import render_part
from flasky_site.lib.pagination import Page
from social.forms import PeopleSearchForm
from social.models import Follow
from social.rows import PersonRow, rows_of


@require_safe
@kept_for_visitors("page")
@person_page
def follower_list(request: HttpRequest, person: User) -> HttpResponse:
    follows = Follow.objects.filter(followed=person)
    page = _page(request, person.follower_count)
    found = follows.on_page(page, of="follower")
    rows = rows_of(request.user, ((each.follower, each.created_at) for each in found))
    return _show(request, "social/follower_list.html", person, page, rows)


@require_safe
@kept_for_visitors("page")
@person_page
def following_list(request: HttpRequest, person: User) -> HttpResponse:
    follows = Follow.objects.filter(follower=person)
    page = _page(request, person.following_count)
    found = follows.on_page(page, of="followed")
    rows = rows_of(request.user, ((each.followed, each.created_at) for each in found))
    return _show(request, "social/following_list.html", person, page, rows)


def _page(request: HttpRequest, total: int) -> Page:
    return Page.of(request.GET, total=total, size=settings.PEOPLE_PER_PAGE)


def _show(
    request: HttpRequest,
    template: str,
    person: User,
    page: Page,
    rows: list[PersonRow],
) -> HttpResponse:
    # They keep their places, so that pages and counts agree.
    unseen = max(0, page.count - len(rows))
    context = {"person": person, "page": page, "rows": rows, "unseen": unseen}
    return render_part(
        request, page=template, part="social/_person_list.html", context=context
    )


@require_safe
@kept_for_visitors("before")
def person_list(request: HttpRequest) -> HttpResponse:
    """Show the newest members, or those whose name begins as somebody typed."""
    if not request.GET.get("q", "").strip():
        cursor = Cursor.of(request.GET)
        found = cursor.beyond(User.objects.public().with_row())
        people = list(found[: settings.PEOPLE_PER_PAGE + 1])
        stretch = Stretch.of(cursor, people, settings.PEOPLE_PER_PAGE)
        return _show_people(
            request, PeopleSearchForm(), list(stretch.rows), stretch=stretch
        )
    form = PeopleSearchForm(request.GET)
    if not form.is_valid():
        return _show_people(request, form, [], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wanted = form.cleaned_data["q"]
    return _show_people(request, form, _found(wanted), wanted=wanted)


def _show_people(
    request: HttpRequest,
    form: PeopleSearchForm,
    people: list[User],
    status: int = HTTPStatus.OK,
    **said: str | Stretch[User],
) -> HttpResponse:
    """Show a page of ``people``; one more than fits says that there are more."""
    shown = people[: settings.PEOPLE_PER_PAGE]
    context = {
        "form": form,
        "rows": rows_of(request.user, ((each, each.date_joined) for each in shown)),
        "has_more": len(people) > len(shown),
        **said,
    }
    return render(request, "social/people.html", context, status=status)


def _found(text: str) -> list[User]:
    """Return those found by their username first.

    Each index is asked by itself: for an OR the database may read all members.
    """
    people, count = User.objects.public().with_row(), settings.PEOPLE_PER_PAGE + 1
    found = [
        person
        for field in ("username", "name")
        for person in people.beginning_with(text, field=field)[:count]
    ]
    return list(dict.fromkeys(found))[:count]
