import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from blog.models import Post
from flasky_site.lib.entrances import plain_asgi
from flasky_site.wsgi import application
from tests.factories.tokens import token_of

LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.fixture(autouse=True)
def _connection_of_the_test():
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def call(path, *, method="GET", query="", body=b"", **environ):
    """Return status, media type and body of what the whole site answers."""
    answered = []
    content = application(
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": BytesIO(),
            **environ,
        },
        lambda status, headers: answered.extend([status, dict(headers)]),
    )
    status, headers = answered
    return int(status.split()[0]), headers["Content-Type"], b"".join(content)


def write(alice, body, **environ):
    return call(
        "/api/v1/posts/",
        method="POST",
        body=body,
        HTTP_AUTHORIZATION=f"Bearer {token_of(alice)[1]}",
        **{"CONTENT_TYPE": "application/json", **environ},
    )


@pytest.mark.django_db
class TestPlainWsgi:
    @pytest.mark.parametrize(
        "content_type",
        [
            "application/json; charset=hex",
            "application/json; charset=punycode",
            "application/json; charset=undefined",
            "application/json; charset=idna",
            "application/json; name*=bogus''%41",
            "application/json; boundary*=\"bogus''%41\"",
        ],
    )
    @pytest.mark.parametrize("path", ["/", "/api/v1/posts/"])
    def test_answers_whatever_charset_a_request_names(self, path, content_type):
        status, *_rest = call(path, query="cursor=start", CONTENT_TYPE=content_type)

        assert status == 200

    def test_refuses_too_many_fields_behind_the_question_mark(self):
        status, media_type, _body = call(
            "/api/v1/posts/", query="a&" * 1500, CONTENT_TYPE="x/y; charset=utf-8"
        )

        assert (status, media_type) == (400, "application/problem+json")

    @pytest.mark.parametrize("path", ["/api/v1/schema/", "/nowhere/"])
    def test_answers_whatever_charset_an_accept_names(self, path):
        status, *_rest = call(path, HTTP_ACCEPT="text/html; name*=bogus''%41")

        assert status in {200, 404}

    def test_reads_json_as_utf_8_whatever_it_says(self, alice):
        text = json.dumps({"body": "Grüße"}, ensure_ascii=False).encode()

        status, *_rest = write(
            alice,
            text,
            CONTENT_TYPE="application/json; charset=latin-1",
            CONTENT_LENGTH=str(len(text)),
        )

        assert (status, Post.objects.get().body) == (201, "Grüße")

    def test_sends_no_body_to_head(self):
        status, media_type, body = call("/api/v1/posts/", method="HEAD")

        assert (status, media_type, body) == (200, "application/json", b"")

    def test_keeps_the_boundary_of_a_form(self):
        content = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nada'
        content += b"\r\n--x--\r\n"

        status, _media_type, page = call(
            "/auth/login/",
            method="POST",
            body=content,
            CONTENT_TYPE="multipart/form-data; charset=utf-8; boundary=x",
            CONTENT_LENGTH=str(len(content)),
        )

        assert status == 403  # No CSRF token, but what was typed is given back.
        assert b"ada" in page


@pytest.mark.django_db
class TestChunks:
    CHUNKED = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    def test_are_read_as_one_body(self, alice):
        status, *_rest = write(alice, b'{"body": "In parts"}', **self.CHUNKED)

        assert (status, Post.objects.get().body) == (201, "In parts")

    def test_are_too_large_together(self, alice):
        status, *_rest = write(alice, b" " * (LIMIT + 1), **self.CHUNKED)

        assert status == 413

    def test_are_refused_where_the_server_leaves_them_apart(self, alice):
        status, media_type, _body = write(
            alice, b"5\r\n{}", HTTP_TRANSFER_ENCODING="chunked"
        )

        assert (status, media_type) == (400, "application/problem+json")

    def test_are_refused_when_they_are_broken(self, alice):
        class Broken:
            def read(self, size):
                raise OSError

        status, media_type, _body = write(
            alice, b"", **{**self.CHUNKED, "wsgi.input": Broken()}
        )

        assert (status, media_type) == (400, "application/problem+json")


def run(coroutine):
    """Run it in a thread of its own: tests in a browser leave a loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, coroutine).result()


class TestPlainAsgi:
    def test_cleans_the_headers_that_django_trips_over(self):
        seen = []

        async def application(scope, receive, send):
            seen.append(scope)

        headers = [
            (b"content-type", b"text/html; charset=hex"),
            (b"accept", b"a/b; c*=bogus''d"),
            (b"host", b"x"),
        ]
        for scope in ({"type": "http", "headers": headers}, {"type": "lifespan"}):
            run(plain_asgi(application)(scope, None, None))

        assert seen[0]["headers"] == [
            (b"content-type", b"text/html"),
            (b"accept", b"a/b"),
            (b"host", b"x"),
        ]
        assert seen[1]["type"] == "lifespan"
