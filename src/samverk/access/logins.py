"""Logins in the log: who came in, who was stopped, and where a limit was met (OWASP ASVS 5.0.0, 16.3.1 and 16.3.3)."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest

from samverk.access import log
from samverk.access.actor import Actor, frozen, system_actor
from samverk.access.declare_house import LogIn
from samverk.access.door import door
from samverk.store.models import Account

_NOBODY = system_actor("login")
_ONCE = 60
"""A limit that is met goes on being met: it is told once in so many seconds, so that nobody fills the log."""


def failed(email: str) -> None:
    """A wrong password. What was typed is not kept: only the account, where there is one of that address."""
    account = Account.objects.filter(email__iexact=email.strip()).values_list("id", flat=True).first()
    _tell(_NOBODY, "login.failed", account=account)


def limited(what: str, *, actor: Actor | None = None) -> None:
    """A limit was met: `what` is "login", "reading", "export" or the name of something costly.

    Told once a minute for each actor.
    """
    who = actor or _NOBODY
    if cache.add(f"samverk:limit:{what}:{who.account}", True, _ONCE):
        _tell(who, "limit.met", limit=what)


def moved(account: str | None) -> None:
    """A login was ended, since another browser came with its cookie. Nobody knows who that was."""
    _tell(_NOBODY, "login.moved", account=account)


@receiver(user_logged_in)
def _logged_in(user: Account, **_: Any) -> None:
    _tell(frozen(user), "login.done", person=user.person_id)


@receiver(authentication_failed)
def _wrong_code(request: HttpRequest, user: Account, **_: Any) -> None:
    _tell(_NOBODY, "login.code_failed", account=user.pk)


def _tell(actor: Actor, what: str, **detail: Any) -> None:
    """One event beside the door's own. Whoever may do nothing here stands in the log as refused."""
    with door(actor, LogIn) as permit:
        if permit is not None:
            log.wrote(permit, what, **detail)
