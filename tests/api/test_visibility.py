"""What is hidden shows nowhere: in no list, no count, no tag, on no route."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from social.models import Follow
from tests.api.test_addresses import routes
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.factories.tokens import token_of

MARK = "quicksilver"
QUERIES = ["", "?cursor=start", "?page_size=100&ordering=created_at"]
QUERIES += [f"?author={MARK}", "?since=2000-01-01T00:00:00Z"]


@pytest.fixture
def alice_wrote(alice):
    """Make what everybody sees; return how to add, marked, what nobody may."""
    post = PostFactory(id=1, author=alice)
    CommentFactory(id=1, post=post, author=alice)
    marked = {"body": f"**{MARK}**", "author": alice}

    def hide():
        gone = timezone.now()
        hidden = PostFactory(id=2, **marked, is_hidden=True)
        PostFactory(id=3, **marked, deleted_at=gone)
        CommentFactory(id=2, post=hidden, **marked)
        CommentFactory(id=4, post=post, **marked, deleted_at=gone)
        person = UserFactory(username=MARK, name=MARK, unconfirmed=True)
        Follow.objects.create(follower=person, followed=alice)

    return hide


def everything(client):
    """Yield address and content of all that can be read."""
    for _name, path, methods in routes():
        if "GET" not in methods:
            continue
        for number in "1234" if "<" in path else "1":
            filled = re.sub("<int:[a-z_]+>", number, path)
            for query in QUERIES if path.endswith("/") else [""]:
                content = client.get(f"/api/v1/{filled}{query}").content.decode()
                yield filled + query, content.replace(f"author={MARK}", "")


@pytest.mark.django_db
class TestWhatIsHidden:
    @pytest.mark.parametrize("caller", ["stranger", "bob"])
    def test_shows_nowhere(self, caller, alice_wrote, bob):
        alice_wrote()
        CommentFactory(id=3, post_id=1, body=f"**{MARK}**", is_disabled=True)
        # Without a look into the document for each of so many answers.
        secret = token_of(bob)[1]
        headers = {"Authorization": f"Bearer {secret}"} if caller == "bob" else {}

        for address, content in everything(Client(headers=headers)):
            assert MARK not in content, address
            # Nor is anybody's e-mail address, but one's own.
            assert "@" not in content or address == "users/me", address

    def test_changes_no_tag_and_no_count(self, alice_wrote, anybody, alice):
        texts = ["posts/", "comments/", "posts/1", "posts/1/comments/"]
        texts += ["posts/?author=alice", "comments/?cursor=start"]
        before = {path: anybody.get(path)["ETag"] for path in texts}

        alice_wrote()

        after = {path: anybody.get(path)["ETag"] for path in texts}
        assert before == after
