"""Whether whoever sits at this session has shown a second factor: a password alone is not enough.

A factor that comes or goes ends the account's other sessions: whoever took one loses it (OWASP ASVS 5.0.0, 7.4.3).
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from samverk.store.models import Account

KEPT = "samverk_second_factor"
"""In the session: the account that has shown its second factor in it. So that no request needs to ask again."""


def shown(request: HttpRequest, account: Account) -> bool:
    """Whether `account` has shown a second factor in this session: at login, later, or by setting up its first."""
    kept: object = request.session.get(KEPT)
    return kept == str(account.pk)


def exists(account: Account) -> bool:
    """Whether the account has a second factor to show."""
    return _has_another(account, than=None)


@receiver(authenticator_used)
def _used(request: HttpRequest, user: Account, **_: Any) -> None:
    _keep(request, user)


@receiver(authenticator_added)
def _added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets up the first has shown it. One more tells nothing of who added it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and not _has_another(user, than=authenticator.pk):
        _keep(request, user)
        request.session.cycle_key()
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _end_the_others(request, user)


@receiver(authenticator_removed)
def _removed(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    if not exists(user):
        request.session.pop(KEPT, None)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _end_the_others(request, user)


def _end_the_others(request: HttpRequest, account: Account) -> None:
    for session in UserSession.objects.filter(user=account.pk).exclude(session_key=request.session.session_key):
        session.end()
    # Under the key that it has now: one's own session stays in the list of those that can be ended.
    UserSession.objects.create_from_request(request)


def _keep(request: HttpRequest, account: Account) -> None:
    request.session[KEPT] = str(account.pk)


def _has_another(account: Account, *, than: object) -> bool:
    factors = Authenticator.objects.filter(user=account.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exclude(pk=than).exists() if than is not None else factors.exists())
