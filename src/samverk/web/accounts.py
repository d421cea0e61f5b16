"""How allauth meets our house: nobody signs up by herself, and the log is told who tried to come in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from samverk.access import logins


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an operator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, at login or where it is asked for again."""
        logins.failed(str(credentials.get("email", "")))

    def validation_error(self, code: str, *args: Any) -> Any:
        """The sentence for `code`. Too many attempts, at a password or at a code, are told to the log here."""
        if code == "too_many_login_attempts":
            logins.limited("login")
        return super().validation_error(code, *args)
