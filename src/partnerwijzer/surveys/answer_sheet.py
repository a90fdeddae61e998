"""The questions of a survey as a workbook to fill in, and reading it when it comes back. Pure.

For who will not use a link: the school sends the file on by hand and puts it back in. One row for
each question; what can be chosen is a list in the cell. A question with several answers has a cell
for each of them. A sheet that does not show says for whom the file was made, sealed, so that the
answer of one person is never taken for that of another.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from partnerwijzer.documents.inspection import archive
from partnerwijzer.documents.inspection.refusal import BadFile
from partnerwijzer.documents.workbooks import BROKEN, holdable
from partnerwijzer.surveys.questions import (
    MANY_OF,
    ONE_OF,
    Answers,
    Kind,
    Question,
    WrongAnswers,
    clean,
)

LANGUAGE = "nl"  # of the workbook, as of the mails, whatever language who fetches it reads
MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_CELLS = 8  # for one question: a longer ranking or list is seldom filled in
FIRST_ROW, NUMBER, TEXT, HELP, ANSWER = 5, 1, 2, 3, 4  # rows and columns count from 1
SHEET, LISTS, SEAL = "Vragen", "Lijsten", "Partnerwijzer"
_SIGNER = Signer(salt="partnerwijzer.surveys.answer_sheet")


class BadSheet(ValueError):
    """This file cannot be read as the filled-in questions. The text says what to do."""


@dataclass(frozen=True)
class Wrong:
    """One cell that needs another look."""

    cell: str
    question: str
    text: str


@dataclass
class Filled:
    """What stands in a file: the answers, or what is wrong with them."""

    answers: Answers = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def write(questions: Sequence[Question], *, title: str, intro: str, mark: str) -> bytes:
    """The workbook, empty, for one person.

    Args:
        mark: of that person, as `read` wants it back.
    """
    book = Workbook()
    sheet, lists, seal = book.active, book.create_sheet(LISTS), book.create_sheet(SEAL)
    assert sheet is not None
    sheet.title = SHEET
    lists.sheet_state = seal.sheet_state = "hidden"
    seal["A1"] = _SIGNER.sign(mark)
    _head(sheet, title, intro, widest(questions))
    for place, question in enumerate(questions):
        _row(sheet, lists, place, question)
    sheet.protection.sheet = True  # without a word: it only keeps the questions from shifting
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def widest(questions: Sequence[Question]) -> int:
    """How many cells the question with most answers gets."""
    return max((cells_of(q) for q in questions), default=1)


def cells_of(question: Question) -> int:
    """How many cells there are for an answer."""
    if question.kind not in MANY_OF:
        return 1
    most = question.max_choices or len(question.options)
    return max(1, min(most, len(question.options), MOST_CELLS))


def _head(sheet: Any, title: str, intro: str, cells: int) -> None:
    sheet["A1"], sheet["A2"] = _plain(title), _plain(intro)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A3"] = _("Vul enkel de witte vakken in. Een vraag overslaan mag.")
    heads = [_("Nr."), _("Vraag"), _("Uitleg"), _("Jouw antwoord")]
    heads += [_("Nog een antwoord") for _n in range(cells - 1)]
    for column, words in enumerate(heads, start=1):
        cell = sheet.cell(FIRST_ROW - 1, column, words)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0B4A55")
        width = {NUMBER: 6, TEXT: 48, HELP: 40}.get(column, 36)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(FIRST_ROW, ANSWER)


def _row(sheet: Any, lists: Any, place: int, question: Question) -> None:
    row = FIRST_ROW + place
    sheet.cell(row, NUMBER, place + 1)
    sheet.cell(row, TEXT, _plain(question.text))
    sheet.cell(row, HELP, _plain(_explained(question)))
    rule = _rule(lists, place, question)
    if rule is not None:
        sheet.add_data_validation(rule)
    for offset in range(cells_of(question)):
        cell = sheet.cell(row, ANSWER + offset)
        cell.protection = Protection(locked=False)
        cell.number_format = "@" if question.kind is Kind.TEXT else "General"
        if rule is not None:
            rule.add(cell)
    for column in range(NUMBER, ANSWER + cells_of(question)):
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    for column in (NUMBER, TEXT, HELP):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor="E8F1F2")


def _explained(question: Question) -> str:
    hints = {
        Kind.MULTI: _("Kies er zoveel je wilt, één per vak."),
        Kind.RANK: _("Het belangrijkste eerst, één per vak."),
        Kind.NUMBER: _("Een geheel getal."),
        Kind.TEXT: _("Hoogstens {most} tekens.").format(most=question.max_length),
    }
    hint = hints.get(question.kind, _("Kies uit de lijst."))
    return f"{question.help} {hint}".strip()


def _rule(lists: Any, place: int, question: Question) -> DataValidation | None:
    """What a cell accepts: one of a list, a whole number, or a text that is not too long."""
    if question.kind is Kind.NUMBER:
        return _told("whole", operator="greaterThanOrEqual", formula1="0")
    if question.kind is Kind.TEXT:
        most = str(question.max_length)
        return _told("textLength", operator="lessThanOrEqual", formula1=most)
    column = place + 1
    for row, option in enumerate(question.offered, start=1):
        lists.cell(row, column, _plain(option.label))
    letter, last = get_column_letter(column), len(question.offered)
    return _told("list", formula1=f"{LISTS}!${letter}$1:${letter}${last}")


def _told(kind: Any, **given: Any) -> DataValidation:
    rule = DataValidation(type=kind, allow_blank=True, showErrorMessage=True, **given)
    rule.errorTitle = _("Dit past hier niet")
    rule.error = _("Kijk in de kolom Uitleg wat je hier kunt invullen.")
    return rule


def _plain(text: str) -> str:
    """Text that a cell can hold, and that is never taken for a formula."""
    shown = holdable(text)[:2000]
    return f" {shown}" if shown.startswith(("=", "+", "-", "@")) else shown


def read(file: IO[bytes], questions: Sequence[Question], *, mark: str) -> Filled:
    """What somebody filled in.

    Raises:
        BadSheet: no workbook, broken, unsafe, or not the one for this person.
    """
    book = _opened(file)
    try:
        if SHEET not in book.sheetnames or SEAL not in book.sheetnames:
            raise BadSheet(_("Dit is niet het rekenblad dat je hier afhaalde. Kies dat bestand."))
        _belongs(str(book[SEAL]["A1"].value or ""), mark)
        return _answers(book[SHEET], questions)
    finally:
        book.close()


def _opened(file: IO[bytes]) -> Any:
    try:
        with zipfile.ZipFile(file) as opened:
            size = sum(entry.file_size for entry in opened.infolist())
            kind = archive.office_kind(opened)
            if kind != "xlsx" or size > MOST_UNPACKED:
                raise BadSheet(_("Bewaar het rekenblad als xlsx en kies het opnieuw."))
            archive.check(opened, kind)
        file.seek(0)
        return load_workbook(file, data_only=True, keep_links=False)
    except BadSheet:
        raise
    except (*BROKEN, BadFile):
        raise BadSheet(
            _("We kunnen dit bestand niet openen. Bewaar het als xlsx, zonder wachtwoord.")
        ) from None


def _belongs(sealed: str, mark: str) -> None:
    try:
        found = _SIGNER.unsign(sealed)
    except BadSignature:
        found = ""
    if found != mark:
        raise BadSheet(_("Dit rekenblad is voor iemand anders. Kijk na welk bestand je koos."))


def _answers(sheet: Any, questions: Sequence[Question]) -> Filled:
    found, given, cells = Filled(), {}, {}
    for row in range(FIRST_ROW, min(sheet.max_row, FIRST_ROW + 200) + 1):
        number = sheet.cell(row, NUMBER).value
        if not isinstance(number, int | float) or not 1 <= number <= len(questions):
            continue
        question = questions[int(number) - 1]
        cells[question.key] = sheet.cell(row, ANSWER).coordinate
        given[question.key] = _value(sheet, row, question, found.wrong)
    if not found.wrong:
        try:
            found.answers = clean(questions, given)
        except WrongAnswers as wrong:
            texts = {q.key: q.text for q in questions}
            found.wrong = [
                Wrong(cells.get(key, ""), texts.get(key, ""), text)
                for key, text in wrong.errors.items()
            ]
    return found


def _value(sheet: Any, row: int, question: Question, wrong: list[Wrong]) -> Any:
    cells = [sheet.cell(row, ANSWER + n) for n in range(cells_of(question))]
    filled = [(cell, _typed(cell.value)) for cell in cells if _typed(cell.value)]
    if question.kind not in ONE_OF | MANY_OF:
        return filled[0][1] if filled else None
    by_label = {_same(option.label): option.value for option in question.options}
    values = []
    for cell, words in filled:
        if _same(words) in by_label:
            values.append(by_label[_same(words)])
        else:
            text = _("‘{words}’ staat niet in de lijst. Kies een van: {labels}.")
            labels = ", ".join(option.label for option in question.offered[:12])
            text = text.format(words=words[:60], labels=labels)
            wrong.append(Wrong(cell.coordinate, question.text, text))
    if question.kind in MANY_OF:
        return values
    return values[0] if values else None


def _typed(value: object) -> str:
    """What stands in a cell, as a person reads it: `3.0` is 3."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()
