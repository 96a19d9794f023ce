"""Two people, or two tabs, who change the same row."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from .errors import DomainError

Values = Mapping[str, Any]


class ChangedMeanwhile(DomainError):
    """``current`` is what the fields hold that somebody else changed."""

    message = _(
        "Somebody changed this while you were writing. Save again to put yours in its "
        "place."
    )

    def __init__(self, current: Values) -> None:
        super().__init__()
        self.current = current


def merge(*, wanted: Values, seen: Values, current: Values) -> tuple[Values, set[str]]:
    """Return what to write, and the names of what somebody else changed and stays.

    ``seen`` is what the fields held when they were shown; what it leaves out counts as
    seen now. Raise ChangedMeanwhile when a field is to be written over a change that
    nobody has seen.
    """
    seen = {**current, **seen}
    elsewhere = {name for name in wanted if current[name] != seen[name]}
    changes = {
        name: value
        for name, value in wanted.items()
        if value != seen[name] and value != current[name]
    }
    if unseen := changes.keys() & elsewhere:
        raise ChangedMeanwhile({name: current[name] for name in unseen})
    return changes, {name for name in elsewhere if wanted[name] == seen[name]}
