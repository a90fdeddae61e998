"""Kinds of work that nobody asks in so many words: what was begun and is not finished, what grew
old, what is past its day. Found and worded as those of `sources`."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import STAFF, Actor, Role
from partnerwijzer.archive import due as keeping
from partnerwijzer.archive import queries as archive
from partnerwijzer.dossiers import moving
from partnerwijzer.dossiers.queries import reading, unfinished
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.papers.queries import letters
from partnerwijzer.worklist.rows import Row, Source
from partnerwijzer.worklist.task import Task

HEAD = frozenset({Role.HEAD})
# Dossiers with old answers that are named, oldest first; the rest comes up later. And how many are
# read to find them: an old answer may be to a question that is not asked any more.
MOST, READ = 5, 15


def _settle(_actor: Actor, row: Row) -> Task:
    """Says nothing of what either of them found."""
    title = _("Besluit samen over een vraag: twee lezers verschillen")
    href = reverse("dossiers:second_read", args=[row.dossier, row.text])
    return Task(title, href, "eye", row.about, key="settle", personal=True)


def _day(_actor: Actor, row: Row, *, head: bool) -> Task | None:
    """The day that an outcome asks for, of who has to note it."""
    tree = content_of(row.number).governance.tree.get(row.text)
    outcome = tree.outcome.get(row.name) if tree else None
    if outcome is None or outcome.to_note is None or (outcome.noted_by == "head") != head:
        return None
    href = reverse("dossiers:tree_run", args=[row.dossier, row.pk])
    title = _("Noteer een datum: {question}").format(question=outcome.to_note)
    return Task(title, href, "pencil", row.about)


def _letter(_actor: Actor, row: Row) -> Task:
    title = _("Verstuur de brief aan {partner}").format(partner=row.name)
    href = reverse("papers:letter", args=[row.dossier, row.number, row.pk])
    return Task(title, href, "file-text", row.about)


def _old(actor: Actor, rows: list[Row]) -> Iterator[Task]:
    """Which answers are old, follows from what each dossier asks and from its framework."""
    old = sorted((row for row in rows if _may_be_old(row)), key=lambda row: str(row.until))
    made = (_look_again(actor, row) for row in old[:READ])
    return islice(filter(None, made), MOST)


def _may_be_old(row: Row) -> bool:
    """Whether its oldest answer is older than its framework lets it be."""
    months = content_of(row.number).framework.stale_after_months
    return bool(months and row.until and moving.months_since(row.until) >= months)


def _look_again(actor: Actor, row: Row) -> Task | None:
    found = moving.stale(reading.get_whole(actor, row.dossier))
    if not found:
        return None
    title = ngettext(
        "Kijk na of {n} oud antwoord nog klopt",
        "Kijk na of {n} oude antwoorden nog kloppen",
        len(found),
    ).format(n=len(found))
    href = reverse("dossiers:criterion", args=[row.dossier, found[0].criterion.key])
    return Task(title, href, "hourglass", row.about, key="old", dossier=row.dossier)


def _past_keeping(actor: Actor, _rows: list[Row]) -> Iterator[Task]:
    """What may go of the school that the page would be of."""
    school = archive.headed_school(actor)
    if any(not item.held for item in keeping.due(school, localdate())):
        title, href = _("Kijk wat voorbij zijn bewaartermijn is"), reverse("archive:clear_out")
        yield Task(title, href, "hourglass", school.name, key="keeping", personal=True)


SOURCES = (
    Source(
        STAFF,
        unfinished.to_settle,
        _settle,
        {"dossier": "dossier_id", "about": "dossier__title", "text": "criterion"},
    ),
    *(
        Source(
            roles,
            find,
            partial(_day, head=head),
            {
                "dossier": "dossier_id",
                "about": "dossier__title",
                "text": "tree",
                "name": "outcome",
                "number": "framework_id",
            },
        )
        for roles, find, head in (
            (STAFF, unfinished.without_day, False),
            (HEAD, unfinished.without_day_of_head, True),
        )
    ),
    Source(
        STAFF,
        letters.drafts,
        _letter,
        {
            "pk": "partner_id",
            "dossier": "decision__dossier_id",
            "about": "decision__dossier__title",
            "name": "partner__name",
            "number": "decision_id",
        },
    ),
    Source(
        STAFF,
        unfinished.old_answers,
        tasks=_old,
        columns={
            "dossier": "pk",
            "about": "title",
            "until": "oldest",
            "number": "framework_id",
        },
    ),
    Source(HEAD, archive.kept_with_end, tasks=_past_keeping),
)
