import re

import pytest

from accounts.gravatar import hash_address
from accounts.models import User
from accounts.templatetags.avatars import avatar
from tests.factories import CommentFactory, PostFactory

DIGEST = "0123456789abcdef" * 2


def attributes(tag):
    return dict(re.findall(r'([a-z]+)="([^"]*)"', tag))


class TestAvatar:
    def test_draws_without_asking_for_more(self):
        shown = attributes(avatar(User(id=7), 40))

        assert shown["src"] == "/avatar/7.svg?v=1"
        assert "srcset" not in shown

    @pytest.mark.parametrize(
        ("size", "source", "dense"),
        [(16, 32, 32), (32, 32, 64), (40, 64, 128), (48, 64, 128), (128, 128, 256)],
    )
    def test_shows_an_uploaded_picture_as_sharp_as_it_may_be(self, size, source, dense):
        shown = attributes(avatar(User(id=7, avatar=DIGEST), size))

        assert shown["src"] == f"/avatar/7/{DIGEST}-{source}.webp"
        assert shown.get("srcset") == (
            f"/avatar/7/{DIGEST}-{dense}.webp 2x" if dense != source else None
        )

    def test_asks_gravatar_where_that_is_switched_on(self, settings, alice):
        settings.AVATARS = "gravatar"

        shown = attributes(avatar(alice, 40))

        start = f"https://secure.gravatar.com/avatar/{alice.gravatar_hash}?s="
        rest = "&amp;d=identicon&amp;r=g"
        assert shown["src"] == f"{start}40{rest}"
        assert shown["srcset"] == f"{start}80{rest} 2x"

    @pytest.mark.parametrize("service", ["drawn", "gravatar"])
    @pytest.mark.parametrize("digest", ["", DIGEST])
    def test_always_has_its_size_and_an_alt(self, settings, service, digest):
        settings.AVATARS = service

        shown = attributes(avatar(User(id=7, avatar=digest), 40))

        assert (shown["width"], shown["height"]) == ("40", "40")
        assert shown["alt"] == ""

    def test_escapes_what_it_is_called(self):
        tag = avatar(User(id=7), 40, alt='"><script>')

        assert "<script>" not in tag


@pytest.mark.django_db
class TestAvatarOfGravatar:
    def test_makes_a_hash_that_is_missing_or_of_another_algorithm(
        self, settings, alice
    ):
        settings.AVATARS = "gravatar"
        settings.GRAVATAR_HASH = "md5"

        assert hash_address("alice@example.com") in avatar(alice, 40)

    def test_costs_lists_no_query_even_when_no_hash_is_stored(
        self, settings, client, django_assert_max_num_queries
    ):
        post = PostFactory()
        PostFactory.create_batch(4)
        CommentFactory.create_batch(5, post=post)
        for address in ("/", post.get_absolute_url()):
            with django_assert_max_num_queries(10) as drawn:
                client.get(address)

            settings.AVATARS, settings.GRAVATAR_HASH = "gravatar", "md5"
            with django_assert_max_num_queries(10) as asked:
                assert b"secure.gravatar.com" in client.get(address).content

            settings.AVATARS, settings.GRAVATAR_HASH = "drawn", "sha256"
            assert len(asked) == len(drawn)
