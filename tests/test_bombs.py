"""Small requests that are made to cost much: each is refused, or costs what others do.

Texts that are hard on the renderer are in tests/shapes.py, pictures larger than they
look in tests/accounts/pictures/test_refusals.py.
"""

import gzip
import json
import zlib

import pytest

from blog.models import Post
from tests.api.client import ROOT
from tests.factories.tokens import token_of

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
JSON = "application/json"
# Ten megabytes of blanks in ten kilobytes.
PACKED = {
    "gzip": gzip.compress(b"body=" + b" " * 10_000_000),
    "deflate": zlib.compress(b"body=" + b" " * 10_000_000),
    "br": b"\x8b\x02\x80body=x\x03",
    "zstd": b"\x28\xb5\x2f\xfd\x24\x06\x31\x00\x00body=x",
    "gzip, gzip": gzip.compress(gzip.compress(b"body=" + b" " * 10_000_000)),
}


def part(name, content=b"x", filename=None, more=b""):
    file = f'; filename="{filename}"'.encode() if filename is not None else b""
    head = b'--x\r\nContent-Disposition: form-data; name="' + name.encode() + b'"'
    return head + file + more + b"\r\n\r\n" + content + b"\r\n"


MANY = {
    "fields": (b"&".join(b"f%d=" % n for n in range(5000)), FORM),
    "fields of one name": (b"body=x&" * 5000, FORM),
    "separators": (b"&" * 500_000, FORM),
    "parts": (b"".join(part(f"f{n}") for n in range(5000)) + b"--x--", MULTIPART),
    "files": (
        b"".join(part(f"f{n}", filename="a.zip") for n in range(1000)) + b"--x--",
        MULTIPART,
    ),
    "boundaries": (b"--x\r\n" * 100_000 + b"--x--", MULTIPART),
    "no end": (part("body", b"x" * 500_000), MULTIPART),
    "head of a part": (part("body", more=b"; a=b" * 20_000) + b"--x--", MULTIPART),
    "heads of a part": (
        part("body", more=b"\r\nX-A: b" * 20_000) + b"--x--",
        MULTIPART,
    ),
    "packed part": (
        part("body", PACKED["gzip"], more=b"\r\nContent-Transfer-Encoding: base64"),
        MULTIPART,
    ),
    "percent signs": (b"body=" + b"%" * 500_000, FORM),
    "boundary": (b"x", "multipart/form-data; boundary=" + "x" * 5000),
}

DEEP = {
    "lists": "[" * 100_000,
    "closed lists": "[" * 50_000 + "]" * 50_000,
    "objects": '{"body":' * 50_000 + "1" + "}" * 50_000,
    "number": '{"body": ' + "9" * 500_000 + "}",
    "fraction": '{"body": 1e' + "9" * 100_000 + "}",
    "endless": '{"body": Infinity}',
    "keys": json.dumps({f"k{n}": n for n in range(50_000)}),
    "same keys": "{" + ",".join(['"body": "x"'] * 50_000) + ', "body": 1}',
    "half a character": '{"body": "\\ud800"}',
    "text of nulls": '{"body": "' + "\\u0000" * 10_000 + '"}',
}

LONG = 60_000
HEADERS = {
    "Accept": "text/html," + ",".join(f"a/b;q=0.{n}" for n in range(9_000)),
    "Accept-Language": "a-" * LONG,
    "Accept-Encoding": "gzip;q=1," * 9_000,
    "Cookie": "; ".join(f"c{n}={n}" for n in range(9_000))
    + "; sessionid="
    + "a" * LONG,
    "If-None-Match": ", ".join(f'"{n}"' for n in range(9_000)),
    "If-Modified-Since": "Mon, " * 12_000,
    "Referer": "http://testserver/" + "(" * LONG,
    "User-Agent": "Mozilla/5.0 (" + "a;" * LONG,
    "Authorization": "Basic " + "QQ==" * 15_000,
    "Range": "bytes=" + "0-1," * 12_000,
    "HX-Current-URL": "http://testserver/" + "%2e" * 20_000,
    "X-Forwarded-For": "1.2.3.4, " * 7_000,
    "Content-Type": "multipart/form-data; " + "a=b; " * 12_000,
    "Host": "testserver:" + "9" * LONG,
    "Origin": "http://" + "a." * 30_000,
}

QUERIES = {
    "page": "?page=" + "9" * 50_000,
    "minus": "?page=-" + "9" * 5_000,
    "fields": "?" + "a=b&" * 5_000,
    "search": "?q=" + "a%00" * 10_000,
    "cursor": "?before=" + "A" * 50_000 + "&after=" + "9" * 5_000,
}


@pytest.mark.django_db
class TestBodies:
    @pytest.mark.parametrize("kind", [FORM, MULTIPART, JSON])
    @pytest.mark.parametrize("coding", PACKED)
    def test_that_are_packed_are_never_unpacked(self, as_alice, alice, coding, kind):
        headers = {"Content-Encoding": coding}
        token = {"Authorization": f"Bearer {token_of(alice)[1]}"}
        body = PACKED[coding]

        answers = [
            as_alice.post("/", body, kind, headers=headers),
            as_alice.post("/auth/login/", body, kind, headers=headers),
            as_alice.post(f"{ROOT}posts/", body, kind, headers={**headers, **token}),
        ]

        assert {answer.status_code for answer in answers} == {415}
        assert not Post.objects.exists()

    @pytest.mark.parametrize("address", ["/", "/auth/login/", "/edit-profile/picture/"])
    @pytest.mark.parametrize("shape", MANY)
    def test_of_very_many_pieces_are_refused(self, client, as_alice, shape, address):
        browser = client if address == "/auth/login/" else as_alice

        answer = browser.post(f"{address}?a=b", *MANY[shape])

        assert 400 <= answer.status_code < 500, answer.status_code

    @pytest.mark.parametrize("shape", DEEP)
    @pytest.mark.parametrize("method", ["post", "patch"])
    def test_of_json_without_an_end_are_refused(self, client, alice, shape, method):
        address = {"post": f"{ROOT}posts/", "patch": f"{ROOT}users/me"}[method]
        headers = {"Authorization": f"Bearer {token_of(alice)[1]}"}

        answer = getattr(client, method)(address, DEEP[shape], JSON, headers=headers)

        # A profile has no body; what is not known is passed over.
        assert answer.status_code == 400 or (method, answer.status_code) == (
            "patch",
            200,
        )
        assert not Post.objects.exists()

    def test_of_very_many_unknown_fields_get_a_short_answer(self, client, alice):
        headers = {"Authorization": f"Bearer {token_of(alice)[1]}"}

        answer = client.post(f"{ROOT}posts/", DEEP["keys"], JSON, headers=headers)

        assert [*answer.json()["errors"]] == [f"k{number}" for number in range(20)]


@pytest.mark.django_db
class TestHeads:
    @pytest.mark.parametrize("name", HEADERS)
    @pytest.mark.parametrize("address", ["/", "/feed/", f"{ROOT}posts/", "/people/"])
    def test_that_are_long_break_nothing(self, client, as_alice, name, address):
        for browser in (client, as_alice):
            answer = browser.get(address, headers={name: HEADERS[name]})

            assert answer.status_code < 500

    @pytest.mark.parametrize("shape", QUERIES)
    @pytest.mark.parametrize(
        "address", ["/", "/people/", f"{ROOT}posts/", "/auth/login/", "/moderate/"]
    )
    def test_that_ask_for_much_break_nothing(self, as_moderator, shape, address):
        assert as_moderator.get(address + QUERIES[shape]).status_code < 500
