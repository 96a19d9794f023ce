import shutil
from collections import Counter
from pathlib import Path

import pytest

from social.demo.content import FILES, read_demo


@pytest.fixture(scope="module")
def demo():
    return read_demo()


@pytest.fixture
def folder(tmp_path):
    """A copy of the demo's files, to be spoilt."""
    return Path(shutil.copytree(str(FILES), tmp_path / "demo"))


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestMembers:
    def test_are_twelve_with_one_moderator_and_one_administrator(self, demo):
        roles = Counter(member.role for member in demo.members)

        assert roles == {"User": 10, "Moderator": 1, "Administrator": 1}

    def test_hold_the_three_log_ins(self, demo):
        role_by_email = {member.email: member.role for member in demo.members}

        assert role_by_email["user@example.com"] == "User"
        assert role_by_email["moderator@example.com"] == "Moderator"
        assert role_by_email["administrator@example.com"] == "Administrator"

    def test_come_oldest_first(self, demo):
        ages = [member.member_since for member in demo.members]

        assert ages == sorted(ages, reverse=True)

    def test_reach_nobody_by_mail(self, demo):
        assert all(member.email.endswith("@example.com") for member in demo.members)


class TestPosts:
    def test_come_oldest_first_over_half_a_year(self, demo):
        ages = [post.days_ago for post in demo.posts]

        assert ages == sorted(set(ages), reverse=True)
        assert ages[0] > 150
        assert ages[-1] < 1

    def test_are_by_every_member(self, demo):
        authors = {post.author for post in demo.posts}

        assert authors == {member.username for member in demo.members}

    def test_begin_their_headings_below_the_page_title(self, demo):
        assert not [post.slug for post in demo.posts if post.body.startswith("# ")]

    def test_keep_their_markdown_and_lose_the_header(self, demo):
        first = demo.posts[0]

        assert first.slug == "the-kettle-is-on"
        assert first.body.startswith("The kettle is on")


class TestComments:
    def test_come_oldest_first(self, demo):
        ages = [comment.days_ago for comment in demo.comments]

        assert ages == sorted(ages, reverse=True)

    def test_follow_their_post(self, demo):
        posted = {post.slug: post.days_ago for post in demo.posts}

        assert all(0 < item.days_ago < posted[item.post] for item in demo.comments)

    def test_fill_two_pages_of_one_post(self, demo):
        comments_by_post = Counter(comment.post for comment in demo.comments)

        assert comments_by_post.most_common(1)[0][1] > 30


class TestFollows:
    def test_come_oldest_first(self, demo):
        ages = [follow.days_ago for follow in demo.follows]

        assert ages == sorted(ages, reverse=True)

    def test_begin_when_both_are_members(self, demo):
        since = {member.username: member.member_since for member in demo.members}

        assert all(
            0 < item.days_ago < min(since[item.follower], since[item.followed])
            for item in demo.follows
        )

    def test_keep_the_order_of_the_file(self, demo):
        people = [item.followed for item in demo.follows if item.follower == "nora"]

        assert people == ["Gwilym.P", "marisol", "bea.fontaine", "yuki_m"]


class TestReadDemo:
    @pytest.mark.parametrize(
        ("file_name", "old", "new", "complaint"),
        [
            ("members.toml", '"tomas"', '"tomás"', "tomás is no name"),
            ("members.toml", '"joss"', '"NORA"', "nora is there twice"),
            ("members.toml", "joss@", "nora@", "nora@example.com is there twice"),
            ("members.toml", '"Moderator"', '"Pope"', "Pope is no role"),
            (
                "members.toml",
                "about_me",
                "hobby",
                "missing or unknown: about_me, hobby",
            ),
            ("members.toml", "204.2", "-204.2", "tomas is yet to join"),
            ("members.toml", "[[member]]", "[[member", "Expected"),
            ("posts/02-bread-for-people-who-forget.md", "nora", "nobody", "nobody"),
            (
                "posts/02-bread-for-people-who-forget.md",
                "180.6",
                "182.5",
                "is older than",
            ),
            ("posts/02-bread-for-people-who-forget.md", "180.6", "-1", "in the future"),
            ("posts/01-the-kettle-is-on.md", "182.4", "205", "writes before joining"),
            ("posts/01-the-kettle-is-on.md", "author", "by", "missing or unknown"),
            ("posts/01-the-kettle-is-on.md", "---\n", "", "there is no header"),
            ("comments.toml", '"nora"', '"nobody"', "nothing is called nobody"),
            ("comments.toml", '"slugs"', '"snails"', "nothing is called snails"),
            ("comments.toml", "hours = 2.1", "hours = -2", "comments before"),
            ("comments.toml", "hours = 2.1", "hours = 9999", "in the future"),
            ("comments.toml", "hours = 2.1", "when = 2.1", "missing or unknown"),
            ("follows.toml", '"ines"', '"nobody"', "nothing is called nobody"),
            ("follows.toml", '"ines"', '"tomas"', "tomas is there twice"),
            ("follows.toml", '"ines", "joss"', '"joss", "joss"', "joss is there twice"),
        ],
    )
    def test_names_the_file_that_is_wrong(self, folder, file_name, old, new, complaint):
        spoil(folder / file_name, old, new)

        with pytest.raises(ValueError, match=complaint) as error:
            read_demo(folder)

        assert str(error.value).startswith(Path(file_name).name)

    def test_refuses_an_empty_post(self, folder):
        path = folder / "posts" / "16-slugs.md"
        header = path.read_text(encoding="utf-8").rpartition("---\n")[0]
        path.write_text(f"{header}---\n\n", encoding="utf-8")

        with pytest.raises(ValueError, match=r"16-slugs\.md: a body is empty"):
            read_demo(folder)

    def test_refuses_a_post_of_more_than_20000_characters(self, folder):
        path = folder / "posts" / "16-slugs.md"
        with path.open("a", encoding="utf-8") as post:
            post.write("x" * 20_000)

        with pytest.raises(ValueError, match=r"16-slugs\.md: a body is longer than"):
            read_demo(folder)

    def test_refuses_a_comment_of_more_than_5000_characters(self, folder):
        spoil(folder / "comments.toml", "Oh, Nora.", "x" * 5_001)

        with pytest.raises(ValueError, match=r"comments\.toml: a body is longer than"):
            read_demo(folder)
