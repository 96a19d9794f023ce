import errno
import sqlite3

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from psycopg import errors

from flasky_site.lib.outages import is_outage


def caused_by(cause):
    error = OperationalError()
    error.__cause__ = cause
    return error


def of_sqlite(name):
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    return error


class TestIsOutage:
    @pytest.mark.parametrize(
        "error",
        [
            InterfaceError("the connection is closed"),
            caused_by(psycopg.OperationalError("connection refused")),
            caused_by(errors.AdminShutdown()),
            caused_by(errors.CannotConnectNow()),
            caused_by(errors.TooManyConnections()),
            caused_by(errors.QueryCanceled()),
            caused_by(errors.DeadlockDetected()),
            caused_by(errors.DiskFull()),
            caused_by(of_sqlite("SQLITE_BUSY")),
            OSError(errno.ENOSPC, "No space left on device"),
        ],
    )
    def test_is_what_passes(self, error):
        assert is_outage(error)

    @pytest.mark.parametrize(
        "error",
        [
            None,
            ValueError("a bug"),
            DataError("too long"),
            caused_by(errors.InvalidPassword()),
            caused_by(of_sqlite("SQLITE_ERROR")),
            FileNotFoundError(errno.ENOENT, "No such file"),
        ],
    )
    def test_is_nothing_that_stays(self, error):
        assert not is_outage(error)

    @pytest.mark.django_db(transaction=True)
    def test_is_no_table_that_is_missing(self):
        with pytest.raises(Exception) as caught, connection.cursor() as cursor:  # noqa: PT011
            cursor.execute("SELECT * FROM not_there")

        assert not is_outage(caught.value)
