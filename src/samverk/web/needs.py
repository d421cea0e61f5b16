"""What each page needs, and how the routes that others wrote are declared. Nothing is open by default."""

from samverk.access.needs import UndeclaredRoute, declared_acts, needs, public

__all__ = ["THIRD_PARTY", "UndeclaredRoute", "declared_acts", "needs", "public"]

THIRD_PARTY: dict[str, str] = {
    "account_login": "public: where one logs in",
    "account_logout": "own account",
    "account_reauthenticate": "own account",
    "account_change_password": "own account",
    "account_set_password": "own account",
    "account_reset_password": "public: a forgotten password",
    "account_reset_password_done": "public: a forgotten password",
    "account_reset_password_from_key": "public: a forgotten password",
    "account_reset_password_from_key_done": "public: a forgotten password",
    "account_inactive": "public: told to whoever has the password of an account that is shut",
    "account_signup": "closed: accounts are made by an operator",
    "account_email": "closed: addresses are entered by an operator",
    "account_email_verification_sent": "closed: addresses are entered by an operator",
    "account_confirm_email": "closed: addresses are entered by an operator",
    "account_confirm_login_code": "closed: a code by mail is no second factor",
    "mfa_authenticate": "public: the second factor of a login under way",
    "mfa_reauthenticate": "own account",
    "mfa_reauthenticate_webauthn": "own account",
    "mfa_index": "own account",
    "mfa_activate_totp": "own account",
    "mfa_deactivate_totp": "own account",
    "mfa_view_recovery_codes": "own account",
    "mfa_download_recovery_codes": "own account",
    "mfa_generate_recovery_codes": "own account",
    "mfa_list_webauthn": "own account",
    "mfa_add_webauthn": "own account",
    "mfa_edit_webauthn": "own account",
    "mfa_remove_webauthn": "own account",
    "usersessions_list": "own account",
    "set_language": "public: the reader's language",
    "api:openapi-json": "logged in: describes the programming interface",
    "api:api-root": "closed: there is nothing at the programming interface's root",
}
"""Routes that others wrote, by name with namespace: "public: why", "own account", "logged in: why", "closed: why"."""

PROVING = ("account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
"""All that is open to whoever has given a password alone for an account that has a second factor."""
