"""How views find what the caller may see; Http404 where there is no such thing."""

from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from accounts.models import User
from blog.models import Comment, Post


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
    try:
        return _public(model).get(pk=text_id)
    except ObjectDoesNotExist:
        if not request.user.is_authenticated:
            raise Http404 from None
    visible: Any = model.objects.visible_to(request.user).with_source()
    return get_object_or_404(visible, pk=text_id)


@cache
def _public(model: type[Post | Comment]) -> Any:
    """Return the query from which each look-up goes on: putting it together takes as
    long as its answer.
    """
    return model.objects.public().with_source()
