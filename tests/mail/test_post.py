"""Mail goes out once, keeps no secrets afterwards, and survives a mail server that is away."""

import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail as outside
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from partnerwijzer.access import links
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail

TOKEN = "geheim-token-123"


def queue(letter: str, to: str = "mia@school.example", **more: Any) -> OutgoingMail:
    return post.send(to, "Geef je ervaring", letter, {"token": TOKEN, "name": "Mia"}, **more)


class Server(BaseEmailBackend):
    """A mail server that answers as the test says."""

    answer: ClassVar[BaseException | None] = None
    got: ClassVar[list[str]] = []
    away: ClassVar[bool] = False
    opened: ClassVar[list[int]] = []
    meanwhile: ClassVar[Callable[[], None] | None] = None

    def open(self) -> bool:
        if self.away:
            raise ConnectionRefusedError(111, "nobody there")
        self.opened.append(1)
        return True

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            if Server.meanwhile:
                Server.meanwhile()
            if self.answer is not None and "fout" in message.to[0]:
                raise self.answer
            self.got.append(message.to[0])
        return len(email_messages)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "got", [])
    monkeypatch.setattr(Server, "opened", [])
    monkeypatch.setattr(Server, "answer", None)
    return Server


def everything_stored() -> str:
    """All text in the database."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


# --- what is sent


@pytest.mark.django_db
def test_a_mail_is_the_text_of_its_template_with_our_signature(letter: str) -> None:
    queue(letter, reply_to="juf@school.example")

    assert post.sweep() == 1
    (sent,) = outside.outbox
    assert (sent.to, sent.reply_to, sent.subject) == (
        ["mia@school.example"], ["juf@school.example"], "Geef je ervaring",
    )  # fmt: skip
    assert sent.body == (
        "Dag Mia,\n\n"
        "Antwoord hier: https://partnerwijzer.example/l/geheim-token-123\n\n"
        "Vriendelijke groet\nPartnerwijzer\n\n"
        "-- \n"
        "Je krijgt deze mail omdat een school je iets vraagt.\n"
        "Partnerwijzer: samenwerken met partners van buiten de school\n"
        "https://partnerwijzer.example\n"
    )


@pytest.mark.django_db
def test_a_mail_says_that_a_machine_sent_it(letter: str) -> None:
    stored = queue(letter)
    post.sweep()

    headers = outside.outbox[0].message()
    assert (headers["Auto-Submitted"], headers["Message-ID"]) == (
        "auto-generated",
        stored.message_id,
    )
    assert stored.message_id.endswith("@partnerwijzer.example>")


@pytest.mark.django_db
def test_text_is_not_escaped_as_if_it_were_html(letter: str) -> None:
    post.send("a@b.example", "Lees", letter, {"name": "D'Hondt & <Co>", "more": '"ja"'})
    post.sweep()

    assert "Dag D'Hondt & <Co>," in outside.outbox[0].body
    assert '"ja"' in outside.outbox[0].body


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["geen adres", "a@b.example\nBcc: x@y.example", "", "a@b, c@d"])
def test_what_is_no_address_is_refused(bad: str, letter: str) -> None:
    assert queue(letter, "goed@school.example").pk
    with pytest.raises(ValidationError):
        queue(letter, bad)
    if bad:
        with pytest.raises(ValidationError):
            queue(letter, reply_to=bad)


@pytest.mark.django_db
def test_nobody_writes_a_header_through_the_subject(letter: str) -> None:
    post.send("a@b.example", "Lees\r\nBcc: x@y.example\n\nBody", letter, {"token": TOKEN})
    post.sweep()

    message = outside.outbox[0].message()
    assert (message["Subject"], message["Bcc"]) == ("Lees Bcc: x@y.example Body", None)


@pytest.mark.django_db
def test_a_very_long_subject_is_cut(letter: str) -> None:
    assert len(post.send("a@b.example", "x" * 500, letter, {}).subject) == 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  a \n\n\n\n b\n", "a\n\n b\n"), ("a\n--\nb", "a\n-- \nb\n"), ("", "\n")],
)
def test_gaps_of_template_tags_are_closed(text: str, expected: str) -> None:
    assert post.tidy(text) == expected


# --- secrets


@pytest.mark.django_db
def test_the_secret_link_is_gone_from_the_database_after_sending(letter: str) -> None:
    link, token = links.issue("survey", days=3, email="mia@school.example")
    post.send("mia@school.example", "Antwoord", letter, {"token": token}, link=link)

    assert token in everything_stored()
    post.sweep()
    assert token in outside.outbox[0].body
    assert token not in everything_stored()


@pytest.mark.django_db
def test_the_text_of_a_mail_that_is_given_up_is_wiped_too(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(letter, "fout@school.example")
    refusal = smtplib.SMTPDataError(554, f"rejected: contains {TOKEN}".encode())
    monkeypatch.setattr(Server, "answer", refusal)

    assert TOKEN in everything_stored()
    assert post.sweep() == 0
    assert TOKEN not in everything_stored()


@pytest.mark.django_db
def test_the_database_refuses_a_sent_mail_with_its_text(letter: str) -> None:
    stored = queue(letter)
    sent = OutgoingMail.objects.filter(pk=stored.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        sent.update(sent_at=timezone.now())
    assert sent.update(sent_at=timezone.now(), body="") == 1


# --- links


@pytest.mark.django_db
def test_a_link_is_marked_as_sent_when_its_mail_has_gone(letter: str) -> None:
    link, _ = links.issue("survey", days=3)
    queue(letter, link=link)

    assert link.state == "new"
    post.sweep()
    link.refresh_from_db()
    assert link.state == "sent"


@pytest.mark.django_db
def test_a_mail_whose_link_was_withdrawn_does_not_go(letter: str) -> None:
    stays, _ = links.issue("survey", days=3)
    gone, _ = links.issue("survey", days=3)
    first, second = queue(letter, link=stays), queue(letter, link=gone)
    links.mark(gone, "withdrawn_at")

    assert post.sweep() == 1
    for mail in (first, second):
        mail.refresh_from_db()
    assert [(m.state, m.body) for m in (first, second)] == [("sent", ""), ("dropped", "")]


# --- once


@pytest.mark.django_db
def test_a_mail_goes_once_however_often_we_sweep(letter: str) -> None:
    stored = queue(letter)

    assert [post.sweep(), post.sweep(), post.deliver(stored.pk, get_connection())] == [1, 0, False]
    assert len(outside.outbox) == 1


@pytest.mark.django_db
def test_a_mail_that_somebody_has_claimed_is_left_to_them_for_a_while(letter: str) -> None:
    stored = queue(letter)
    claimed = OutgoingMail.objects.filter(pk=stored.pk)

    claimed.update(claimed_at=timezone.now())
    assert post.sweep() == 0
    claimed.update(claimed_at=timezone.now() - post.ABANDONED - timedelta(seconds=1))
    assert post.sweep() == 1


@pytest.mark.django_db
def test_a_rolled_back_action_sends_nothing(letter: str) -> None:
    def action() -> None:
        with transaction.atomic():
            queue(letter)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        action()
    assert post.sweep() == 0


@pytest.mark.django_db
def test_a_worker_that_sweeps_while_another_is_sending_leaves_its_mail(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        queue(letter, f"m{number}@school.example")
    went = []
    monkeypatch.setattr(Server, "meanwhile", lambda: went.append(post.sweep()))

    post.sweep()

    assert server.got == ["m2@school.example", "m1@school.example", "m0@school.example"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(letter: str, server: type[Server]) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the database in memory of the tests does not wait for its turn")
    for number in range(12):
        queue(letter, f"m{number}@school.example")
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        post.sweep()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(server.got) == sorted(f"m{number}@school.example" for number in range(12))


# --- failures


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (ConnectionRefusedError(111, "nee"), "waiting", "ConnectionRefusedError 111"),
        (smtplib.SMTPServerDisconnected("weg"), "waiting", "SMTPServerDisconnected"),
        (smtplib.SMTPDataError(451, b"later"), "waiting", "SMTPDataError 451"),
        (smtplib.SMTPDataError(550, b"nooit"), "dropped", "SMTPDataError 550"),
        (
            smtplib.SMTPRecipientsRefused({"a": (550, b"onbekend")}),
            "dropped",
            "SMTPRecipientsRefused",
        ),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"vol")}), "waiting", "SMTPRecipientsRefused"),
        (ValueError("iets vreemds"), "waiting", "ValueError"),
    ],
)
def test_a_failure_is_tried_again_unless_the_other_side_says_never(
    answer: Exception,
    state: str,
    reason: str,
    letter: str,
    server: type[Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = queue(letter, "fout@school.example")
    monkeypatch.setattr(Server, "answer", answer)

    assert post.sweep() == 0
    stored.refresh_from_db()
    assert (stored.state, stored.failures, stored.last_error) == (state, 1, reason)


@pytest.mark.django_db
def test_a_bad_mail_does_not_stop_the_others(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("een", "fout", "twee"):
        queue(letter, f"{name}@school.example")
    monkeypatch.setattr(Server, "answer", OSError("weg"))

    assert post.sweep() == 2
    assert server.got == ["een@school.example", "twee@school.example"]


@pytest.mark.django_db
def test_tries_come_further_and_further_apart_and_then_stop(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queue(letter, "fout@school.example")
    monkeypatch.setattr(Server, "answer", OSError("weg"))
    waits = []
    while True:
        post.sweep()
        stored.refresh_from_db()
        if stored.state == "dropped":
            break
        waits.append(round((stored.next_try_at - timezone.now()).total_seconds() / 60))
        assert post.sweep() == 0, "not before its time"
        OutgoingMail.objects.update(next_try_at=timezone.now())

    assert (tuple(waits), stored.failures, stored.body) == (post.WAITS, len(post.WAITS) + 1, "")


@pytest.mark.django_db
def test_a_mail_server_that_comes_back_gets_what_waited(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(letter, "fout@school.example")
    monkeypatch.setattr(Server, "answer", OSError("weg"))
    post.sweep()
    monkeypatch.setattr(Server, "answer", None)
    OutgoingMail.objects.update(next_try_at=timezone.now())

    assert (post.sweep(), server.got) == (1, ["fout@school.example"])


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_a_failure_like_another(
    letter: str, server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = queue(letter)
    monkeypatch.setattr(Server, "away", True)

    assert post.sweep() == 0
    stored.refresh_from_db()
    assert (stored.state, stored.last_error) == ("waiting", "ConnectionRefusedError 111")


@pytest.mark.django_db
def test_nobody_calls_the_mail_server_without_mail(letter: str, server: type[Server]) -> None:
    post.sweep()
    assert server.opened == []
    queue(letter)
    post.sweep()
    assert server.opened == [1]


# --- afterwards


@pytest.mark.django_db
def test_after_half_a_year_it_is_forgotten_who_was_written_to(letter: str) -> None:
    old, fresh, waiting = (queue(letter, f"{n}@school.example") for n in ("oud", "nieuw", "wacht"))
    long_ago = timezone.now() - post.KEEP - timedelta(days=1)
    OutgoingMail.objects.filter(pk__in=[old.pk, fresh.pk]).update(sent_at=timezone.now(), body="")
    OutgoingMail.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=long_ago)

    assert post.purge() == 1
    assert set(OutgoingMail.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}


@pytest.mark.django_db
def test_a_mail_is_in_the_language_of_its_reader(letter: str) -> None:
    with translation.override("nl"):
        queue(letter)
    with translation.override("en"):
        post.sweep()

    assert "Vriendelijke groet" in outside.outbox[0].body


@pytest.mark.django_db
def test_an_empty_outbox_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert post.sweep() == 0
