"""Clients that send their requests drop by drop, as many as there are threads."""

import socket
import threading
import time

from tests.faults.site import THREADS_EACH, WEB_PROCESSES, Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import HOST, Load, Visitor

TITLE = "as many clients that drip as there are threads, with no proxy in front"
_CLIENTS = WEB_PROCESSES * THREADS_EACH


class Dripper:
    """Sends a byte every half second until it is hung up on."""

    def __init__(self, port: int, begin: bytes) -> None:
        self.seconds: float | None = None
        self.is_over = threading.Event()
        self._began = time.monotonic()
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.sendall(begin)
        self._socket.settimeout(0.5)
        self._thread = threading.Thread(target=self._drip)
        self._thread.start()

    def _drip(self) -> None:
        with self._socket:
            while not self.is_over.is_set():
                try:
                    self._socket.sendall(b"x")
                    # The end, or an answer, which is as good.
                    self._socket.recv(4096)
                    break
                except TimeoutError:
                    continue
                except OSError:
                    break
            else:
                return
        self.seconds = time.monotonic() - self._began

    def wait(self) -> float | None:
        """Return after how many seconds the server hung up, None for never."""
        self._thread.join(40)
        self.is_over.set()
        self._thread.join()
        return self.seconds


_HEADERS = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Drip: ".encode()
_BODY = (
    f"POST /auth/login/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
    "X-Forwarded-For: 10.9.9.9\r\nContent-Length: 5000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin="
).encode()


def cut_off_in_the_middle(site: Site) -> int:
    """Send half of a post and close; return how many posts that makes."""
    member = Visitor(site.port)
    member.log_in(200)
    page = member.ask("GET", "/").text
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&body=cut+off+in+the+middle".encode()
    cookies = "; ".join(f"{name}={value}" for name, value in member.cookies.items())
    headers = member.headers | {
        "Cookie": cookies,
        "Referer": f"https://{HOST}/",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body) + 100),
    }
    lines = [
        "POST / HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    with socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(20)
        connection.recv(4096)
    return site.count("select count(*) from blog_post where body like 'cut off%'")


def script(site: Site, verdict: Verdict) -> None:
    with site.serving():
        published = cut_off_in_the_middle(site)
        verdict.promise("half a post is not published", published == 0)
        with Load(site) as load:
            time.sleep(2)
            headers = [Dripper(site.port, _HEADERS) for _ in range(_CLIENTS)]
            ends = [dripper.wait() for dripper in headers]
            time.sleep(2)
            # A body has longer, and some threads stay free.
            bodies = [Dripper(site.port, _BODY) for _ in range(_CLIENTS // 2)]
            ends_of_bodies = [dripper.wait() for dripper in bodies]
        _promise_ends(verdict, "headers", ends, 12)
        _promise_ends(verdict, "bodies", ends_of_bodies, 36)
        gap = load.ledger.longest_gap()
        verdict.promise(f"others wait {gap:.1f} s at most", gap < 15)
        verdict.settle_load(site, load)


def _promise_ends(
    verdict: Verdict, what: str, ends: list[float | None], seconds: float
) -> None:
    known = [end for end in ends if end is not None]
    longest = max(known, default=0.0)
    verdict.promise(
        f"{what} that drip are cut off, {len(known)} of {len(ends)}, "
        f"after {longest:.1f} s",
        len(known) == len(ends) and longest < seconds,
    )


if __name__ == "__main__":
    run(script, TITLE)
