from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Decision
from blog.models import Comment, Post
from blog.services import UNDOABLE
from flasky_site.lib.desk import desk
from tests.factories import CommentFactory, PostFactory, UserFactory
from tests.threads import at_once

POSTS, COMMENTS = "/admin/blog/post/", "/admin/blog/comment/"
DISABLE = f"{COMMENTS}act/disable/"


def chosen(slug, rows, **more):
    return {"action": slug, "index": 0, "_selected_action": [r.pk for r in rows]} | more


def act(client, address, rows, reason="Spam.", **more):
    form = {"id": [row.pk for row in rows], "reason": reason, **more}
    return client.post(address, form, follow=True)


@pytest.mark.django_db
class TestActs:
    def test_list_what_will_change_and_what_will_not(self, as_moderator, administrator):
        rows = [
            CommentFactory(body="One"),
            CommentFactory(body="Two", is_disabled=True),
            CommentFactory(body="Three", deleted_at=timezone.now()),
            CommentFactory(body="Four", author=administrator),
        ]
        gone = Comment(pk=999_999)

        page = as_moderator.post(COMMENTS, chosen("disable", [*rows, gone]))

        words = " ".join(strip_tags(page.content.decode()).split())
        assert [about["row"] for about in page.context["rows"]] == [rows[0]]
        assert "Disabled already: @" in words
        assert "Deleted: @" in words
        assert "A higher role than yours: @ada" in words
        assert "1 of what was chosen is not there any more." in words
        assert not Decision.objects.exists()

    def test_are_done_for_a_reason_and_taken_back(self, as_moderator):
        comments = CommentFactory.create_batch(2)

        page = act(as_moderator, DISABLE, comments)

        assert Comment.objects.filter(is_disabled=True).count() == 2
        assert {it.reason for it in Decision.objects.all()} == {"Spam."}
        batch = Decision.objects.values_list("batch", flat=True).distinct().get()
        assert "2 comments are disabled." in page.content.decode()
        assert f'action="/moderate/undo/{batch}/"' in page.content.decode()

        as_moderator.post(f"/moderate/undo/{batch}/")

        assert not Comment.objects.filter(is_disabled=True).exists()

    @pytest.mark.parametrize("reason", ["", "x" * 10_000, "<script>" + "x" * 500])
    def test_give_a_reason_that_is_not_taken_back_with_422(self, reason, as_moderator):
        comment = CommentFactory()
        form = {"id": [comment.pk], "reason": reason, "back": "/admin/"}

        response = as_moderator.post(DISABLE, form)

        assert response.status_code == 422
        assert response.context["form"]["reason"].value() == reason
        assert response.context["back"] == "/admin/"
        assert "<script>x" not in response.content.decode()
        assert not Comment.objects.filter(is_disabled=True).exists()

    def test_keep_a_reason_with_html_as_it_is(self, as_moderator):
        act(as_moderator, DISABLE, [CommentFactory()], reason="<b>Spam</b> & more")

        assert Decision.objects.get().reason == "<b>Spam</b> & more"

    def test_tell_the_second_of_two_moderators(self, as_moderator):
        first, second = CommentFactory.create_batch(2)
        act(as_moderator, DISABLE, [first])

        both = act(as_moderator, DISABLE, [first, second]).content.decode()
        again = act(as_moderator, DISABLE, [first, second]).content.decode()

        assert "1 comment is disabled." in both
        assert "1 was left alone" in both
        assert "2 were left alone" in again
        assert Decision.objects.count() == 2

    def test_leave_alone_what_was_deleted_meanwhile(self, as_moderator):
        gone = CommentFactory()
        pk = gone.pk
        gone.delete()

        page = as_moderator.post(DISABLE, {"id": [pk], "reason": "x"}, follow=True)

        assert "1 was left alone" in page.content.decode()
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("ids", [[], ["x"], ["99999999999999999999"], ["-1"]])
    def test_do_nothing_about_nothing(self, ids, as_moderator):
        asked = as_moderator.get(DISABLE, {"id": ids})
        done = as_moderator.post(DISABLE, {"id": ids, "reason": "x"}, follow=True)

        assert "Nothing of what was chosen would change." in asked.content.decode()
        assert done.status_code == 200
        assert not Decision.objects.exists()

    def test_refuse_an_id_that_is_none_in_the_list(self, as_moderator):
        form = {"action": "disable", "index": 0, "_selected_action": ["x"]}

        assert as_moderator.post(COMMENTS, form).status_code == 400

    def test_take_more_than_a_page_up_to_a_limit(self, as_moderator, monkeypatch):
        monkeypatch.setattr("accounts.acts.DECIDED_AT_MOST", 60)
        comments = CommentFactory.create_batch(60)
        form = chosen("disable", comments[:1], select_across="1")

        page = as_moderator.post(COMMENTS, form)
        CommentFactory()
        more = as_moderator.post(COMMENTS, form, follow=True)

        assert len(page.context["rows"]) == 60
        assert "At most 60" in more.content.decode()

    def test_go_back_to_the_list_as_it_was_and_to_no_other_site(self, as_moderator):
        comments = CommentFactory.create_batch(2)
        form = chosen("disable", comments)

        asked = as_moderator.post(f"{COMMENTS}?state=public", form)
        form = {"id": [comments[0].pk], "reason": "x"}
        home = as_moderator.post(DISABLE, {**form, "back": asked.context["back"]})
        away = as_moderator.post(DISABLE, {**form, "back": "https://example.com/"})

        assert home.url == f"{COMMENTS}?state=public"
        assert away.url == COMMENTS

    def test_are_not_for_members(self, as_alice):
        comment = CommentFactory()

        response = as_alice.post(DISABLE, {"id": [comment.pk], "reason": "x"})

        assert response.url.startswith("/admin/login/")
        assert not Comment.objects.filter(is_disabled=True).exists()

    def test_are_404_by_another_name(self, as_moderator):
        assert as_moderator.get(f"{COMMENTS}act/delete/").status_code == 404

    def test_hide_and_restore_posts(self, as_moderator):
        post = PostFactory()

        act(as_moderator, f"{POSTS}act/hide/", [post])
        assert list(Post.objects.filter(is_hidden=True)) == [post]

        act(as_moderator, f"{POSTS}act/restore/", [post])
        assert not Post.objects.filter(is_hidden=True).exists()

    def test_cost_ten_queries_and_one_more_for_a_hundred(self, as_moderator):
        author, post = UserFactory(), PostFactory()
        comments = CommentFactory.create_batch(160, post=post, author=author)
        form = {"id": [one.pk for one in comments], "reason": "x"}

        with CaptureQueriesContext(connection) as captured:
            as_moderator.post(DISABLE, form)

        sent = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        # Beside those for session and member, which every page reads.
        assert len(sent) <= 2 + 10 + 2
        assert Comment.objects.filter(is_disabled=True).count() == 160

    def test_can_be_taken_back_when_they_say_so(self):
        acts = {
            one.slug: one.is_undoable
            for admin in desk._registry.values()
            for one in getattr(admin, "acts", ())
        }
        kinds = {
            "hide": Decision.Kind.HIDE_POST,
            "restore": Decision.Kind.RESTORE_POST,
            "disable": Decision.Kind.DISABLE_COMMENT,
            "enable": Decision.Kind.ENABLE_COMMENT,
            "suspend": Decision.Kind.SUSPEND,
            "lift": Decision.Kind.LIFT,
            "unconfirm": Decision.Kind.UNCONFIRM,
            "resend": Decision.Kind.RESEND,
            "sign-out": Decision.Kind.END_SESSIONS,
            "confirm": Decision.Kind.CONFIRM,
            "role-user": Decision.Kind.CHANGE_ROLE,
            "role-moderator": Decision.Kind.CHANGE_ROLE,
            "role-administrator": Decision.Kind.CHANGE_ROLE,
        }

        assert acts == {slug: kind in UNDOABLE for slug, kind in kinds.items()}


@pytest.mark.side_by_side
@pytest.mark.django_db(transaction=True)
class TestTwoModerators:
    def test_decide_once_and_both_are_told(self, as_moderator, as_administrator):
        comments = CommentFactory.create_batch(3)
        clients = [as_moderator, as_administrator]

        pages = at_once(*(partial(act, one, DISABLE, comments) for one in clients))

        told = sorted(
            "3 comments are disabled." in page.content.decode() for page in pages
        )
        assert told == [False, True]
        assert any("3 were left alone" in page.content.decode() for page in pages)
        assert Decision.objects.count() == 3
