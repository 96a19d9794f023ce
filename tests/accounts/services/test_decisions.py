import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts import services
from accounts.exceptions import AlreadyUndone
from accounts.models import Decision, User
from accounts.services import Ruling, new_decision


@pytest.fixture
def decision(moderator, bob):
    ruling = Ruling(actor=moderator, reason="Spam.")
    (decision,) = services.suspend_members(ruling=ruling, members=[bob], until=None)
    return decision


@pytest.mark.django_db
class TestRecord:
    def test_says_who_did_what_to_whom_and_why(self, decision, moderator, bob):
        row = Decision.objects.get()

        assert (row.actor, row.actor_name) == (moderator, "marta")
        assert (row.member, row.member_name) == (bob, "bob")
        assert (row.kind, row.reason) == (Decision.Kind.SUSPEND, "Spam.")
        assert row.before == {"suspended": False}

    def test_cannot_be_changed(self, decision):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.update(reason="None.")
        decision.reason = "None."
        with pytest.raises(IntegrityError), transaction.atomic():
            decision.save()

        assert Decision.objects.get().reason == "Spam."

    def test_cannot_be_deleted(self, decision):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.all().delete()

        assert Decision.objects.exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE accounts_decision SET actor_name = 'nobody'",
            "DELETE FROM accounts_decision",
            "TRUNCATE accounts_decision",
        ],
    )
    def test_withstands_sql_by_hand(self, decision, statement):
        if "TRUNCATE" in statement and connection.vendor == "sqlite":
            statement = "DELETE FROM accounts_decision WHERE true"
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

        assert Decision.objects.get().actor_name == "marta"

    def test_is_not_replaced_by_a_row_in_its_place(self, decision):
        names = [field.column for field in Decision._meta.concrete_fields]
        copied = ["'nobody'" if name == "actor_name" else name for name in names]
        table = f"accounts_decision ({', '.join(names)})"
        rows = f"SELECT {', '.join(copied)} FROM accounts_decision WHERE true"
        statement = (
            f"INSERT OR REPLACE INTO {table} {rows}"
            if connection.vendor == "sqlite"
            else f"INSERT INTO {table} {rows} "
            "ON CONFLICT (id) DO UPDATE SET actor_name = EXCLUDED.actor_name"
        )

        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

        assert Decision.objects.get().actor_name == "marta"

    def test_outlives_whom_it_is_about(self, decision, moderator, bob):
        User.objects.filter(pk__in=[moderator.pk, bob.pk]).delete()

        row = Decision.objects.get()
        assert (row.actor_name, row.member_name) == ("marta", "bob")

    def test_takes_back_a_decision_once(self, decision, moderator, bob):
        undo = Ruling(actor=moderator, reason="A mistake.", undoes=[decision])
        services.lift_suspensions(ruling=undo, members=[bob])
        ruling = Ruling(actor=moderator, reason="Again.")
        services.suspend_members(ruling=ruling, members=[bob], until=None)

        assert services.lift_suspensions(ruling=undo, members=[bob]) == []
        again = new_decision(undo, kind=Decision.Kind.LIFT, member=bob, before={})
        with pytest.raises(AlreadyUndone):
            services.record_decisions(decisions=[again])

        bob.refresh_from_db()
        assert bob.is_suspended

    def test_withstands_flush(self, decision):
        with pytest.raises(CommandError), transaction.atomic():
            call_command("flush", interactive=False, verbosity=0)

        assert Decision.objects.get() == decision
