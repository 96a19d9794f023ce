from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Decision
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory

HTMX = {"HX-Request": "true"}
REASON = {"reason": "Spam."}


@pytest.fixture
def post():
    return PostFactory(body="Buy this")


@pytest.fixture
def comment(post):
    return CommentFactory(post=post, body="And that")


def act(client, text, verb, data=REASON, **headers):
    return client.post(f"/{text.kind}/{text.pk}/{verb}/", data, headers=headers)


@pytest.mark.django_db
class TestRuleViews:
    def test_ask_why_and_show_what_it_is_about(self, as_moderator, post):
        page = as_moderator.get(f"/post/{post.pk}/hide/").content.decode()

        assert "Hide this post?" in page
        assert "Buy this" in page
        assert Post.objects.public().exists()

    @pytest.mark.parametrize(
        ("verb", "opposite", "kind"),
        [("hide", "restore", "post"), ("disable", "enable", "comment")],
    )
    def test_do_it_and_the_opposite(
        self, as_moderator, post, comment, verb, opposite, kind
    ):
        text = post if kind == "post" else comment

        act(as_moderator, text, verb)
        text.refresh_from_db()
        assert text.is_away

        act(as_moderator, text, opposite)
        text.refresh_from_db()
        assert not text.is_away
        assert Decision.objects.count() == 2

    def test_say_so_and_offer_to_take_it_back(self, as_moderator, post):
        response = act(as_moderator, post, "hide")

        assert response.url == f"/post/{post.pk}/"
        page = as_moderator.get(response.url).content.decode()
        assert "The post is hidden." in page
        undo = f"/moderate/undo/{Decision.objects.get().batch}/"
        assert undo in page

        as_moderator.post(undo)
        assert list(Post.objects.public()) == [post]

    @pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 501])
    def test_want_a_reason_and_give_it_back(self, as_moderator, post, reason):
        response = act(as_moderator, post, "hide", {"reason": reason})

        assert response.status_code == 422
        assert reason.strip() in response.content.decode()
        assert Post.objects.public().exists()

    def test_take_html_in_a_reason_for_text(self, as_moderator, post):
        act(as_moderator, post, "hide", {"reason": "<b>No</b>"})

        assert Decision.objects.get().reason == "<b>No</b>"

    def test_tell_who_comes_second(self, as_moderator, post):
        act(as_moderator, post, "hide")

        response = act(as_moderator, post, "hide")

        page = as_moderator.get(response.url).content.decode()
        assert "Somebody has done this already." in page
        assert Decision.objects.count() == 1

    def test_refuse_what_stands_above(self, as_moderator, administrator):
        post = PostFactory(author=administrator)

        act(as_moderator, post, "hide")

        assert Post.objects.public().exists()
        assert "higher" in as_moderator.get("/").content.decode()

    def test_know_nothing_of_what_is_deleted(self, as_moderator, post):
        post.deleted_at = post.created_at
        post.save()

        assert act(as_moderator, post, "hide").status_code == 404

    def test_refuse_members(self, as_alice, post):
        assert as_alice.get(f"/post/{post.pk}/hide/").status_code == 403
        assert act(as_alice, post, "hide").status_code == 403

    def test_keep_the_reason_of_who_is_signed_out(self, client, post):
        response = act(client, post, "hide")

        assert response.status_code == 403
        assert "Spam." in response.content.decode()

    def test_answer_htmx_with_the_form_alone(self, as_moderator, post):
        response = as_moderator.get(f"/post/{post.pk}/hide/?in_list=yes", headers=HTMX)

        assert "<html" not in response.content.decode()
        assert 'name="in_list"' in response.content.decode()

    def test_answer_htmx_with_the_text_as_it_stands_in_the_list(
        self, as_moderator, comment
    ):
        response = act(
            as_moderator, comment, "disable", {**REASON, "in_list": "yes"}, **HTMX
        )

        assert response["HX-Retarget"] == f"#moderated-comment-{comment.pk}"
        assert "Disabled" in response.content.decode()
        assert "Take it back" in response.content.decode()

    def test_let_htmx_load_the_page_again_elsewhere(self, as_moderator, comment):
        response = act(as_moderator, comment, "disable", **HTMX)

        assert response["HX-Refresh"] == "true"


@pytest.mark.django_db
class TestUndo:
    def test_says_when_somebody_was_faster(self, as_moderator, post):
        act(as_moderator, post, "hide")
        undo = f"/moderate/undo/{Decision.objects.get().batch}/"
        as_moderator.post(undo)
        act(as_moderator, post, "hide")

        as_moderator.post(undo)

        assert not Post.objects.public().exists()
        page = as_moderator.get("/").content.decode()
        assert "What was decided again or deleted since then stays as it is." in page

    def test_is_404_for_what_was_never_decided(self, as_moderator):
        assert as_moderator.post(f"/moderate/undo/{uuid4()}/").status_code == 404

    def test_refuses_members(self, as_alice, as_moderator, post):
        act(as_moderator, post, "hide")

        undo = f"/moderate/undo/{Decision.objects.get().batch}/"
        assert as_alice.post(undo).status_code == 403


@pytest.mark.django_db
class TestModerate:
    def test_shows_posts_and_comments_newest_first_in_both_states(self, as_moderator):
        PostFactory(body="first", is_hidden=True)
        comment = CommentFactory(body="second", is_disabled=True)
        PostFactory(body="third")
        CommentFactory(post=comment.post, body="gone", deleted_at=comment.created_at)

        page = as_moderator.get("/moderate/").content.decode()

        places = [page.index(word) for word in ("third", "second", "first")]
        assert places == sorted(places)
        assert "gone" not in page

    def test_leads_to_everything_that_is_older(self, as_moderator, settings):
        settings.MODERATED_PER_PAGE = 2
        comments = CommentFactory.create_batch(3)
        expected = {f"{kind}-{c.pk}" for c in comments for kind in ["comment"]}
        expected |= {f"post-{comment.post_id}" for comment in comments}

        seen, query = [], ""
        while query is not None:
            page = as_moderator.get(f"/moderate/?{query}")
            seen += [f"{text.kind}-{text.pk}" for text in page.context["texts"]]
            query = page.context["older"] or None

        assert len(seen) == 6
        assert set(seen) == expected

    @pytest.mark.parametrize("mark", ["x", "-1", "9" * 40, ""])
    def test_tolerates_nonsense(self, as_moderator, post, mark):
        response = as_moderator.get("/moderate/", {"post": mark, "comment": mark})

        assert response.status_code == 200

    def test_answers_htmx_with_the_list_alone(self, as_moderator, post):
        response = as_moderator.get("/moderate/", headers=HTMX)

        assert "<html" not in response.content.decode()
        assert "HX-Request" in response["Vary"]

    def test_costs_the_same_for_one_and_for_thirty(
        self, as_moderator, django_assert_max_num_queries
    ):
        CommentFactory()
        as_moderator.get("/moderate/")
        with django_assert_max_num_queries(5):
            as_moderator.get("/moderate/")
        CommentFactory.create_batch(15)

        with django_assert_max_num_queries(5):
            as_moderator.get("/moderate/")


@pytest.mark.django_db
class TestButtons:
    def test_stand_beside_what_a_moderator_reads(self, as_moderator, post, comment):
        page = as_moderator.get(f"/post/{post.pk}/").content.decode()

        assert f"/post/{post.pk}/hide/" in page
        assert f"/comment/{comment.pk}/disable/" in page

    def test_lead_from_a_deleted_post_to_the_desk_alone(self, as_moderator):
        post = PostFactory(deleted_at=timezone.now())

        page = as_moderator.get(f"/post/{post.pk}/").content.decode()

        assert f"/admin/blog/post/{post.pk}/change/" in page
        assert "/hide/" not in page

    def test_are_not_for_members(self, as_alice, post, comment):
        page = as_alice.get(f"/post/{post.pk}/").content.decode()

        assert "/hide/" not in page
        assert "/disable/" not in page


@pytest.mark.django_db
class TestCommentDetail:
    def test_leads_to_the_page_of_the_thread(self, client, settings):
        settings.COMMENTS_PER_PAGE = 2
        comment = CommentFactory.create_batch(3, post=PostFactory())[-1]

        response = client.get(f"/comment/{comment.pk}/")

        goal = f"/post/{comment.post_id}/?page=2#comment-{comment.pk}"
        assert (response.status_code, response.url) == (302, goal)

    def test_leads_moderators_to_the_desk_for_what_is_deleted(
        self, client, as_alice, alice, as_moderator
    ):
        comment = CommentFactory(author=alice, deleted_at=timezone.now())

        statuses = {
            one.get(f"/comment/{comment.pk}/").status_code for one in (client, as_alice)
        }
        response = as_moderator.get(f"/comment/{comment.pk}/")

        assert statuses == {404}
        assert response.url == f"/admin/blog/comment/{comment.pk}/change/"
        assert as_moderator.get(response.url).status_code == 200

    def test_is_404_for_what_is_disabled(self, client, as_moderator):
        comment = CommentFactory(is_disabled=True)

        assert client.get(f"/comment/{comment.pk}/").status_code == 404
        assert as_moderator.get(f"/comment/{comment.pk}/").status_code == 302
        assert Comment.objects.count() == 1
