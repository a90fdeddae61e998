"""What came of it: what pupils say, how the cooperation works for both sides, and how it ends."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Activity, HandOver
from partnerwijzer.dossiers.queries import ending, running
from partnerwijzer.factors import board
from partnerwijzer.factors import queries as factors
from partnerwijzer.factors.models import FactorAction, Score
from partnerwijzer.papers.listing import Column, Listing, Reader, Row, named
from partnerwijzer.surveys import queries as surveys
from partnerwijzer.surveys.results import QuestionResult, Results


def _pupils(reader: Reader) -> Iterator[Row]:
    """Counts from the minimum number of answers up, as everywhere. What pupils wrote themselves
    stays in the school."""
    rows = running.activities(reader.actor, reader.dossier).filter(survey__isnull=False)
    for activity in rows:
        assert activity.survey is not None
        found = surveys.results_of(activity.survey)
        if not found.shown:
            yield named(activity), "", found.answered, _why_not(found), ""
        for one in found.questions:
            written = "; ".join(text.text for text in one.written)
            yield named(activity), one.question.text, one.answered, _said(one), written


def _why_not(found: Results) -> str:
    if found.state == "open":
        return _("de vragen staan nog open")
    return _("minder dan {n} antwoorden: niet getoond").format(n=found.minimum)


def _said(one: QuestionResult) -> str:
    if not one.shown:
        return _("te weinig antwoorden: niet getoond")
    words = [f"{count.label}: {count.count}" for count in one.counts if count.count]
    if one.numbers:
        words.append(_("in het midden: {n}").format(n=f"{one.numbers.middle:g}"))
    return ", ".join(words)


def _bands(reader: Reader) -> Iterator[Row]:
    """The band of each side, never who scored what; of several partners each by name."""
    partners = list(factors.partner_rows(reader.actor, reader.dossier))
    for moment in casework.content(reader.dossier).factors.moments:
        shown = board.board_of(reader.actor, reader.dossier, moment.key, partners)
        for row in shown.rows if any(shown.counts) else ():
            differs = _("ja") if row.result.differs else ""
            (_name, school), *others = row.sides
            theirs = [f"{name}: {band}" if shown.several else band for name, band in others]
            yield moment.label, row.result.title, school, "\n".join(theirs), differs


def _actions(reader: Reader) -> Iterator[Row]:
    content = casework.content(reader.dossier).factors
    titles = {f.key: f.title for f in content.working_factors}
    for row in factors.actions(reader.actor, reader.dossier):
        done = row.done_at or _("nog niet")
        yield titles.get(row.factor, row.factor), row.what, row.owner, row.due, done


def _handed(reader: Reader) -> Iterator[Row]:
    for row in ending.handovers(reader.actor, reader.dossier):
        yield row.what, row.to_whom, row.done_at or _("nog niet"), row.done_by


def _thanks(reader: Reader) -> Iterator[Row]:
    """As it went; a draft is nobody's business yet."""
    for row in ending.partners(reader.actor, reader.dossier).filter(thanks__sent_at__isnull=False):
        sent = row.thanks
        yield row.partner.name, f"{sent.subject}\n{sent.body}", sent.sent_by, sent.sent_at


LISTS = (
    Listing(
        "leerlingen",
        gettext_lazy("Wat leerlingen vonden"),
        (
            Column("moment", gettext_lazy("Moment")),
            Column("question", gettext_lazy("Vraag")),
            Column("answered", gettext_lazy("Antwoorden")),
            Column("said", gettext_lazy("Wat ze zeiden")),
            Column("written", gettext_lazy("Wat ze schreven"), inside=True),
        ),
        _pupils,
        (Activity,),
    ),
    Listing(
        "werkzame-factoren",
        gettext_lazy("Werkt de samenwerking?"),
        (
            Column("moment", gettext_lazy("Wanneer")),
            Column("factor", gettext_lazy("Factor")),
            Column("school", gettext_lazy("School")),
            Column("partner", gettext_lazy("Partner")),
            Column("differs", gettext_lazy("Verschil")),
        ),
        _bands,
        (Score,),
        permission="factors.view",
    ),
    Listing(
        "werkzame-factoren-acties",
        gettext_lazy("Wat er aan de factoren gedaan wordt"),
        (
            Column("factor", gettext_lazy("Factor")),
            Column("what", gettext_lazy("Wat")),
            Column("owner", gettext_lazy("Wie")),
            Column("due", gettext_lazy("Tegen")),
            Column("done", gettext_lazy("Gedaan")),
        ),
        _actions,
        (FactorAction,),
        permission="factors.view",
        inside=True,
    ),
    Listing(
        "wat-blijft",
        gettext_lazy("Wat doorgegeven wordt"),
        (
            Column("what", gettext_lazy("Wat")),
            Column("to_whom", gettext_lazy("Aan wie")),
            Column("done", gettext_lazy("Gedaan op")),
            Column("by", gettext_lazy("Door")),
        ),
        _handed,
        (HandOver,),
    ),
    Listing(
        "dank",
        gettext_lazy("Dank aan de partner"),
        (
            Column("partner", gettext_lazy("Partner")),
            Column("text", gettext_lazy("Wat er stond")),
            Column("by", gettext_lazy("Verstuurd door")),
            Column("at", gettext_lazy("Op")),
        ),
        _thanks,
        (),
    ),
)
