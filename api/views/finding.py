"""How views find what the caller may see; Http404 where there is no such thing."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from accounts.models import User
from blog.models import Comment, Post
from flasky_site.lib.prepared import prepared


def find_person(request: Request, user_id: int) -> User:
    person: User = get_object_or_404(
        User.objects.visible_to(request.user).defer("password"), pk=user_id
    )
    return person


def people_named(request: Request, username: str) -> Any:
    """Return the one who is called that in any case, or nobody, as a queryset."""
    return User.objects.visible_to(request.user).named(username)


def only_id(people: Any) -> Subquery:
    """Return the id of the one of ``people``, to be found where it is asked for."""
    return Subquery(people.order_by().values("pk")[:1])


def find_post(request: Request, post_id: int) -> Post:
    post: Post = _find_text(request, Post, post_id)
    return post


def find_comment(request: Request, comment_id: int) -> Comment:
    """Return a comment whose text the caller may read."""
    comment: Comment = _find_text(request, Comment, comment_id)
    return comment


def _find_text(request: Request, model: type[Post | Comment], text_id: int) -> Any:
    """Look among what is public first: that needs not know what the caller may do."""
    if found := _public(text_id, model=model):
        return found[0]
    if not request.user.is_authenticated:
        raise Http404
    visible: Any = model.objects.visible_to(request.user).with_source()
    return get_object_or_404(visible, pk=text_id)


@prepared
def _public(text_id: int, *, model: type[Post | Comment]) -> "QuerySet[Any]":
    return model.objects.public().with_source().filter(pk=text_id)
