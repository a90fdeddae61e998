"""How a cooperation was looked back on, as a paper."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.paper import Block, Bullets, Facts, Heading, Paper, Paragraph
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import AimResult, Dossier, Evaluation
from partnerwijzer.dossiers.queries import running
from partnerwijzer.frameworks.schema import Content


def of(actor: Actor, dossier: Dossier) -> Paper:
    """The evaluation of a dossier, by who looked back."""
    found = tuple(blocks(actor, dossier))
    return Paper(
        kind="evaluation",
        title=dossier.title,
        subtitle=_("Evaluatie van de samenwerking"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        blocks=found or (Paragraph(_("Nog niemand keek terug.")),),
    )


def blocks(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What each colleague said; nothing where nobody looked back yet."""
    rows = list(running.evaluations(actor, dossier))
    if not rows:
        return
    yield Heading(_("Evaluatie"))
    if dossier.follow_up:
        yield Facts(((_("Hoe het verdergaat"), str(dossier.get_follow_up_display())),))
    content = casework.content(dossier)
    for row in rows:
        yield from _one(row, content)


def _impact(row: Evaluation, content: Content) -> Iterator[tuple[str, str]]:
    """Whether something changed, for each of whom the dossier wanted that."""
    said = dict(AimResult.choices)
    for level in content.vocab.impact_levels:
        if found := said.get(row.impact.get(level.key, "")):
            label = str(level.label)
            yield _("Veranderde er iets: {who}").format(who=label), capfirst(str(found))


def _one(row: Evaluation, content: Content) -> Iterator[Block]:
    yield Heading(f"{row.user}, {date_format(timezone.localtime(row.updated_at), 'j F Y')}", 2)
    facts = (
        (_("Is bereikt wat we wilden"), capfirst(str(row.get_aim_result_display()))),
        (_("Waaraan we dat zien"), row.aim_note),
        *_impact(row, content),
        (_("Opnieuw samenwerken"), capfirst(str(row.get_again_display()))),
        (_("Raad voor een andere school"), row.advice),
    )
    yield Facts(tuple((term, text) for term, text in facts if text))
    known = {factor.key: factor for factor in content.factors.factors}
    items = []
    for factor in row.factors.all():
        about = known.get(factor.factor)
        words = getattr(about, factor.effect, None) if about else None
        items.append(": ".join(filter(None, (str(words or factor.factor), factor.note))))
    if items:
        yield Bullets(tuple(items))
