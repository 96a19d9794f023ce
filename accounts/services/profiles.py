"""What members say about themselves."""

from django.db import transaction

from accounts.models import User
from flasky_site.lib.merging import Values, merge


@transaction.atomic
def edit_profile(*, user: User, wanted: Values, seen: Values) -> set[str]:
    """Write of the ``wanted`` fields those that are not as they were ``seen``.

    Return the names of the others that somebody else changed meanwhile. Raise
    ChangedMeanwhile when both changed the same one.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    current = {name: getattr(user, name) for name in wanted}
    changes, kept = merge(wanted=wanted, seen=seen, current=current)
    write_fields(user=user, changes=changes)
    return kept


def write_fields(*, user: User, changes: Values) -> None:
    """Save ``changes`` and nothing else."""
    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=list(changes))
