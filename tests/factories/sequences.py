"""Ids given by hand, and the sequences that know nothing of them."""

from django.core.management.color import no_style
from django.db import connection


def go_on_behind(*models):
    """Let the next row of each get a free id, which PostgreSQL does not see to."""
    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(command)
