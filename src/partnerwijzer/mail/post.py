"""send() puts a mail in the outbox within the caller's transaction; the worker sends it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from partnerwijzer.mail.models import OutgoingMail

RETRIES = 8


def send(to: str, subject: str, template: str, context: dict[str, object]) -> OutgoingMail:
    """Queues a mail in plain text. Subjects begin with a verb (design.md, section 6).

    Args:
        template: a text template; it gets the context and `site` (address without slash).
    """
    body = render_to_string(template, {**context, "site": settings.SITE_URL})
    mail = OutgoingMail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body)
    transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return mail


@task
def deliver(mail_id: int) -> None:
    """Sends one mail and wipes its text. Failing keeps the text; the worker's sweep tries again."""
    mail = OutgoingMail.objects.filter(pk=mail_id, sent_at=None).first()
    if mail is None:
        return
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    except OSError as error:
        mail.failures += 1
        mail.last_error = f"{type(error).__name__}: {error}"[:300]
        mail.save(update_fields=["failures", "last_error"])
        return
    mail.sent_at, mail.body, mail.last_error = timezone.now(), "", ""
    mail.save(update_fields=["sent_at", "body", "last_error"])


def sweep() -> int:
    """Sends what is still waiting: after a crash, or after a mail server was away. How many."""
    waiting = OutgoingMail.objects.filter(sent_at=None, failures__lt=RETRIES).order_by("id")[:200]
    for mail in waiting:
        deliver.call(mail.pk)
    return len(waiting)
