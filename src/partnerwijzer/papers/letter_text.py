"""The first text of a letter to the partner, from the decision and the framework's words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Decision
from partnerwijzer.partners.models import Partner


def subject_of(decision: Decision) -> str:
    """The subject, which says what it is about and not yet what was decided."""
    return _("Onze beslissing over ‘{title}’").format(title=decision.dossier.title)[:200]


def body_of(decision: Decision, partner: Partner, *, to: str = "") -> str:
    """The draft. The reasons of the record are not in it: the school chooses what it tells."""
    parts = [
        _("Dag {name},").format(name=to or partner.name),
        _("{school} bekeek de samenwerking met {partner} rond ‘{title}’.").format(
            school=decision.dossier.school.name,
            partner=partner.name,
            title=decision.dossier.title,
        ),
        _first_words(decision),
        _conditions(decision),
        _review(decision),
        _("Heb je een vraag, antwoord dan gewoon op deze mail."),
        _("Vriendelijke groet"),
        f"{decision.decided_by}\n{decision.dossier.school.name}",
    ]
    return "\n\n".join(part for part in parts if part)


def _first_words(decision: Decision) -> str:
    outcome = casework.content(decision.dossier).vocab.decision_outcome[decision.outcome]
    return str(outcome.letter or outcome.meaning)


def _conditions(decision: Decision) -> str:
    rows = [
        _("- {text} (tegen {day})").format(text=row.text, day=date_format(row.by_on, "j F Y"))
        for row in decision.conditions.all()
    ]
    return "\n".join([_("Dit is nodig:"), *rows]) if rows else ""


def _review(decision: Decision) -> str:
    if decision.review_on is None:
        return ""
    return _("Op {day} bekijken we dit opnieuw.").format(
        day=date_format(decision.review_on, "j F Y")
    )
