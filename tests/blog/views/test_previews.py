import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from blog import services
from blog.models import COMMENT_MAX_LENGTH, POST_MAX_LENGTH, Comment, Post
from tests.factories import PostFactory

URL = "/markdownx/markdownify/"
COMMENT = f"{URL}?kind=comment"

TEXTS = [
    "Hello *world*",
    "\r\n\r\n    code\r\n\r\nand more  \r\n \n",
    "# A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](/x.png)",
    "\u202eturned\u202c and 👩‍🚀",
    "> a\n> - b\n\n```python\nprint()\n```\n",
]
REFUSED = [
    ("", "Write something first."),
    (" \n\t ", "Write something first."),
    ("\u200b\u2060", "Write something first."),
    ("a\0b", "Null characters are not allowed."),
    ("x" * (POST_MAX_LENGTH + 1), "at most 20000 characters"),
]


@pytest.mark.django_db
class TestPreview:
    @pytest.mark.parametrize("text", TEXTS)
    def test_shows_the_very_bytes_that_a_post_stores(self, as_alice, text):
        shown = as_alice.post(URL, {"content": text})
        as_alice.post("/", {"body": text})

        assert shown.status_code == 200
        assert shown.content == Post.objects.get().body_html.encode()
        assert shown["Content-Type"] == "text/html; charset=utf-8"

    @pytest.mark.parametrize("text", TEXTS)
    def test_shows_the_very_bytes_that_a_comment_stores(self, as_alice, alice, text):
        shown = as_alice.post(COMMENT, {"content": text})
        body = text.replace("\r\n", "\n").strip("\n").rstrip()
        comment = Comment(post=PostFactory(), author=alice, body=body)
        comment.save()

        assert shown.content == comment.body_html.encode()

    def test_stores_nothing(self, as_alice):
        as_alice.post(URL, {"content": "Hello"})

        assert not Post.objects.exists()

    @pytest.mark.parametrize(("text", "sentence"), REFUSED)
    def test_refuses_what_could_not_be_sent_with_the_same_sentence(
        self, as_alice, text, sentence
    ):
        response = as_alice.post(URL, {"content": text})

        assert response.status_code == 422
        assert sentence in response.json()["detail"]
        assert response.json()["detail"] == " ".join(
            as_alice.post("/", {"body": text}).context["form"].errors["body"]
        )

    def test_takes_less_for_a_comment(self, as_alice):
        text = "x" * (COMMENT_MAX_LENGTH + 1)

        assert as_alice.post(URL, {"content": text}).status_code == 200
        assert as_alice.post(COMMENT, {"content": text}).status_code == 422

    def test_misses_the_text(self, as_alice):
        assert as_alice.post(URL, {"body": "Hello"}).status_code == 400

    def test_knows_two_kinds(self, as_alice):
        response = as_alice.post(f"{URL}?kind=novel", {"content": "Hello"})

        assert response.status_code == 400

    @pytest.mark.parametrize("data", [b"content=a%FFb", b"content=caf\xe9"])
    def test_refuses_bytes_that_are_no_text(self, as_alice, data):
        form = "application/x-www-form-urlencoded"

        assert as_alice.post(URL, data, content_type=form).status_code == 400

    @pytest.mark.parametrize("part", [b"\xed\xa0\x80", b"\xff"])
    def test_refuses_half_a_pair_in_what_markdownx_sends(self, as_alice, part):
        body = (
            b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\na'
            + part
            + b"\r\n--x--\r\n"
        )

        response = as_alice.post(
            URL, body, content_type="multipart/form-data; boundary=x"
        )

        assert response.status_code == 400
        assert "did not arrive intact" in response.json()["detail"]

    def test_refuses_more_than_a_form_may_hold(self, as_alice):
        text = "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE

        assert as_alice.post(URL, {"content": text}).status_code == 413

    @pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
    def test_answers_to_nothing_but_post(self, as_alice, method):
        assert getattr(as_alice, method)(URL).status_code == 405

    def test_refuses_strangers(self, client):
        assert client.post(URL, {"content": "Hello"}).status_code == 403

    def test_sends_the_unconfirmed_to_confirm(self, as_newcomer):
        response = as_newcomer.post(URL, {"content": "Hello"})

        assert response.url == reverse("account_unconfirmed")

    def test_refuses_members_whose_role_may_not_write(self, as_alice, alice):
        alice.groups.clear()

        assert as_alice.post(URL, {"content": "Hello"}).status_code == 403

    def test_wants_a_token(self, alice):
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)

        assert client.post(URL, {"content": "Hello"}).status_code == 403

    def test_says_when_it_was_too_often(self, as_alice, as_bob, settings):
        settings.ACCOUNT_RATE_LIMITS = {"preview": "2/10s/user"}
        for _ in range(2):
            assert as_alice.post(URL, {"content": "Hello"}).status_code == 200

        response = as_alice.post(URL, {"content": "Hello"})

        assert response.status_code == 429
        assert 1 <= int(response["Retry-After"]) <= 10
        assert as_bob.post(URL, {"content": "Hello"}).status_code == 200

    def test_lets_one_typist_with_two_windows_go_on(self, as_alice):
        answers = [as_alice.post(URL, {"content": "x"}).status_code for _ in range(41)]

        assert answers == [200] * 40 + [429]

    def test_costs_one_query(self, as_alice, django_assert_num_queries):
        as_alice.post(URL, {"content": "x"})

        with django_assert_num_queries(1):  # session with its member
            as_alice.post(URL, {"content": "Hello *world*"})


class TestAddresses:
    def test_of_the_preview_are_the_same_for_markdownx(self):
        assert settings.MARKDOWNX_URLS_PATH == reverse("blog:preview") == URL

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", ["/markdownx/upload/", "/markdownx/"])
    def test_of_markdownx_itself_are_closed(self, as_administrator, address):
        assert as_administrator.get(address).status_code == 404
        assert as_administrator.post(address, {}).status_code == 404


@pytest.mark.django_db
class TestPreviewOfAForm:
    """What browsers without JavaScript get."""

    def test_is_shown_above_the_text_that_is_kept(self, as_alice):
        response = as_alice.post("/", {"body": "Hello *world*", "preview": "yes"})

        page = response.content.decode()
        assert response.status_code == 200
        assert page.index("Hello <em>world</em>") < page.index("Hello *world*")
        assert not Post.objects.exists()

    def test_is_the_very_html_that_is_stored(self, as_alice, alice):
        text = TEXTS[1]
        page = as_alice.post("/", {"body": text, "preview": "yes"}).content.decode()
        form = as_alice.post("/", {"body": text, "preview": "yes"}).context["form"]
        post = services.create_post(author=alice, **form.cleaned_data)

        assert form.preview_html == post.body_html
        assert post.body_html in page

    @pytest.mark.parametrize(("text", "sentence"), REFUSED)
    def test_is_refused_like_the_text_itself(self, as_alice, text, sentence):
        response = as_alice.post("/", {"body": text, "preview": "yes"})

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "Preview, not sent yet" not in response.content.decode()

    def test_is_not_there_before_somebody_asks(self, as_alice):
        assert "Preview, not sent yet" not in as_alice.get("/").content.decode()

    def test_is_refused_to_strangers_who_get_their_text_back(self, client):
        response = client.post("/", {"body": "Long thought", "preview": "yes"})

        assert response.status_code == 403
        assert "Long thought" in response.content.decode()

    def test_is_shown_of_a_comment_too(self, as_alice):
        post = PostFactory()
        address = post.get_absolute_url()

        response = as_alice.post(address, {"body": "Hello *you*", "preview": "yes"})

        assert response.status_code == 200
        assert "Hello <em>you</em>" in response.content.decode()
        assert not Comment.objects.exists()

    def test_is_shown_of_an_edit_with_what_its_form_held(self, as_alice, alice):
        post = PostFactory(author=alice, body="Before")
        typed = {"body": "After *all*", "initial-body": "Before", "preview": "yes"}

        page = as_alice.post(f"/edit/{post.pk}/", typed).content.decode()

        assert "After <em>all</em>" in page
        assert 'name="initial-body" value="Before"' in page
        post.refresh_from_db()
        assert post.body == "Before"
