"""The information pack as a paper: what somebody from outside has to know, on one page."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.documents.paper import Block, Facts, Heading, Paper, Paragraph
from partnerwijzer.dossiers.models import Activity, in_general
from partnerwijzer.dossiers.queries import partnermails
from partnerwijzer.dossiers.together import Coming
from partnerwijzer.dossiers.working import Sheet
from partnerwijzer.moments import actions, queries
from partnerwijzer.moments.models import HouseRules, Pack


def of(activity: Activity, pack: Pack) -> Paper:
    """The pack of a moment with all that is known of it; the caller may see the moment."""
    return paper_of(
        activity,
        pack,
        queries.house_rules(activity.dossier.school),
        actions.when(activity),
        partners=partnermails.coming(activity),
        sheet=queries.sheet(activity),
    )


def paper_of(
    activity: Activity,
    pack: Pack,
    rules: HouseRules | None,
    when: str,
    *,
    partners: Sequence[Coming] = (),
    sheet: Sheet | None = None,
) -> Paper:
    """Groups as level and number; no pupil is named because none is known.

    Args:
        partners: who comes or prepares, told where there are several.
        sheet: the working form, with what was agreed beforehand.
    """
    teachers = ", ".join(teacher.name for teacher in activity.teachers.all())
    facts = [
        (_("Wanneer"), when),
        (_("Waar"), activity.place),
        (_("Groep"), in_general(activity.groups.all())),
        (_("Leerkracht die erbij blijft"), teachers),
        (_("Partners"), ", ".join(map(str, partners)) if len(partners) > 1 else ""),
        (_("Werkvorm"), sheet.label if sheet else ""),
        *((line.label, line.text) for line in (sheet.before if sheet else ())),
        (_("Aanmelden"), pack.arrival),
        (_("Als er iets is"), pack.contact),
    ]
    blocks: list[Block] = [Facts(tuple((name, text) for name, text in facts if text))]
    texts = (
        (_("Deze groep"), pack.needs),
        (_("Het lokaal"), pack.material),
        (_("Dit willen de leerlingen weten"), pack.questions),
        (_("Onze huisregels"), rules.text if rules else ""),
    )
    for title, text in texts:
        if text:
            blocks += [Heading(title), Paragraph(text)]
    return Paper(
        kind="information",
        title=activity.title,
        subtitle=_("Infofiche voor wie komt"),
        school=activity.dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Vragen? Bel of mail de school."),
        blocks=tuple(blocks),
    )
