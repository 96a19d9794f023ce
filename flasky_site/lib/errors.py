"""The one way for a service to say that a rule forbids something."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the domain says no; ``message`` is a sentence for the person."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)
