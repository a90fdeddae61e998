"""The way through the helper trees of a dossier: each question, its answer, and what it came to.

Of the check for working with minors only the outcome, the day and who looked are stored (domain.md
7.2), so nothing else can stand on paper: no name, no answer, nothing of the extract.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.documents.paper import Block, Facts, Heading, Note, Table
from partnerwijzer.dossiers import casework, trees
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.trees import Shown
from partnerwijzer.frameworks import walking


def blocks(dossier: Dossier) -> Iterator[Block]:
    """Every tree that was walked; nothing where none was. The caller may see the dossier."""
    for run in trees.shown_runs(dossier):
        about = f"{run.tree.title}: {run.subject}" if run.subject else str(run.tree.title)
        yield Heading(_("Beslisboom: {about}").format(about=about))
        yield Facts(tuple(row for row in _facts(dossier, run) if row[1]))
        if run.left:
            yield Note(_("Deze partner is er niet meer bij. Dit telt niet meer mee."), "info")
        if run.stale:
            yield Note(
                _("Een gegeven veranderde sindsdien. Dit telt pas weer na opnieuw kijken."),
                "warn",
            )
        turns = tuple((str(t.node.question), str(t.option.label)) for t in run.walked.turns)
        if turns:
            yield Table((_("Vraag"), _("Antwoord")), turns)


def rows(dossier: Dossier) -> list[dict[str, Any]]:
    """One row for each answer, or one where no answers are kept, for a spreadsheet and for a
    program."""
    return [
        {
            "tree": run.tree.key,
            "title": str(run.tree.title),
            "about": run.subject,
            "number": number,
            "question": str(turn.node.question) if turn else "",
            "answer": str(turn.option.label) if turn else "",
            "outcome": run.label,
            "reason": str(run.outcome.text),
            "stale": run.stale or run.left,
            "by": str(run.run.walked_by or ""),
            "on": timezone.localdate(run.run.walked_at).isoformat(),
            "noted_on": run.run.noted_on.isoformat() if run.run.noted_on else "",
            "noted_by": str(run.run.noted_by or ""),
        }
        for run in trees.shown_runs(dossier)
        for number, turn in enumerate(run.walked.turns or (None,), 1)
    ]


def _facts(dossier: Dossier, shown: Shown) -> Iterator[tuple[str, str]]:
    run = shown.run
    yield _("Uitkomst"), capfirst(shown.label)
    yield _("Waarom"), str(shown.outcome.text)
    yield _("Wie en wanneer"), f"{run.walked_by or ''}, {_day(run.walked_at)}".strip(", ")
    if run.noted_on:
        noted = f"{date_format(run.noted_on, 'j F Y')}, {run.noted_by or ''}".strip(", ")
        yield str(shown.outcome.to_note or _("Genoteerde dag")), noted
    known = casework.content(dossier).framework.source
    names = [known[key].name for key in walking.sources(shown.walked) if key in known]
    yield _("Waar dit staat"), "; ".join(str(name) for name in names)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
