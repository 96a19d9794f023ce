"""gunicorn's threads, with an end to the patience with who sends drop by drop.

gunicorn waits for the rest of a request as long as something comes now and then, and as
many slow clients as there are threads would keep everybody else out.
"""

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# In seconds. What comes before the body is one packet, or a few; gunicorn itself waits
# for 5 s until the first one comes.
HEADERS_WITHIN = 5.0
# 5 MB, the largest picture, at 1.4 Mbit/s.
BODY_WITHIN = 30.0


class PatientWorker(ThreadWorker):
    """Hangs up on a request whose headers, or whose body, do not end in time.

    And takes no more connections than it has threads for: what waits, waits where
    another process can take it, and not behind who is slow here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_until: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it, in a thread of its own."""
        self._read_until[conn] = time.monotonic() + HEADERS_WITHIN
        try:
            return super().handle(conn)
        finally:
            self._read_until.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        # The headers are there.
        self._read_until[conn] = time.monotonic() + BODY_WITHIN
        return super().handle_request(req, conn)

    def accept(self, listener: Any) -> None:
        """Take a connection, and no more when it has the last thread."""
        super().accept(listener)
        if not self._has_a_free_thread():
            self.set_accept_enabled(False)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take connections again when there is a free thread for them.

        The main thread calls this whenever something has happened.
        """
        super().set_accept_enabled(enabled and self._has_a_free_thread())

    def _has_a_free_thread(self) -> bool:
        at_rest = len(self.keepalived_conns) + len(self.pending_conns)
        return bool(self.nr_conns - at_rest < self.cfg.threads)

    def murder_pending(self) -> None:
        """Hang up on who is late; the main thread calls this each second at least."""
        super().murder_pending()
        for conn, until in self._read_until.copy().items():
            if until < time.monotonic():
                self._read_until.pop(conn, None)
                # Who waits for more reads the end; an answer can still be sent.
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
