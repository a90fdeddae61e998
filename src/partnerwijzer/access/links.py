"""Giving out and recognising secret addresses. The caller is an action; see AccessLink."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from partnerwijzer.access.models import AccessLink


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(purpose: str, *, days: int, email: str = "", name: str = "") -> tuple[AccessLink, str]:
    """A new link and its token. The token is given only here: storage keeps its hash."""
    token = secrets.token_urlsafe(24)
    link = AccessLink.objects.create(
        purpose=purpose,
        token_hash=_hash(token),
        email=email,
        name=name,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return link, token


def renew(link: AccessLink, *, days: int) -> str:
    """A new token for the same link: the old address stops working."""
    token = secrets.token_urlsafe(24)
    link.token_hash = _hash(token)
    link.expires_at = timezone.now() + timedelta(days=days)
    link.withdrawn_at = None
    link.save(update_fields=["token_hash", "expires_at", "withdrawn_at"])
    return token


def keep_until(link: AccessLink, day: datetime) -> None:
    """The link works until then; never shorter than it did."""
    if link.expires_at < day:
        link.expires_at = day
        link.save(update_fields=["expires_at"])


def find(purpose: str, token: str) -> AccessLink | None:
    """The link behind a token, also when it expired or was withdrawn: see AccessLink.usable."""
    return AccessLink.objects.filter(purpose=purpose, token_hash=_hash(token)).first()


def known(token: str) -> QuerySet[AccessLink]:
    """The link behind a token, for whatever purpose: one row or none."""
    return AccessLink.objects.filter(token_hash=_hash(token))


def mark(link: AccessLink, moment: str) -> None:
    """Notes the first time of `sent_at`, `opened_at`, `done_at` or `withdrawn_at`."""
    if getattr(link, moment) is None:
        setattr(link, moment, timezone.now())
        link.save(update_fields=[moment])
