from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from accounts import services
from accounts.models import User
from accounts.pictures import SIZES

FIRST = dict.fromkeys(SIZES, b"first")
SECOND = dict.fromkeys(SIZES, b"second")


def stored_files(user):
    folder = Path(default_storage.location) / "avatars" / str(user.pk)
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def named_files(user, content):
    """Return the set of files that the member's row names."""
    user.refresh_from_db()
    return {f"{user.avatar}-{size}.webp": content for size in SIZES}


@pytest.mark.django_db(transaction=True)
class TestChangeAvatar:
    def test_stores_the_picture_by_its_digest(self, alice):
        services.change_avatar(user=alice, squares=FIRST)

        assert len(alice.avatar) == 32
        assert stored_files(alice) == named_files(alice, b"first")

    def test_takes_the_picture_before_away(self, alice):
        services.change_avatar(user=alice, squares=FIRST)

        services.change_avatar(user=alice, squares=SECOND)

        assert stored_files(alice) == named_files(alice, b"second")

    def test_twice_is_once(self, alice):
        services.change_avatar(user=alice, squares=FIRST)

        services.change_avatar(user=alice, squares=FIRST)

        assert stored_files(alice) == named_files(alice, b"first")

    def test_brings_back_files_that_were_lost(self, alice):
        services.change_avatar(user=alice, squares=FIRST)
        for name in stored_files(alice):
            default_storage.delete(f"avatars/{alice.pk}/{name}")

        services.change_avatar(user=alice, squares=FIRST)

        assert stored_files(alice) == named_files(alice, b"first")

    def test_writes_anew_what_a_killed_process_left_half_written(self, alice):
        services.change_avatar(user=alice, squares=FIRST)
        names = list(stored_files(alice))
        services.remove_avatar(user=alice)
        for name in names:
            default_storage.save(f"avatars/{alice.pk}/{name}", ContentFile(b"fi"))

        services.change_avatar(user=alice, squares=FIRST)

        assert stored_files(alice) == named_files(alice, b"first")

    def test_leaves_the_pictures_of_others(self, alice, bob):
        services.change_avatar(user=alice, squares=FIRST)

        services.change_avatar(user=bob, squares=FIRST)
        services.remove_avatar(user=bob)

        assert stored_files(alice) == named_files(alice, b"first")
        assert not stored_files(bob)

    def test_leaves_no_files_behind_when_one_cannot_be_written(
        self, alice, monkeypatch
    ):
        save = default_storage.save

        def save_three(name, content):
            if name.endswith("-256.webp"):
                raise OSError("No space left on device")
            return save(name, content)

        services.change_avatar(user=alice, squares=FIRST)
        monkeypatch.setattr(default_storage, "save", save_three)

        with pytest.raises(OSError, match="No space"):
            services.change_avatar(user=alice, squares=SECOND)

        assert stored_files(alice) == named_files(alice, b"first")

    def test_leaves_no_files_behind_when_the_database_fails(self, alice, monkeypatch):
        def fail_once():
            monkeypatch.undo()
            raise DatabaseError

        monkeypatch.setattr(connection, "_commit", fail_once)

        with pytest.raises(DatabaseError):
            services.change_avatar(user=alice, squares=FIRST)

        alice.refresh_from_db()
        assert alice.avatar == ""
        assert not stored_files(alice)

    def test_leaves_no_files_for_a_member_who_is_gone(self, alice):
        User.objects.filter(pk=alice.pk).delete()

        services.change_avatar(user=alice, squares=FIRST)

        assert not stored_files(alice)

    def test_refuses_to_be_part_of_what_may_be_rolled_back(self, alice):
        with pytest.raises(RuntimeError), transaction.atomic():
            services.change_avatar(user=alice, squares=FIRST)

        assert not stored_files(alice)


@pytest.mark.django_db(transaction=True)
class TestRemoveAvatar:
    def test_takes_the_picture_away(self, alice):
        services.change_avatar(user=alice, squares=FIRST)

        services.remove_avatar(user=alice)

        alice.refresh_from_db()
        assert alice.avatar == ""
        assert not stored_files(alice)

    def test_twice_is_once(self, alice):
        services.remove_avatar(user=alice)
        services.remove_avatar(user=alice)

        alice.refresh_from_db()
        assert alice.avatar == ""

    def test_keeps_the_files_until_it_is_certain(self, alice):
        services.change_avatar(user=alice, squares=FIRST)

        with transaction.atomic():
            services.remove_avatar(user=alice)
            transaction.set_rollback(True)

        assert stored_files(alice) == named_files(alice, b"first")

    def test_is_done_even_when_the_storage_fails(self, alice, monkeypatch):
        def fail(name):
            raise OSError("Input/output error")

        services.change_avatar(user=alice, squares=FIRST)
        monkeypatch.setattr(default_storage, "delete", fail)

        services.remove_avatar(user=alice)

        alice.refresh_from_db()
        assert alice.avatar == ""


@pytest.mark.django_db(transaction=True)
class TestDeleteStrayFiles:
    def test_spares_what_somebody_else_has_just_stored(self, alice):
        services.change_avatar(user=alice, squares=FIRST)
        services.change_avatar(user=User.objects.get(pk=alice.pk), squares=SECOND)

        services.delete_stray_files(user_id=alice.pk)

        assert stored_files(alice) == named_files(alice, b"second")

    def test_follows_when_a_member_is_deleted(self, alice):
        services.change_avatar(user=alice, squares=FIRST)
        pk = alice.pk

        alice.delete()

        alice.pk = pk
        assert not stored_files(alice)
