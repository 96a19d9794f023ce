import pytest

from accounts.models import User
from bench import loading
from bench.dataset import Dataset
from blog.models import Comment, Post
from social.models import Follow

MOMENT = "2024-01-01T10:00:00"


def member(number, role="User"):
    texts = dict.fromkeys(("name", "location", "about_me"), "Somewhere.")
    return {
        "id": number,
        "username": f"user{number}",
        "email": f"user{number}@example.com",
        "member_since": MOMENT,
        "role": role,
        **texts,
    }


def comment(number, *, disabled):
    return {
        "id": number,
        "post_id": 7,
        "author_id": 2,
        "timestamp": MOMENT,
        "body": "Said *so*.",
        "disabled": disabled,
    }


@pytest.fixture
def loaded(db):
    post = {"id": 7, "author_id": 1, "timestamp": f"{MOMENT}+00:00", "body": "**Hi**"}
    follow = {"follower_id": 1, "followed_id": 2, "timestamp": MOMENT}
    data = Dataset(
        "made here",
        users=[member(1, "Moderator"), member(2)],
        posts=[post],
        comments=[comment(1, disabled=False), comment(2, disabled=True)],
        follows=[follow],
    )
    loading.fill(data)
    return data


class TestFill:
    def test_renders_and_counts(self, loaded):
        post = Post.objects.get(pk=7)

        assert post.body_html == "<p><strong>Hi</strong></p>\n"
        assert (post.thread_length, post.comment_count) == (2, 1)
        assert User.objects.get(pk=2).follower_count == 1
        assert Follow.objects.get().created_at.isoformat() == f"{MOMENT}+00:00"

    def test_keeps_roles_and_what_was_disabled(self, loaded):
        assert User.objects.get(pk=1).is_staff
        assert Comment.objects.get(pk=2).is_disabled

    def test_lets_tidying_begin_ids_behind_those_that_are_there(self, loaded):
        loading.reset_ids()

        assert Post.objects.create(author_id=1, body="More").pk > 7


class TestPages:
    def test_are_all_answered_for_who_asks(self, loaded, monkeypatch):
        monkeypatch.setattr(loading, "READER", 2)
        monkeypatch.setattr(loading, "SHOWN", 1)

        for name, path, headers in loading.pages(loaded):
            assert loading.readers.ask(path, headers).status_code == 200, name
