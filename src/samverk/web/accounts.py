"""How allauth meets our house: nobody signs up by herself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an operator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
