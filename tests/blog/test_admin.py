from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.services import Ruling
from blog.models import Comment
from blog.services import disable_comments
from flasky_site.lib import desk_lists
from tests.factories import CommentFactory, PostFactory, UserFactory

POSTS, COMMENTS = "/admin/blog/post/", "/admin/blog/comment/"
LISTS = [POSTS, COMMENTS, "/admin/accounts/user/"]


def shown(client, address):
    """Return the rows of a list, newest first."""
    return list(client.get(address).context["cl"].result_list)


def chosen(slug, rows, **more):
    return {"action": slug, "index": 0, "_selected_action": [r.pk for r in rows]} | more


@pytest.mark.django_db
class TestLists:
    def test_show_texts_with_their_authors_and_records(self, as_moderator, moderator):
        bob = UserFactory(username="bob")
        comment = CommentFactory(author=bob, body="Some *words*.", is_disabled=True)
        ruling = Ruling(actor=moderator, reason="Spam.")
        services.suspend_members(ruling=ruling, members=[bob], until=None)

        page = as_moderator.get(COMMENTS).content.decode()

        assert "Some words." in page
        assert f'/user/{comment.author_id}/change/">@bob</a>' in page
        assert "1 decision" in page
        assert "Disabled" in page
        assert "member for 0\xa0minutes" in page

    @pytest.mark.parametrize("address", LISTS)
    def test_cost_the_same_for_one_and_for_fifty(
        self, address, as_moderator, django_assert_max_num_queries
    ):
        CommentFactory.create_batch(50)

        with django_assert_max_num_queries(10):
            page = as_moderator.get(address)

        assert len(page.context["cl"].result_list) == 50

    def test_count_no_further_than_needed(self, as_moderator, monkeypatch):
        monkeypatch.setattr(desk_lists, "COUNTED_AT_MOST", 2)
        PostFactory.create_batch(3)

        page = as_moderator.get(POSTS).content.decode()

        assert "The first 2. Search or filter to see others." in page

    def test_filter_by_state(self, as_moderator):
        hidden = PostFactory(is_hidden=True)
        deleted = PostFactory(deleted_at=timezone.now())
        public = PostFactory()

        found = {
            state: shown(as_moderator, f"{POSTS}?state={state}")
            for state in ("public", "hidden", "deleted")
        }

        assert found == {"public": [public], "hidden": [hidden], "deleted": [deleted]}

    def test_filter_comments_by_state(self, as_moderator):
        disabled = CommentFactory(is_disabled=True)
        deleted = CommentFactory(deleted_at=timezone.now())
        public = CommentFactory()

        found = {
            state: shown(as_moderator, f"{COMMENTS}?state={state}")
            for state in ("public", "disabled", "deleted")
        }

        assert found == {
            "public": [public],
            "disabled": [disabled],
            "deleted": [deleted],
        }

    def test_filter_by_moment_and_by_new_members(self, as_moderator):
        long_ago = timezone.now() - timedelta(days=20)
        old_hand = UserFactory(date_joined=long_ago)
        old = PostFactory(author=old_hand, created_at=long_ago)
        new = PostFactory(author=old_hand)
        first = PostFactory()

        assert shown(as_moderator, f"{POSTS}?written=week") == [first, new]
        assert shown(as_moderator, f"{POSTS}?written=month") == [first, new, old]
        assert shown(as_moderator, f"{POSTS}?author=new") == [first]

    def test_filter_by_links_to_other_sites(self, as_moderator):
        linking = PostFactory(body="https://example.com/")
        PostFactory(body="[here](/people/)")

        assert shown(as_moderator, f"{POSTS}?links=other") == [linking]

    def test_find_by_id_author_and_words(self, as_moderator):
        post = PostFactory(author=UserFactory(username="Zoe"), body="Cheap pills")
        PostFactory()

        assert shown(as_moderator, f"{POSTS}?q={post.pk}") == [post]
        assert shown(as_moderator, f"{POSTS}?q=zo") == [post]
        assert shown(as_moderator, f"{POSTS}?q=@zoe") == [post]
        assert shown(as_moderator, f"{POSTS}?q=%22cheap+PILLS%22") == [post]
        assert shown(as_moderator, f"{POSTS}?q=pills") == []

    @pytest.mark.parametrize("address", [*LISTS, "/admin/mail/outgoingmail/"])
    @pytest.mark.parametrize(
        "query",
        [
            "state=nonsense",
            "state=%00",
            "state__exact=%00",
            "state__exact=x",
            "created_at__gte=%00",
            "created_at__gte=x",
            "created_at__gte=9999-12-31T23:59:59-23:00",
            "id__exact=x",
            "id__exact=99999999999999999999",
            "q=%00",
            "q=99999999999999999999",
            "q=%22",
            "p=99999999999999999999",
            "p=-1",
            "p=x",
            "o=1.2.-3.x.99",
            "all=",
            "_to_field=password",
            "_to_field=id",
            "_facets=",
            "e=1",
        ],
    )
    def test_answer_nonsense_without_breaking(self, query, address, as_administrator):
        status = as_administrator.get(f"{address}?{query}", follow=True).status_code

        assert status in {200, 400}

    @pytest.mark.parametrize(
        "lookup",
        ["author__email__startswith=m", "author__password__startswith=a", "body=x"],
    )
    def test_let_nobody_guess_what_they_do_not_show(self, lookup, as_moderator):
        assert as_moderator.get(f"{POSTS}?{lookup}").status_code == 400


@pytest.mark.django_db
class TestPages:
    def test_show_a_comment_as_readers_see_it_in_its_thread(self, as_moderator):
        post = PostFactory(body="The *post*")
        before, comment, after = [
            CommentFactory(post=post, body=f"{word} *words*")
            for word in ("First", "Second", "Third")
        ]

        page = as_moderator.get(f"{COMMENTS}{comment.pk}/change/").content.decode()

        for word in ("First", "Second", "Third"):
            assert f"{word} <em>words</em>" in page
        assert "The <em>post</em>" in page
        assert f'href="/comment/{comment.pk}/"' in page
        assert before.pk < comment.pk < after.pk

    def test_show_a_post_with_its_newest_comments(self, as_moderator):
        comment = CommentFactory(is_disabled=True, body="Not *nice*")

        page = as_moderator.get(f"{POSTS}{comment.post_id}/change/").content.decode()

        assert "Not <em>nice</em>" in page
        assert "Out of sight" in page

    def test_show_the_authors_record(self, as_moderator, moderator):
        comment = CommentFactory()
        ruling = Ruling(actor=moderator, reason="<b>Spam</b>")
        disable_comments(ruling=ruling, comments=[comment])

        page = as_moderator.get(f"{COMMENTS}{comment.pk}/change/").content.decode()

        assert "Disabled a comment" in page
        assert "&lt;b&gt;Spam&lt;/b&gt;" in page

    def test_do_not_lead_to_where_a_deleted_text_was(self, as_moderator):
        post = PostFactory(deleted_at=timezone.now())

        page = as_moderator.get(f"{POSTS}{post.pk}/change/").content.decode()

        assert "See it on the site" not in page
        assert "act/hide" not in page

    def test_offer_what_would_change_it(self, as_moderator):
        post = PostFactory(is_hidden=True)

        page = as_moderator.get(f"{POSTS}{post.pk}/change/").content.decode()

        assert f"{POSTS}act/restore/?id={post.pk}" in page
        assert "act/hide" not in page

    def test_change_nothing(self, as_administrator):
        comment = CommentFactory()
        row = Comment.objects.values().get()
        address = f"{COMMENTS}{comment.pk}"

        statuses = [
            as_administrator.post(f"{address}/{end}/", {"body": "x"}).status_code
            for end in ("change", "delete")
        ]
        as_administrator.post(COMMENTS, chosen("delete_selected", [comment]))

        assert statuses == [405, 403]
        assert Comment.objects.values().get() == row

    @pytest.mark.parametrize("pk", ["999999", "x", "0", "99999999999999999999"])
    def test_are_404_for_what_is_not_there(self, pk, as_moderator):
        assert as_moderator.get(f"{POSTS}{pk}/change/").status_code == 404

    @pytest.mark.parametrize("address", [POSTS, COMMENTS])
    def test_cost_the_same_for_one_comment_and_for_many(self, address, as_moderator):
        comment = CommentFactory()
        target = comment.post_id if address == POSTS else comment.pk

        def cost():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                as_moderator.get(f"{address}{target}/change/")
            return len(captured)

        alone = cost()
        CommentFactory.create_batch(10, post=comment.post)

        assert cost() == alone <= 12
