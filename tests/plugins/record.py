"""Lets tests empty the record of decisions, which the database refuses.

Tests in transactions of their own end with ``flush``; the triggers are back after it.
"""

import pytest
from django.db import connection
from django.test import TransactionTestCase

_DROP = {
    "postgresql": (
        "DROP TRIGGER IF EXISTS accounts_decision_stays ON accounts_decision",
        "DROP TRIGGER IF EXISTS accounts_decisions_stay ON accounts_decision",
    ),
    "sqlite": (
        "DROP TRIGGER IF EXISTS accounts_decision_stays",
        "DROP TRIGGER IF EXISTS accounts_decision_is_kept",
    ),
}


@pytest.fixture(autouse=True, scope="session")
def _record_can_be_emptied():
    empty = TransactionTestCase._fixture_teardown

    def drop_and_empty(test_case):
        with connection.cursor() as cursor:
            for statement in _DROP[connection.vendor]:
                cursor.execute(statement)
        empty(test_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", drop_and_empty)
        yield
