"""send() puts a mail in the outbox within the caller's transaction; sweep() sends what waits there.

The background worker sweeps every few seconds. A mail is claimed before it is sent, so two workers
never send the same one. Only a process that is killed between the mail server's yes and our note of
it makes a mail go out again, ten minutes later and with the same Message-ID.
"""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.models import AccessLink
from partnerwijzer.mail.models import OutgoingMail

logger = logging.getLogger(__name__)

# How long to wait after the first, second, … failure, in minutes: two days in all, then no more.
WAITS = (1, 5, 15, 60, 120, 240, 480, 720, 720, 720)
ABANDONED = timedelta(minutes=10)
KEEP = timedelta(days=180)
BATCH = 100


@dataclass(frozen=True)
class Attachment:
    """A kept file that goes along. `path` is its place in the folder of files."""

    name: str
    mime: str
    path: str


def send(
    to: str,
    subject: str,
    template: str,
    context: dict[str, object],
    *,
    link: AccessLink | None = None,
    renewed: bool = True,
    reply_to: str = "",
    stop: str = "",
    attached: Sequence[Attachment] = (),
) -> OutgoingMail:
    """Queues a mail in plain text, in the language that is active now.

    Args:
        subject: begins with a verb (“Geef je ervaring met …”); made into one line.
        template: a text template that extends mail/base.txt. It gets the context and `site` (the
            address without slash). Nothing in it is escaped: it is text, not HTML.
        link: the secret link in the text. It is marked as sent when the mail has gone, and when it
            is withdrawn or expires first, the mail does not go.
        renewed: the secret in the text is new: an earlier mail with this link that still waits is
            taken away. False for a mail to whose link it is, without the secret.
        stop: where a mail program ends mail of this kind with one click (RFC 8058).
        attached: kept files that go along, byte for byte as they were kept.

    Raises:
        ValidationError: `to` or `reply_to` is no e-mail address.
    """
    for address in (to, reply_to or to):
        validate_email(address)
    if link is not None and renewed:
        OutgoingMail.objects.waiting().filter(link=link, claimed_at=None).delete()
    return OutgoingMail.objects.create(
        to=to,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:200],
        body=_render(template, context),
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        link=link,
        stop=stop,
        attached=[asdict(one) for one in attached],
    )


def _render(template: str, context: dict[str, object]) -> str:
    inner = get_template(template).template  # type: ignore[attr-defined]
    assert isinstance(inner, Template)
    return tidy(inner.render(Context({**context, "site": settings.SITE_URL}, autoescape=False)))


def tidy(text: str) -> str:
    """Without the gaps that template tags leave: no white at line ends, at most one empty line."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append("-- " if line == "--" else line)
    return "\n".join(lines) + "\n"


def sweep() -> int:
    """Sends what is due. How many went. Call it outside a transaction: a mail server is slow."""
    now = timezone.now()
    due = list(OutgoingMail.objects.due(now, now - ABANDONED).values_list("pk", flat=True)[:BATCH])
    if not due:
        return 0
    connection = get_connection()
    try:
        return sum(deliver(pk, connection) for pk in due)
    finally:
        connection.close()


def deliver(mail_id: int, connection: BaseEmailBackend) -> bool:
    """Claims one mail and sends it. Whether it went; failing puts it off or, at last, drops it."""
    mail = _claim(mail_id)
    if mail is None:
        return False
    if mail.link is not None and not mail.link.usable:
        _drop(mail, "link withdrawn or expired")
        return False
    try:
        connection.open()  # keeps it open for the mails after this one
        _message(mail, connection).send()
    except Exception as error:  # noqa: BLE001 -- whatever it is, one bad mail may not stop the rest
        connection.close()
        _fail(mail, error)
        return False
    _mark_sent(mail)
    return True


def _claim(mail_id: int) -> OutgoingMail | None:
    """The mail, if it is due and nobody else has it. One UPDATE decides, on any database."""
    now = timezone.now()
    due = OutgoingMail.objects.due(now, now - ABANDONED).filter(pk=mail_id).order_by()
    if not due.update(claimed_at=now):
        return None
    return OutgoingMail.objects.select_related("link").get(pk=mail_id)


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=_headers(mail),
        connection=connection,
    )
    for one in mail.attached:
        content = (Path(settings.FILES_DIR) / one["path"]).read_bytes()
        message.attach(one["name"], content, one["mime"])
    return message


def _headers(mail: OutgoingMail) -> dict[str, str]:
    found = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.stop:
        found["List-Unsubscribe"] = f"<{mail.stop}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def _mark_sent(mail: OutgoingMail) -> None:
    mail.sent_at, mail.body, mail.last_error, mail.stop = timezone.now(), "", "", ""
    mail.attached = []
    mail.save(update_fields=["sent_at", "body", "last_error", "stop", "attached"])
    if mail.link is not None:
        links.mark(mail.link, "sent_at")


def _fail(mail: OutgoingMail, error: Exception) -> None:
    mail.failures += 1
    reason = _reason(error)
    logger.warning("mail %s not sent (%s. try): %s", mail.pk, mail.failures, reason)
    if _is_final(error) or mail.failures > len(WAITS):
        _drop(mail, reason)
        return
    mail.last_error, mail.claimed_at = reason, None
    mail.next_try_at = timezone.now() + timedelta(minutes=WAITS[mail.failures - 1])
    mail.save(update_fields=["failures", "last_error", "claimed_at", "next_try_at"])


def _drop(mail: OutgoingMail, reason: str) -> None:
    mail.dropped_at, mail.body, mail.last_error, mail.stop = timezone.now(), "", reason, ""
    mail.attached = []
    mail.save(update_fields=["dropped_at", "body", "last_error", "failures", "stop", "attached"])


def _reason(error: Exception) -> str:
    """What went wrong, without the words of the server: those may quote the mail."""
    number = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {number or ''}".strip()[:100]


def _is_final(error: Exception) -> bool:
    """Whether the other side said that this mail will never be accepted."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        return error.smtp_code >= 500
    return False


def purge() -> int:
    """Forgets who was written to long ago. How many. For the background worker, daily."""
    old = timezone.now() - KEEP
    return (
        OutgoingMail.objects.exclude(sent_at=None, dropped_at=None)
        .filter(created_at__lt=old)
        .delete()[0]
    )
