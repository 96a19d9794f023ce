"""Which picture a member has, and the files of it."""

import hashlib
from contextlib import ExitStack

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.avatars import avatar_folder, avatar_name
from accounts.models import User
from flasky_site.lib.visitors import forget_pages


def change_avatar(*, user: User, squares: dict[int, bytes]) -> None:
    """Store what ``pictures.cut_squares`` made as the member's picture.

    The files are there before anybody can learn their names, and those of the picture
    before until nobody can.
    """
    digest = hashlib.blake2b(b"".join(squares.values()), digest_size=16).hexdigest()
    with ExitStack() as undo:
        undo.callback(_delete_strays, user.pk)
        # Durable, since a rollback further out would leave the new files behind.
        with transaction.atomic(durable=True):
            # Others who change this picture wait here, and nothing stays of a process
            # that was killed while it wrote.
            _delete_strays(user.pk)
            User.objects.filter(pk=user.pk).update(avatar=digest)
            # They name files that are about to go.
            forget_pages()
            _save_files(user.pk, digest, squares)
            delete_stray_files(user_id=user.pk)
        undo.pop_all()
    user.avatar = digest


@transaction.atomic
def remove_avatar(*, user: User) -> None:
    """Go back to the picture that is drawn; harmless when there is no other."""
    user.avatar = ""
    user.save(update_fields=["avatar"])
    forget_pages()
    delete_stray_files(user_id=user.pk)


def delete_stray_files(*, user_id: int) -> None:
    """Delete, after the commit, what is not of the member's picture, or of nobody's."""
    # The change is made by then: a storage that fails does not make it fail.
    transaction.on_commit(lambda: _delete_strays(user_id), robust=True)


def _save_files(user_id: int, digest: str, squares: dict[int, bytes]) -> None:
    for size, content in squares.items():
        name = avatar_name(user_id, digest, size)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


@transaction.atomic
def _delete_strays(user_id: int) -> None:
    """Lock the member's row and delete the files that it does not name."""
    rows = User.objects.select_for_update().filter(pk=user_id)
    digests = list(rows.values_list("avatar", flat=True))
    folder = avatar_folder(user_id)
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        if name.partition("-")[0] not in digests:
            default_storage.delete(f"{folder}/{name}")
