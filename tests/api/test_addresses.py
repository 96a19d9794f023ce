"""Who gets what at which address of the API, by method. All acts need a row here."""

import pytest
from django.urls import URLPattern

from accounts import roles
from accounts.models import User
from api.urls import addresses
from blog.models import Comment, Post
from tests.api.client import ApiClient
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.factories.tokens import token_of

# An id that no sequence reaches, of the owner and of what they wrote.
OWNER = THING = 1_000_000
ROLES = ["stranger", "newcomer", "suspended", "user", "owner", "moderator", "admin"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

# What each of ROLES gets, in their order. The thing belongs to the owner.
OPEN = [200, 403, 403, 200, 200, 200, 200]
PRIVATE = [401, 403, 403, 200, 200, 200, 200]
WRITE = [401, 403, 403, 201, 201, 201, 201]
EDIT = [401, 403, 403, 403, 200, 403, 200]
DELETE = [401, 403, 403, 403, 204, 403, 204]
MODERATE = [401, 403, 403, 403, 403, 200, 200]
# A token makes no token, and reaches nobody else's.
NO_TOKEN = [401, 403, 403, 403, 403, 403, 403]
NOT_YOURS = [401, 403, 403, 404, 204, 404, 404]
OWN = [401, 403, 403, 403, 200, 403, 403]
NOT_SO = [405] * len(ROLES)

TABLE = {
    ("root", "GET"): OPEN,
    ("user_list", "GET"): OPEN,
    ("me", "GET"): PRIVATE,
    ("me", "PATCH"): PRIVATE,
    ("user", "GET"): OPEN,
    ("user_posts", "GET"): OPEN,
    ("timeline", "GET"): OWN,
    ("followers", "GET"): OPEN,
    ("following", "GET"): OPEN,
    # Nobody follows themselves.
    ("follow", "PUT"): [401, 403, 403, 204, 409, 204, 204],
    ("follow", "DELETE"): [401, 403, 403, 204, 204, 204, 204],
    ("post_list", "GET"): OPEN,
    ("post_list", "POST"): WRITE,
    ("post", "GET"): OPEN,
    ("post", "PUT"): EDIT,
    ("post", "PATCH"): EDIT,
    ("post", "DELETE"): DELETE,
    ("post_comments", "GET"): OPEN,
    ("post_comments", "POST"): WRITE,
    ("post_hide", "POST"): MODERATE,
    ("post_restore", "POST"): MODERATE,
    ("comment_list", "GET"): OPEN,
    ("comment", "GET"): OPEN,
    ("comment", "PUT"): EDIT,
    ("comment", "PATCH"): EDIT,
    ("comment", "DELETE"): DELETE,
    ("comment_disable", "POST"): MODERATE,
    ("comment_enable", "POST"): MODERATE,
    ("token_list", "GET"): PRIVATE,
    ("token_list", "POST"): NO_TOKEN,
    ("token", "DELETE"): NOT_YOURS,
}
BODIES = {
    "me": {"name": "New"},
    "post_hide": {"reason": "Spam"},
    "post_restore": {"reason": "Spam"},
    "comment_disable": {"reason": "Spam"},
    "comment_enable": {"reason": "Spam"},
    "token_list": {"name": "New", "scopes": ["read"]},
}


def routes():
    """Return name, path and methods of each address that viewsets answer."""
    for pattern in addresses:
        actions = getattr(pattern.callback, "actions", None)
        if isinstance(pattern, URLPattern) and pattern.name and actions:
            methods = {method.upper() for method in actions} - {"HEAD"}
            yield pattern.name, str(pattern.pattern), methods


@pytest.fixture
def people(db):
    made = {
        "newcomer": UserFactory(unconfirmed=True),
        "suspended": UserFactory(suspended=True),
        "user": UserFactory(),
        "owner": UserFactory(id=OWNER),
        "moderator": UserFactory(role=roles.MODERATOR),
        "admin": UserFactory(role=roles.ADMINISTRATOR),
    }
    clients = {
        role: ApiClient(f"Bearer {token_of(user)[1]}") for role, user in made.items()
    }
    return {"stranger": ApiClient(), **clients}


@pytest.fixture
def things(people):
    """Make what the owner wrote, and renew it; return what a path is filled with."""

    owner = User.objects.get(pk=OWNER)
    CommentFactory(id=THING, author=owner, post=PostFactory(id=THING, author=owner))

    def renew():
        Post.objects.filter(pk=THING).update(deleted_at=None, is_hidden=False)
        Comment.objects.filter(pk=THING).update(deleted_at=None, is_disabled=False)
        return {
            "<int:user_id>": str(OWNER),
            "<int:post_id>": str(THING),
            "<int:comment_id>": str(THING),
            "<int:token_id>": str(token_of(owner)[0].pk),
        }

    return renew


class TestAddresses:
    def test_all_have_a_row_for_each_act(self):
        acts = {
            (name, method) for name, _path, methods in routes() for method in methods
        }

        assert acts == set(TABLE)

    @pytest.mark.parametrize(("name", "path"), [route[:2] for route in routes()])
    @pytest.mark.parametrize("method", METHODS)
    def test_answer_each_role_as_the_table_says(
        self, name, path, method, people, things
    ):
        expected = TABLE.get((name, method), NOT_SO)
        found = []
        for role in ROLES:
            filled = path
            for gap, value in things().items():
                filled = filled.replace(gap, value)
            content = BODIES.get(name, {"body": "New"})
            found.append(people[role].send(method, filled, content).status_code)

        assert found == expected
