"""Scoring what makes a cooperation work, asking the partner to, and acting on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.models import Dossier, DossierPartner
from partnerwijzer.factors.models import Ask, FactorAction, Score
from partnerwijzer.factors.queries import PURPOSE
from partnerwijzer.mail import post
from partnerwijzer.organisations.models import User

# How long a partner's link works.
DAYS = 45
SIGNED_IN = "nl"


@dataclass(frozen=True)
class Whom:
    """Who at a partner gets the link."""

    row: DossierPartner
    name: str
    email: str


def words_of(dossier: Dossier, moment: str) -> str:
    """The moment in words, as the content says."""
    found = {m.key: str(m.label) for m in casework.content(dossier).factors.moments}
    return found.get(moment, moment)


# For the log: in the language of each reader.
_said = lazy(words_of, str)


def _known(dossier: Dossier, answers: Mapping[str, int]) -> dict[str, int]:
    """Only statements and values that the content has."""
    content = casework.content(dossier).factors
    keys = {s.key for factor in content.working_factors for s in factor.statements}
    values = {option.value for option in content.scale.options}
    return {key: value for key, value in answers.items() if key in keys and value in values}


@action("factors.score")
def score(dossier: Dossier, *, actor: Actor, moment: str, answers: Mapping[str, int]) -> Score:
    """What one colleague finds; giving it again replaces it. The log does not say who."""
    row, _new = Score.objects.update_or_create(
        dossier=dossier,
        moment=moment,
        user_id=actor.uid,
        defaults={"answers": _known(dossier, answers), "given_on": timezone.localdate()},
    )
    record("factors.scored", dossier, actor=actor, moment=_said(dossier, moment))
    return row


@action("factors.ask")
def ask(
    dossier: Dossier, *, actor: Actor, row: DossierPartner, moment: str, email: str, name: str
) -> Ask:
    """Mails a partner a link to score at a moment. Asking again makes a new link.

    Raises:
        NotAllowedNow: the partner answered already.
    """
    if row.dossier_id != dossier.pk:
        raise NotAllowedNow(_("Deze partner hoort niet bij dit dossier."))
    found = Ask.objects.filter(row=row, moment=moment).select_related("link").first()
    if found is not None and hasattr(found, "score"):
        raise NotAllowedNow(_("Deze partner vulde dit al in."))
    if found is None:
        link, token = links.issue(PURPOSE, days=DAYS, email=email, name=name)
        found = Ask.objects.create(row=row, moment=moment, link=link, asked_by_id=actor.uid)
    else:
        token = links.renew(found.link, days=DAYS)
        found.link.email, found.link.name = email, name
        found.link.sent_at = found.link.opened_at = None  # of the address that stops now
        found.link.save(update_fields=["email", "name", "sent_at", "opened_at"])
    with translation.override(SIGNED_IN):
        _mail(found, dossier, token, actor)
    words = _said(dossier, moment)
    partner = row.partner.name
    record("factors.asked", found, actor=actor, thread=dossier, partner=partner, moment=words)
    return found


def _mail(found: Ask, dossier: Dossier, token: str, actor: Actor) -> None:
    post.send(
        found.link.email,
        _("Vul in hoe de samenwerking met {school} loopt").format(school=dossier.school.name),
        "factors/mail/ask.txt",
        {
            "name": found.link.name,
            "school": dossier.school,
            "dossier": dossier,
            "sender": actor.name,
            "address": f"{settings.SITE_URL}/werking/{token}/",
            "until": found.link.expires_at,
        },
        link=found.link,
    )


@action("factors.ask")
def ask_each(dossier: Dossier, *, actor: Actor, moment: str, whom: Iterable[Whom]) -> None:
    """Mails each partner a link of its own: all of them, or none where one cannot be asked.

    Raises:
        NotAllowedNow: as in `ask`; says which partner.
    """
    for one in whom:
        try:
            ask(dossier, actor=actor, row=one.row, moment=moment, email=one.email, name=one.name)
        except NotAllowedNow as reason:
            raise NotAllowedNow(f"{one.row.partner.name}: {reason}") from reason


@action("factors.ask")
def withdraw(found: Ask, *, actor: Actor) -> None:
    """The link stops working."""
    links.mark(found.link, "withdrawn_at")
    partner, dossier = found.row.partner.name, found.row.dossier
    record("factors.withdrawn", found, actor=actor, thread=dossier, partner=partner)


@action("factors.answer", untraced="the link itself keeps when it was opened first")
def note_opened(found: Ask, *, actor: Actor) -> None:
    """Notes that the partner saw the page."""
    links.mark(found.link, "opened_at")


@action("factors.answer")
def answer(found: Ask, *, actor: Actor, answers: Mapping[str, int]) -> Score:
    """What the partner finds; it may be given again as long as the link works.

    Raises:
        NotAllowedNow: the link is over.
    """
    if not found.link.usable:
        raise NotAllowedNow(_("Deze link werkt niet meer. Vraag de school om een nieuwe."))
    dossier = found.row.dossier
    row, _new = Score.objects.update_or_create(
        ask=found,
        defaults={
            "dossier": dossier,
            "moment": found.moment,
            "answers": _known(dossier, answers),
            "given_on": timezone.localdate(),
        },
    )
    for moment in ("opened_at", "done_at"):
        links.mark(found.link, moment)
    partner, words = found.row.partner.name, _said(dossier, found.moment)
    record("factors.answered", found, actor=actor, thread=dossier, partner=partner, moment=words)
    return row


@action("factors.act")
def plan(
    dossier: Dossier,
    *,
    actor: Actor,
    moment: str,
    factor: str,
    what: str,
    owner: User,
    due: date,
) -> FactorAction:
    """What somebody of the school will do about a factor; it stands on that person's list.

    Raises:
        NotAllowedNow: the owner does not work at this school.
    """
    must_be_colleagues(dossier, [owner])
    row = FactorAction.objects.create(
        dossier=dossier, moment=moment, factor=factor, what=what, owner=owner, due=due
    )
    record("factors.action", row, actor=actor, thread=dossier, what=what)
    return row


@action("factors.act")
def hand_on(row: FactorAction, *, actor: Actor, owner: User, before: int) -> FactorAction:
    """Another colleague does it from now on.

    Args:
        before: the key of whose it was when the page was read.

    Raises:
        NotAllowedNow: it was done or handed on meanwhile, or the owner does not work here.
    """
    fresh = FactorAction.objects.select_for_update().get(pk=row.pk)
    if fresh.done_at is not None:
        raise NotAllowedNow(_("Deze actie is al klaar."))
    if fresh.owner_id != before:
        raise NotAllowedNow(_("Dit ging intussen naar {name}.").format(name=fresh.owner))
    must_be_colleagues(fresh.dossier, [owner])
    fresh.owner = owner
    fresh.save(update_fields=["owner"])
    dossier, member = fresh.dossier, str(owner)
    record("factors.handed", fresh, actor=actor, thread=dossier, what=fresh.what, member=member)
    return fresh


@action("factors.act")
def finish(row: FactorAction, *, actor: Actor) -> None:
    """It is done."""
    row.done_at = timezone.now()
    row.save(update_fields=["done_at"])
    record("factors.done", row, actor=actor, thread=row.dossier, what=row.what)
