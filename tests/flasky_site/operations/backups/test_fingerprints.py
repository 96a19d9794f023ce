import pytest
from django.db import connection

from accounts.models import User
from flasky_site.operations.backups.fingerprints import differences, fingerprint

pytestmark = pytest.mark.django_db(transaction=True)


class TestFingerprint:
    def test_is_the_same_whatever_the_order_of_rows(self, site):
        before = fingerprint(connection)

        with connection.cursor() as cursor:
            # PostgreSQL writes it in another place.
            cursor.execute("UPDATE blog_post SET body = body WHERE id > 0")

        assert differences(before, fingerprint(connection)) == []

    def test_differs_when_one_letter_does(self, site):
        before = fingerprint(connection)

        User.objects.update(location="Elsewhere")

        assert differences(before, fingerprint(connection)) == [
            "accounts_user: 1 rows, of which some differ"
        ]

    def test_names_tables_that_came_and_went(self):
        assert differences({"a": [1, "1"]}, {"b": [2, "2"]}) == [
            "a: 1 rows expected, None found",
            "b: None rows expected, 2 found",
        ]
