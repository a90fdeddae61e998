"""The organisation says who recognises it, and is asked by mail when a recognition ends."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.mail import post
from partnerwijzer.partners import queries
from partnerwijzer.partners.actions.changing import change, note
from partnerwijzer.partners.actions.keeping import RECOGNITION_FIELDS
from partnerwijzer.partners.actions.proposing import (
    may_speak,
    not_overtaken,
    note_nothing_new,
    propose,
)
from partnerwijzer.partners.actions.speaking import PURPOSE, SPOKEN
from partnerwijzer.partners.models import Partner, ProfileLink, Proposal, Recognition

# How long the link in the mail works: time enough to ask for a new recognition.
ASKED_DAYS = 60


@action("partners.speak")
def recognition_of_itself(
    row: ProfileLink,
    *,
    actor: Actor,
    recognition: Recognition | None,
    facts: Mapping[str, Any],
    version: int = 0,
    waiting: int = 0,
) -> Proposal | None:
    """The organisation says who recognises it. Changing what a school checked waits for review.

    Args:
        version: of the recognition as it was read; a new one has none.
        waiting: the newest proposal about it that was read, 0 for none (queries.asked_of).

    Raises:
        LinkOver: the link does not work any more.
        Conflict: somebody saved or asked something in between.
    """
    partner = may_speak(row)
    given = {name: facts[name] for name in RECOGNITION_FIELDS if name in facts}
    if recognition is None:
        new = Recognition(partner=partner, said_on=timezone.localdate(), **given)
        _said_saved(new, actor)
        return None
    here = Recognition.objects.select_for_update().get(pk=recognition.pk, partner=partner)
    not_overtaken(here, queries.asked_of(here), version, waiting)
    differs = {name for name in given if getattr(here, name) != given[name]}
    is_checked = here.checked_on is not None
    proposal, is_new = propose(row, here, given, differs if is_checked else ())
    if is_checked and proposal is not None and is_new:
        note("own.recognition_proposed", proposal, actor, partner, by=here.by)
    elif is_checked or not differs:
        note_nothing_new(partner, actor, proposal, "own.unchanged", asks_less=is_new)
    else:
        change(here, RECOGNITION_FIELDS, {name: given[name] for name in differs})
        here.version += 1
        here.said_on = timezone.localdate()
        _said_saved(here, actor)
    return proposal


def _said_saved(row: Recognition, actor: Actor) -> None:
    row.save()
    note("own.recognition", row, actor, row.partner, by=row.by)


@action("partners.speak")
def take_back_recognition(row: ProfileLink, *, actor: Actor, recognition: Recognition) -> bool:
    """Takes away what the organisation alone said. Whether it went: not what a school checked.

    Raises:
        LinkOver: the link does not work any more.
    """
    partner = may_speak(row)
    here = partner.recognitions.select_for_update().filter(pk=recognition.pk).first()
    if here is None or not here.is_claim:
        note("own.unchanged", partner, actor, partner)
        return False
    note("own.recognition_removed", here, actor, partner, by=here.by)
    here.delete()
    return True


# What ends


def ask_about_recognitions() -> int:
    """Mails each organisation whose recognition ends, once for that end. How many mails went.

    For the worker. Only who keeps its own page by a link can be asked; of others the school that
    brought the partner in is asked on its start page (queries.ending_recognitions).
    """
    due = _unasked(queries.recognitions_that_end())
    partners = due.order_by("partner").values_list("partner", flat=True).distinct()
    return sum(ask_about_recognitions_of(key, actor=SYSTEM) for key in list(partners))


def _unasked(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    return rows.exclude(asked_about__isnull=False, asked_about=F("until"))


@action("partners.watch", untraced="nothing is noted where nobody keeps the page; else the mail is")
def ask_about_recognitions_of(partner_pk: int, *, actor: Actor) -> bool:
    """Mails one organisation about all of its recognitions that end. Whether a mail went.

    It goes to who kept the page last, with a link of its own: of the first only the hash is known.
    """
    partner = Partner.objects.select_for_update().get(pk=partner_pk)
    due = list(_unasked(queries.recognitions_that_end().filter(partner=partner)))
    keeper = queries.keeper_of(partner)
    if not due or keeper is None:
        return False
    asked = keeper.link
    link, token = links.issue(PURPOSE, days=ASKED_DAYS, email=asked.email, name=asked.name)
    row = ProfileLink.objects.create(
        partner=partner, link=link, sent_by_school=keeper.sent_by_school
    )
    Recognition.objects.filter(pk__in=[one.pk for one in due]).update(asked_about=F("until"))
    with translation.override(SPOKEN):
        _mail(row, token, due)
    note("recognition.asked", row, actor, partner)
    return True


def _mail(row: ProfileLink, token: str, due: list[Recognition]) -> None:
    post.send(
        row.link.email,
        _("Kijk na of jullie erkenning nog geldt"),
        "partners/mail/recognition.txt",
        {
            "name": row.link.name,
            "partner": row.partner,
            "rows": due,
            "address": f"{settings.SITE_URL}/organisatie/{token}/#erkenningen",
            "until": row.link.expires_at,
        },
        link=row.link,
    )
