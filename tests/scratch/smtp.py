"""A real mail server on this machine that keeps what arrives."""

import email
import email.policy
import socket
import threading
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Inbox:
    """What arrived. ``pause`` seconds for each message make it slow."""

    def __init__(self, port, pause=0.0):
        self.port = port
        self.pause = pause
        self.messages = []
        self._more = threading.Condition()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        with self._more:
            self.messages.append(message)
            self._more.notify_all()
        time.sleep(self.pause)
        return "250 OK"

    @property
    def names(self):
        return [message["Message-ID"] for message in self.messages]

    def wait_for(self, count):
        with self._more:
            assert self._more.wait_for(lambda: len(set(self.names)) >= count, 60)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def smtp_server(pause=0.0):
    inbox = Inbox(free_port(), pause)
    server = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    server.start()
    try:
        yield inbox
    finally:
        server.stop()
