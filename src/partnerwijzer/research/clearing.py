"""Whether a moment of research may go on: approval and consent are noted, or a reason is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.dossiers.models import DossierGroup
from partnerwijzer.frameworks.schema import ResearchRules


def missing(
    rules: ResearchRules,
    answers: Mapping[str, Any],
    groups: Sequence[DossierGroup],
    counted: Collection[int],
    without: str = "",
) -> list[str]:
    """What still has to be noted, in words; empty where the moment may go on.

    Args:
        answers: by key of the fields of the content.
        groups: with which the moment is; without any, nobody can have agreed.
        counted: keys of the groups whose consent was counted.
        without: the reason for going on without all of it.
    """
    if without:
        return []
    open_fields = [
        str(field.label)
        for field in rules.fields
        if field.needed and field.moment == "before" and not answers.get(field.key)
    ]
    if not groups:
        return [*open_fields, _("Voor welke groepen het is")]
    words = _("Toestemming van {group}")
    return open_fields + [words.format(group=g.name) for g in groups if g.pk not in counted]
