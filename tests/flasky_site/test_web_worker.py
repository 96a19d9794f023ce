import socket
import threading
import time
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from flasky_site import web_worker
from flasky_site.web_worker import PatientWorker


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def worker(monkeypatch):
    """Return a worker that does nothing but read what comes, until the end."""
    made = PatientWorker.__new__(PatientWorker)
    made._read_until = {}

    def handle(self, conn):
        conn.is_read.set()
        return conn.sock.recv(10)

    monkeypatch.setattr(ThreadWorker, "handle", handle)
    monkeypatch.setattr(ThreadWorker, "murder_pending", lambda self: None)
    return made


def take(worker, _listener):
    worker.nr_conns += 1


class TestPatientWorker:
    def read(self, worker, connection):
        found = []
        thread = threading.Thread(
            target=lambda: found.append(worker.handle(connection))
        )
        thread.start()
        connection.is_read.wait()
        return found, thread

    @pytest.fixture
    def connection(self, ends):
        class Connection(SimpleNamespace):
            __hash__ = object.__hash__

        return Connection(sock=ends[0], is_read=threading.Event())

    def test_hangs_up_on_who_is_late(self, worker, connection, monkeypatch):
        monkeypatch.setattr(web_worker, "HEADERS_WITHIN", -1.0)
        found, thread = self.read(worker, connection)

        worker.murder_pending()
        thread.join()

        assert found == [b""]

    def test_hangs_up_once(self, worker, connection):
        hung_up = []
        connection.sock = SimpleNamespace(shutdown=hung_up.append)
        worker._read_until[connection] = 0.0

        worker.murder_pending()
        worker.murder_pending()

        assert hung_up == [socket.SHUT_RD]

    def test_waits_for_who_is_in_time(self, worker, connection, ends):
        found, thread = self.read(worker, connection)

        worker.murder_pending()
        ends[1].sendall(b"GET")
        thread.join()

        assert found == [b"GET"]

    def test_gives_a_body_longer(self, worker, connection, monkeypatch):
        monkeypatch.setattr(ThreadWorker, "handle_request", lambda *arguments: True)
        worker.handle_request(None, connection)

        until = worker._read_until[connection]

        assert until > time.monotonic() + web_worker.HEADERS_WITHIN

    def test_takes_no_more_than_it_has_threads_for(self, worker, monkeypatch):
        asked = []
        monkeypatch.setattr(ThreadWorker, "accept", take)
        monkeypatch.setattr(
            ThreadWorker,
            "set_accept_enabled",
            lambda self, enabled: asked.append(enabled),
        )
        worker.cfg = SimpleNamespace(threads=2)
        worker.nr_conns = 3
        worker.keepalived_conns, worker.pending_conns = [1], [2]

        worker.set_accept_enabled(True)
        worker.accept(None)
        worker.set_accept_enabled(True)
        worker.nr_conns -= 1
        worker.set_accept_enabled(True)

        assert asked == [True, False, False, True]

    def test_forgets_who_is_answered(self, worker, connection, ends):
        ends[1].sendall(b"GET")

        worker.handle(connection)

        assert not worker._read_until
