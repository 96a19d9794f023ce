import pytest

from accounts.models import User
from blog.models import Post
from flasky_site.lib import counters
from flasky_site.lib.counters import Counter, tally
from tests.factories import PostFactory

COUNTER = Counter(
    User,
    "post_count",
    lambda keys: tally(Post.objects.filter(author__in=keys), "author"),
)


def spoil(*people):
    User.objects.filter(pk__in=[person.pk for person in people]).update(post_count=7)


@pytest.mark.django_db
class TestCounter:
    def test_finds_the_keys_whose_number_is_wrong(self, alice, bob):
        PostFactory(author=alice)
        spoil(bob)

        assert [*COUNTER.wrong()] == [[bob.pk]]

    def test_looks_at_a_stretch_of_rows_at_a_time(self, alice, bob, monkeypatch):
        monkeypatch.setattr(counters, "ROWS_AT_ONCE", 1)
        spoil(alice, bob)

        assert [*COUNTER.wrong()] == [[alice.pk], [bob.pk]]

    def test_takes_nothing_for_wrong_that_is_right_a_moment_later(self, alice):
        counts = iter([{alice.pk: 1}, {}])
        changing = Counter(User, "post_count", lambda keys: next(counts))

        assert [*changing.wrong()] == []

    def test_mends_what_is_wrong_and_says_how_many_were(self, alice, bob):
        PostFactory(author=alice)
        spoil(alice, bob)

        assert COUNTER.mend([alice.pk, bob.pk]) == 2
        assert COUNTER.mend([alice.pk, bob.pk]) == 0
        alice.refresh_from_db()
        assert alice.post_count == 1
