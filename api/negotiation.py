"""Which of the forms of an answer somebody gets."""

from rest_framework import negotiation
from rest_framework.request import Request


class ContentNegotiation(negotiation.DefaultContentNegotiation):
    def get_accept_list(self, request: Request) -> list[str]:
        """Take an empty ``Accept`` for none at all: whatever there is."""
        accepted: list[str] = super().get_accept_list(request)
        return accepted if any(accepted) else ["*/*"]
