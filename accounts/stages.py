"""Steps between a right password and a session."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class RegistrationVerificationStage(EmailVerificationStage):
    """Ends a registration with "look in your mail", and lets log-ins through.

    allauth's own stage would also refuse log-in until the address is confirmed.
    Flasky lets such members in and shows them the account pages alone.
    """

    def handle(self) -> tuple[Any, bool]:
        if not self.login.signup:
            return None, True
        return super().handle()
