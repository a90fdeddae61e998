"""How allauth behaves here: nobody signs up alone, its mail goes by our outbox, in plain words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.mail import post


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is afgesloten. Vraag het aan je directie."),
        "email_password_mismatch": _(
            "Dit adres en dit wachtwoord horen niet bij elkaar. Kijk ze na, of kies een nieuw "
            "wachtwoord."
        ),
        "email_taken": _("Er is al een account met dit adres."),
        "duplicate_email": _("Dit adres heb je al."),
        "enter_current_password": _("Dit is niet je wachtwoord van nu."),
        "incorrect_password": _("Dit is niet je wachtwoord."),
        "incorrect_code": _("Deze code klopt niet. Kijk of ze intussen veranderd is."),
        "too_many_login_attempts": _(
            "Er waren te veel pogingen. Wacht enkele minuten en probeer het dan opnieuw."
        ),
        "rate_limited": _("Er waren te veel pogingen. Wacht even en probeer het dan opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails of allauth wait in the outbox too: a mail server that is away loses nothing."""
        user = context.get("user")
        full = {"email": email, "name": getattr(user, "name", ""), **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", full)
        post.send(email, subject, f"{template_prefix}_message.txt", full)
