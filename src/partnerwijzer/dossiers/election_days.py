"""The days before elections as the planning shows them (K4, domain.md 3.2): which weeks they touch,
and which planned activities ask for care in them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers.known_facts import POLITICAL
from partnerwijzer.dossiers.models import Activity, DossierPartner
from partnerwijzer.elections import near
from partnerwijzer.elections.models import Election
from partnerwijzer.elections.near import Vote
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.words import PeriodKey
from partnerwijzer.ui.components.planning import Span


def spans(first: date, last: date) -> list[Span]:
    """The periods before elections that touch these days; one question to the database."""
    content = vocabulary.current()
    period = content.governance.period.get(PeriodKey.BEFORE_ELECTION)
    if period is None:
        return []
    votes = Election.objects.standing().filter(
        on__gte=first, on__lte=last + timedelta(days=period.days)
    )
    return [_span(vote, period.days, str(period.label)) for vote in votes.votes()]


def _span(vote: Vote, days: int, label: str) -> Span:
    start = near.first_day(vote, days)
    words = _("Van {first} tot en met {last}: {label} ({name}).").format(
        first=date_format(start, "j F Y"),
        last=date_format(vote.on, "j F Y"),
        label=label,
        name=vote.name,
    )
    return Span(start, vote.on, _("voor verkiezingen"), words)


def political(activities: Iterable[Activity]) -> set[int]:
    """Of these activities the dossiers in which politics takes part: the school said so, or as long
    as it did not, the kind of a partner (as known_facts.is_political). One question at most."""
    dossiers = {activity.dossier_id: activity.dossier for activity in activities}
    said = {pk for pk, dossier in dossiers.items() if dossier.situations.get(POLITICAL)}
    silent = [pk for pk, dossier in dossiers.items() if POLITICAL not in dossier.situations]
    every = vocabulary.current().vocab.partner_kinds
    kinds = [kind.key for kind in every if kind.raises_situation == POLITICAL]
    if not silent or not kinds:
        return said
    rows = DossierPartner.objects.filter(dossier__in=silent, partner__kind__in=kinds)
    return said | set(rows.values_list("dossier_id", flat=True))


def in_them(activities: Iterable[Activity], found: Iterable[Span]) -> set[int]:
    """The keys of the political activities that fall in one of these periods."""
    periods = list(found)
    within = [a for a in activities if any(p.first <= a.on <= p.last for p in periods)]
    dossiers = political(within) if within else set()
    return {a.pk for a in within if a.dossier_id in dossiers}
