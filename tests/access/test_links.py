"""Secret addresses for people without account."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.models import AccessLink

pytestmark = pytest.mark.django_db


def make(days: int = 30) -> tuple[AccessLink, str]:
    return links.issue("agreement", days=days, email="lowie@partner.example", name="Lowie")


def test_a_token_finds_its_link_for_its_purpose_only() -> None:
    link, token = make()

    assert links.find("agreement", token) == link
    assert links.find("survey", token) is None
    assert links.find("agreement", token + "x") is None
    assert links.find("agreement", "") is None


def test_only_the_hash_is_kept() -> None:
    link, token = make()

    row = AccessLink.objects.filter(pk=link.pk).values().get()

    assert row["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(row)
    assert links.find("agreement", row["token_hash"]) is None


def test_tokens_are_long_and_differ() -> None:
    tokens = {make()[1] for _ in range(50)}

    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 32


def test_renewing_ends_the_old_address() -> None:
    link, old = make()
    links.mark(link, "withdrawn_at")

    new = links.renew(link, days=30)

    assert links.find("agreement", old) is None
    assert links.find("agreement", new) == link
    assert AccessLink.objects.get(pk=link.pk).usable


def test_a_moment_is_noted_the_first_time_only() -> None:
    link, _token = make()
    links.mark(link, "opened_at")
    first = AccessLink.objects.get(pk=link.pk).opened_at

    links.mark(link, "opened_at")
    links.mark(AccessLink.objects.get(pk=link.pk), "opened_at")

    assert AccessLink.objects.get(pk=link.pk).opened_at == first


MOMENTS = ("sent_at", "opened_at", "done_at", "withdrawn_at")


def test_the_state_is_how_far_it_came() -> None:
    link, _token = make()
    seen = [link.state]

    for moment in MOMENTS:
        links.mark(link, moment)
        seen.append(link.state)

    assert seen == ["new", "sent", "opened", "done", "withdrawn"]


@pytest.mark.parametrize(
    ("noted", "state"),
    [((), "expired"), (("opened_at",), "expired"), (("done_at",), "done"),
     (("withdrawn_at",), "withdrawn")],
)  # fmt: skip
def test_an_expired_link_says_so_unless_it_is_done_or_withdrawn(
    noted: tuple[str, ...], state: str
) -> None:
    link, token = make()
    link.expires_at = timezone.now() - timedelta(seconds=1)
    link.save()
    for moment in noted:
        links.mark(link, moment)

    assert link.state == state
    assert not link.usable
    assert links.find("agreement", token) == link  # so that the page can say what happened


def test_a_link_works_until_it_expires_or_is_withdrawn() -> None:
    link, _token = make(days=1)
    assert link.usable

    links.mark(link, "withdrawn_at")

    assert not AccessLink.objects.get(pk=link.pk).usable


def test_two_links_never_share_a_hash() -> None:
    link, _token = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLink.objects.create(
            purpose="x", token_hash=link.token_hash, expires_at=timezone.now()
        )
