"""Whether a moment of research may go on: approval and consent are noted, or a reason is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers.models import DossierGroup
from partnerwijzer.frameworks.schema import ResearchRules


def missing(
    rules: ResearchRules,
    answers: Mapping[str, Any],
    groups: Sequence[DossierGroup],
    counted: Collection[int],
    without: str = "",
    on: date | None = None,
) -> list[str]:
    """What still has to be noted, in words; empty where the moment may go on.

    Args:
        answers: by key of the fields of the content.
        groups: with which the moment is; without any, nobody can have agreed.
        counted: keys of the groups whose consent was counted.
        without: the reason for going on without all of it.
        on: the day of the moment, which has to lie in the time of the approval.
    """
    if without:
        return []
    open_fields = [
        str(field.label)
        for field in rules.fields
        if field.needed and field.moment == "before" and not answers.get(field.key)
    ]
    if on and (words := outside(rules, answers, on)):
        open_fields.append(words)
    if not groups:
        return [*open_fields, _("Voor welke groepen het is")]
    words = _("Toestemming van {group}")
    return open_fields + [words.format(group=g.name) for g in groups if g.pk not in counted]


def outside(rules: ResearchRules, answers: Mapping[str, Any], on: date) -> str:
    """That a day lies before the approval or after its end, in words; empty where it does not, or
    where the approval has no such day."""
    first, last = (_day(answers, key) for key in (rules.approved_from, rules.approved_until))
    if first and on < first:
        words = _("Een goedkeuring voor {on}: deze geldt pas vanaf {day}")
        return words.format(on=_told(on), day=_told(first))
    if last and on > last:
        words = _("Een goedkeuring voor {on}: deze geldt maar tot {day}")
        return words.format(on=_told(on), day=_told(last))
    return ""


def _day(answers: Mapping[str, Any], key: str | None) -> date | None:
    return parse_date(str(answers.get(key) or "")) if key else None


def _told(day: date) -> str:
    return date_format(day, "j F Y")
