"""Who uses the site while it breaks: members, programs and readers, through HTTP."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from tests.faults.ledger import Entry, Ledger

HOST = "flasky.example.com"
PASSWORD = "a horse that corrects batteries"
# In seconds. More than anything takes; how long it took is in the table.
PATIENCE = 60.0
# Between two requests of one visitor.
PAUSE = 0.02
# No load goes on for ever, whatever happens to who started it.
MOST_SECONDS, MOST_REQUESTS = 60.0, 6000

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_addresses = count(1)


@dataclass(frozen=True)
class Answer:
    """``outcome`` is the status, or the name of what happened to the connection."""

    outcome: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    text: str = ""


class Visitor:
    """One browser, with cookies and an address of its own, or one program."""

    def __init__(self, port: int, token: str = "") -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        number = next(_addresses)
        # Which proxy says so; limits are counted for each network.
        address = f"10.{number // 250 % 250}.{number % 250}.7"
        self.headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": address,
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
        }
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request by a connection of its own."""
        sent = self.headers | (headers or {})
        if self.cookies:
            pairs = [f"{name}={value}" for name, value in self.cookies.items()]
            sent["Cookie"] = "; ".join(pairs)
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE
        )
        try:
            connection.request(method, path, body, sent)
            answer = _read(connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            return Answer(type(error).__name__)
        finally:
            connection.close()
        self.cookies |= answer.cookies
        return answer

    def send_json(self, method: str, path: str, content: Any = None) -> Answer:
        body = None if content is None else json.dumps(content).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self.ask(method, path, body, headers)

    def send_form(self, path: str, **fields: str) -> Answer:
        """Fill in the form at ``path`` and send it, as a browser does."""
        shown = self.ask("GET", path)
        token = _TOKEN.search(shown.text)
        if token is None:
            return Answer("no-form") if shown.outcome == "200" else shown
        fields["csrfmiddlewaretoken"] = token[1]
        body = urlencode(fields).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://{HOST}{path}",
        }
        return self.ask("POST", path, body, headers)

    def log_in(self, number: int) -> Answer:
        fields = {"login": f"member{number}", "password": PASSWORD}
        return self.send_form("/auth/login/", **fields)

    def send_picture(self, content: bytes) -> Answer:
        path = "/edit-profile/picture/"
        token = _TOKEN.search(self.ask("GET", path).text)
        boundary = "a-line-that-no-picture-holds"
        part = f"--{boundary}\r\nContent-Disposition: form-data; "
        parts = [f'{part}name="csrfmiddlewaretoken"', "", token[1] if token else ""]
        parts += [f'{part}name="picture"; filename="a.png"']
        parts += ["Content-Type: image/png", "", ""]
        body = "\r\n".join(parts).encode() + content
        body += f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Referer": f"https://{HOST}{path}",
        }
        return self.ask("POST", path, body, headers)


def _read(response: http.client.HTTPResponse) -> Answer:
    text = response.read().decode(errors="replace")
    cookies = {}
    for line in response.headers.get_all("Set-Cookie", []):
        name, _equals, value = line.partition(";")[0].partition("=")
        cookies[name] = value
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(str(response.status), headers, cookies, text)


class Load:
    """Several visitors at once, who note in ``ledger`` what they sent.

    Two programs write posts and comments and follow people, one member writes posts on
    the home page, one visitor asks for links by mail, two read.
    """

    numbers = count(1)

    def __init__(self, site: Any) -> None:
        self.site = site
        self.ledger = Ledger()
        self.last_post = 0
        # What was sent earlier is not taken for what is acknowledged now.
        self.mails_before = 0
        self._is_over = threading.Event()
        self._until = 0.0
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self.mails_before = len(self.site.mail.recipients())
        work = [self._program(), self._program(), self._writer(), self._forgetful()]
        work += [self._reader(), self._reader()]
        self._threads = [threading.Thread(target=self._go, args=[act]) for act in work]
        self._until = time.monotonic() + MOST_SECONDS
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _go(self, act: Callable[[], None]) -> None:
        while not self._is_over.wait(PAUSE):
            if time.monotonic() > self._until:
                return
            if len(self.ledger.entries) > MOST_REQUESTS:
                return
            act()

    def note(self, kind: str, mark: str, send: Callable[[], Answer]) -> Answer:
        began = time.monotonic()
        answer = send()
        entry = Entry(kind, mark, answer.outcome, began, time.monotonic())
        self.ledger.note(entry)
        if not entry.is_acknowledged:
            # Who fails waits a moment before the next try.
            self._is_over.wait(0.1)
        return answer

    def _program(self) -> Callable[[], None]:
        acts = [self._post, self._comment, self._follow]
        tokens = self.site.tokens

        def act() -> None:
            number = next(self.numbers)
            member = number % len(tokens)
            program = Visitor(self.site.port, tokens[member])
            acts[number // 2 % 3](program, number, member)

        return act

    def _post(self, program: Visitor, number: int, member: int) -> None:
        mark = f"post {number}"
        answer = self.note(
            "post",
            mark,
            lambda: program.send_json("POST", "/api/v1/posts/", {"body": mark}),
        )
        if answer.outcome == "201":
            self.last_post = json.loads(answer.text)["id"]

    def _comment(self, program: Visitor, number: int, member: int) -> None:
        if not self.last_post:
            return
        mark = f"comment {number}"
        path = f"/api/v1/posts/{self.last_post}/comments/"
        self.note(
            "comment", mark, lambda: program.send_json("POST", path, {"body": mark})
        )

    def _follow(self, program: Visitor, number: int, member: int) -> None:
        ids = self.site.ids
        other = ids[(number // len(self.site.tokens) + member + 1) % len(ids)]
        if other == ids[member]:
            return
        path = f"/api/v1/users/{other}/follow"
        mark = f"{ids[member]} {other}"
        self.note("follow", mark, lambda: program.send_json("PUT", path))

    def _writer(self) -> Callable[[], None]:
        """Return the act of a member with a browser, who is logged in."""
        member = Visitor(self.site.port)
        self.note("log-in", "", lambda: member.log_in(next(self.numbers) % 100 + 20))

        def act() -> None:
            if "sessionid" not in member.cookies:
                self.note("log-in", "", lambda: member.log_in(21))
                # No faster than limits on tries allow.
                self._is_over.wait(2.5)
                return
            mark = f"post {next(self.numbers)} by hand"
            self.note("post", mark, lambda: member.send_form("/", body=mark))

        return act

    def _forgetful(self) -> Callable[[], None]:
        def act() -> None:
            number = next(self.numbers) % len(self.site.ids)
            address = f"member{number}@example.com"
            visitor = Visitor(self.site.port)
            self.note(
                "mail",
                address,
                lambda: visitor.send_form("/auth/reset/", email=address),
            )
            self._is_over.wait(0.2)

        return act

    def _reader(self) -> Callable[[], None]:
        paths = ["/", "/api/v1/posts/", "/user/member3/", "/auth/login/", "/people/"]

        def act() -> None:
            visitor = Visitor(self.site.port)
            path = paths[next(self.numbers) % len(paths)]
            self.note("read", path, lambda: visitor.ask("GET", path))

        return act
