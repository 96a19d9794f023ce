"""Requests as Django can read them, whatever server and client they come through.

Django makes its request out of headers before any middleware runs, so that what it
trips over there has no answer but the server's own 500.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings

Environ = dict[str, Any]
Scope = dict[str, Any]
WSGIApplication = Callable[[Environ, Any], Iterable[bytes]]
ASGIApplication = Callable[[Scope, Any, Any], Awaitable[None]]

# ``name*=charset'language'value`` of RFC 8187, which no known client sends in these
# headers. Django fails on a charset that Python does not know.
_EXTENDED = re.compile(r";[^;,]*\*\s*=[^;,]*")
# A length over every limit, for a body that was not read to its end.
_TOO_LARGE = "9" * 12


class BrokenBody:
    """Stands for a body that cannot be read, and is no empty one."""

    def read(self, *size: int) -> bytes:
        raise OSError

    readline = read


def plain_wsgi(application: WSGIApplication) -> WSGIApplication:
    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = plain_content_type(environ.get("CONTENT_TYPE", ""))
        if "HTTP_ACCEPT" in environ:
            environ["HTTP_ACCEPT"] = plain_accept(environ["HTTP_ACCEPT"])
        if "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH"):
            _measure(environ)
        content = application(environ, start_response)
        return _closed(content) if environ["REQUEST_METHOD"] == "HEAD" else content

    return answer


def _closed(content: Any) -> list[bytes]:
    """Send no body to HEAD: gunicorn writes a warning for each that it has to drop."""
    if hasattr(content, "close"):
        content.close()
    return []


def plain_asgi(application: ASGIApplication) -> ASGIApplication:
    cleaners = {b"content-type": plain_content_type, b"accept": plain_accept}

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        headers = [
            (name, clean(value.decode("latin-1")).encode("latin-1"))
            if (clean := cleaners.get(name))
            else (name, value)
            for name, value in scope.get("headers", [])
        ]
        await application({**scope, "headers": headers}, receive, send)

    return answer


def plain_content_type(text: str) -> str:
    """Leave out of a Content-Type all but the type and a boundary.

    Forms and JSON are UTF-8 here, as their standards say. Django would read body and
    query in any charset that Python knows, some of which take a minute for a megabyte.
    """
    kind, *parameters = text.split(";")
    boundaries = [it for it in parameters if it.strip().lower().startswith("boundary=")]
    return ";".join([kind, *boundaries])


def plain_accept(text: str) -> str:
    return _EXTENDED.sub("", text)


def _measure(environ: Environ) -> None:
    """Give a body that comes in chunks a length: without one, Django reads none of it.

    Servers that do not put chunks together leave none that can be read.
    """
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        if not environ.get("wsgi.input_terminated"):
            raise OSError
        body = environ["wsgi.input"].read(most + 1)
    except OSError:
        environ.update({"wsgi.input": BrokenBody(), "CONTENT_LENGTH": "1"})
        return
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body)) if len(body) <= most else _TOO_LARGE
