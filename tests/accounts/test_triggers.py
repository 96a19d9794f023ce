import pytest
from django.core.management.sql import (
    emit_post_migrate_signal,
    emit_pre_migrate_signal,
)
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, models

from accounts.models import Decision
from tests.factories import DecisionFactory


def migrate(new, old):
    """Change a column as a migration does, with all that goes on around one."""
    new.set_attributes_from_name(old.name)
    emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS)
    with connection.schema_editor() as editor:
        editor.alter_field(Decision, old, new)
    emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS)


@pytest.mark.django_db(transaction=True)
class TestRecordTriggers:
    def test_let_a_migration_rebuild_the_table_and_guard_it_again(self):
        decision = DecisionFactory()
        old = Decision._meta.get_field("actor_name")
        longer = models.CharField(max_length=70, blank=True)

        migrate(longer, old)
        try:
            assert Decision.objects.get() == decision
            with pytest.raises(IntegrityError):
                Decision.objects.update(reason="None.")
        finally:
            migrate(models.CharField(max_length=64, blank=True), longer)
