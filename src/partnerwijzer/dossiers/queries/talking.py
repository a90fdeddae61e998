"""Remarks beside a part of a dossier, who is called, and who else is here."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import blind
from partnerwijzer.dossiers.models import (
    Agreement,
    Call,
    Decision,
    Dossier,
    Presence,
    Readers,
    Remark,
)
from partnerwijzer.dossiers.models.talking import CRITERION, DECISION
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import User

# A page tells every twenty seconds that it is open; after three silences nobody is there.
HERE = timedelta(seconds=60)


def remarks(actor: Actor, dossier: Dossier, part: str) -> QuerySet[Remark]:
    """What was written beside this part and the actor may read, the oldest first."""
    calls = Prefetch("calls", Call.objects.select_related("user").order_by("user__name"))
    rows = Remark.objects.visible_to(actor).filter(dossier=dossier, part=part)
    rows = rows.select_related("author", "agreement__partner").prefetch_related(calls)
    return _with_question(rows) if part == DECISION else rows


def _with_question(rows: QuerySet[Remark]) -> QuerySet[Remark]:
    """With the question that lay before colleagues when it was written: `asked`, its key, its words
    and its day; and with the key of the newest question, `newest`."""
    every = Decision.objects.filter(dossier=OuterRef("dossier")).order_by("-id")
    then = every.filter(opened_at__lte=OuterRef("written_at"))
    return rows.annotate(
        newest=Subquery(every.values("pk")[:1]),
        asked=Subquery(then.values("pk")[:1]),
        asked_words=Subquery(then.values("question")[:1]),
        asked_at=Subquery(then.values("opened_at")[:1]),
    )


def tell_apart(rows: Iterable[Remark]) -> bool:
    """Whether some of these were about an earlier question than the one on the page: then each is
    told with its question. As long as there was one, the ballot and its outcome are one talk."""
    asked = [(row.__dict__.get("asked"), row.__dict__.get("newest")) for row in rows]
    return any(then is not None and then != newest for then, newest in asked)


def every_remark(actor: Actor, dossier: Dossier) -> QuerySet[Remark]:
    """All that was written beside any part and the actor may read, part by part."""
    rows = Remark.objects.visible_to(actor).filter(dossier=dossier)
    return rows.select_related("author", "agreement__partner").order_by("part", "id")


def comes_later(actor: Actor, dossier: Dossier, part: str) -> bool:
    """Whether the actor reads what is said here only after their own reading of the criterion."""
    if not part.startswith(CRITERION):
        return False
    hidden = blind.hidden_from(dossier.second_readings.all(), actor.user_id)
    return part.removeprefix(CRITERION) in hidden


def get_remark(actor: Actor, dossier: Dossier, pk: int) -> Remark:
    """One remark that the actor may read; 404 otherwise."""
    rows = Remark.objects.visible_to(actor).filter(dossier=dossier, removed_at=None)
    return get_object_or_404(rows.select_related("dossier"), pk=pk)


def people_to_call(actor: Actor, dossier: Dossier) -> list[tuple[User, bool]]:
    """Whom the actor can call: staff of the school, and its advisers who were asked something here.

    Each with whether they are an adviser: those read only what is written for them.
    """
    staff = organisations.staff(dossier.school_id).exclude(pk=actor.uid)
    advisers = organisations.advisers(dossier.school_id).filter(
        pk__in=dossier.adviser_questions.values("adviser_id")
    )
    theirs = set(advisers.values_list("pk", flat=True))
    only = [u for u in advisers if u.pk != actor.uid and u not in set(staff)]
    found = [(user, False) for user in staff] if actor.works_at(dossier.school_id) else []
    found += [(user, True) for user in only]
    if not found and actor.uid in theirs:  # an adviser answers who wrote to them
        authors = remarks_for_adviser(dossier).values("author_id")
        found = [(u, False) for u in staff.filter(pk__in=authors)]
    return found


def remarks_for_adviser(dossier: Dossier) -> QuerySet[Remark]:
    return Remark.objects.filter(dossier=dossier, readers=Readers.ADVISER)


def with_partners(dossier: Dossier, part: str) -> list[Agreement]:
    """The agreements in whose conversation a remark can be read by a partner too: those whose link
    the partner has. Only beside the agreements."""
    if part != "agreements":
        return []
    sent = Q(versions__link__isnull=False, versions__link__withdrawn_at=None)
    rows = dossier.agreements.filter(sent).select_related("partner", "dossier__school")
    return list(rows.order_by("partner__name", "pk").distinct())


def has_advisers(dossier: Dossier) -> bool:
    """Whether somebody outside the team could read along."""
    return dossier.adviser_questions.exists()


def why_not(dossier: Dossier, part: str, *, adviser: bool, partner: bool) -> list[str]:
    """Why the adviser or the partner cannot be chosen as a reader now, and what changes that.

    Args:
        adviser, partner: whether they can be chosen.
    """
    found = []
    if not adviser and organisations.advisers(dossier.school_id).exists():
        found.append(_("Jullie anker kan meelezen zodra jullie het iets vroegen in dit dossier."))
    if not partner and part != "agreements":
        found.append(_("Iets vragen aan de partner? Dat doe je bij de afspraken."))
    elif not partner:
        found.append(_("De partner kan meelezen zodra die een link naar de afspraken heeft."))
    return found


def calls(actor: Actor) -> QuerySet[Call]:
    """Remarks that ask the actor's attention and were not seen, in dossiers that are visible."""
    visible = Remark.objects.visible_to(actor).filter(removed_at=None)
    return Call.objects.filter(user_id=actor.uid, seen_at=None, remark__in=visible)


def also_here(actor: Actor, dossier: Dossier, page: str) -> list[Presence]:
    """Colleagues who have this page open now. Empty for who does not work at the school."""
    if not actor.works_at(dossier.school_id):
        return []
    rows = Presence.objects.filter(dossier=dossier, page=page, at__gte=timezone.now() - HERE)
    return list(rows.exclude(user_id=actor.uid).select_related("user").order_by("user__name"))


def get_dossier(actor: Actor, pk: int) -> Dossier:
    """The dossier of a page, or 404."""
    return reading.get_dossier(actor, pk)
