"""What was allowed in this request, for whoever stores a text or a file deeper down.

The middleware sets it; documents.intake asks. Outside a request nobody can be asked: there only
what may never be stored is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partnerwijzer.privacy.detecting import Finding, Kind, find, find_in_name

SALT = "partnerwijzer.privacy"
HOUR = 3600


@dataclass(frozen=True)
class Setting:
    """What holds during one request."""

    allowed: frozenset[str] = frozenset()
    pupil_domains: tuple[str, ...] = ()
    # Something of this request has to be asked about: whoever would store any of it raises as well,
    # with what there is to ask about its own part, so that all of it is one question.
    waiting: bool = False


_setting: ContextVar[Setting | None] = ContextVar("privacy", default=None)


def now() -> Setting:
    """What holds in this request."""
    return _setting.get() or Setting()


class Question(Exception):
    """Something that is about to be stored looks like data of a person: ask first."""

    def __init__(
        self, text: str, findings: list[Finding], shown: Sequence[tuple[Kind, str]] = ()
    ) -> None:
        """Args: shown: what was found as it is told, where that is more than the words."""
        super().__init__(", ".join(sorted({f.kind for f in findings})))
        self.text, self.findings = text, findings
        self.shown = list(shown) or [(one.kind, one.of(text)) for one in findings]


def together(*questions: Question) -> Question:
    """All of them as one."""
    text, findings, shown = "", list[Finding](), list[tuple[Kind, str]]()
    for one in questions:
        at = len(text)
        findings += [Finding(at + f.start, at + f.end, f.kind) for f in one.findings]
        shown += one.shown
        text += one.text + "\n"
    return Question(text, findings, shown)


def nothing_waits() -> None:
    """At the end of whatever wrote something: nobody stored a file, and so nobody asked.

    Raises:
        Question: something else of this request has to be asked about; all of it is undone.
    """
    setting = _setting.get()
    if setting is not None and setting.waiting:
        raise Question("", [])


def mark(text: str) -> str:
    """Stands for a piece of text without telling it."""
    return salted_hmac(SALT, " ".join(text.split())).hexdigest()[:24]


_KIND = "="


def kind_mark(kind: str) -> str:
    """Says in an envelope what kind of thing was shown."""
    return _KIND + kind


def kinds_in(marks: Iterable[str]) -> list[str]:
    """What kinds were shown, by name."""
    return sorted(each[1:] for each in marks if each.startswith(_KIND))


def open_findings(
    text: str, *, allowed: Collection[str], pupil_domains: Collection[str]
) -> list[Finding]:
    """What has to be asked about: what was not allowed yet, and what may never be stored."""
    found = find(text, today=timezone.localdate(), pupil_domains=pupil_domains)
    return [one for one in found if one.never or mark(one.of(text)) not in allowed]


def about_names(file_names: Iterable[str], setting: Setting) -> Question | None:
    """What has to be asked about the names of files, before one of them is read."""
    text, findings = "", list[Finding]()
    for name in file_names:
        plain, found = find_in_name(
            name, today=timezone.localdate(), pupil_domains=setting.pupil_domains
        )
        for one in found:
            if one.never or mark(one.of(plain)) not in setting.allowed:
                findings.append(Finding(len(text) + one.start, len(text) + one.end, one.kind))
        text += plain + "\n"
    return Question(text, findings) if findings else None


@dataclass(frozen=True)
class Besides:
    """Something about a file that no text of it says: a scan that nobody can read.

    Attributes:
        told: where it is, for who is asked.
        piece: what a yes holds for; it is shown to nobody.
    """

    kind: Kind
    told: str
    piece: str


def check(text: str, besides: Iterable[Besides] = ()) -> list[Finding]:
    """For who stores the text of a file. Gives what may never be stored.

    Raises:
        Question: there is something to ask about, and somebody who can be asked.
    """
    never = [one for one in find(text, today=timezone.localdate()) if one.never]
    if not never:
        check_places([Place("", text)], besides)
    return never


@dataclass(frozen=True)
class Place:
    """A text in a file with many, and what it is called there: "Rij 12"."""

    name: str
    text: str


def check_places(places: Iterable[Place], besides: Iterable[Besides] = ()) -> None:
    """For who reads a file with many texts into fields: one question about all of it.

    What may never be stored is no question: who calls this has taken it out (detecting.never_in).
    A yes holds for these very words together; a list that changed is asked about again.

    Raises:
        Question: there is something to ask about, and somebody who can be asked.
    """
    setting = _setting.get()
    if setting is None:
        return
    today, found = timezone.localdate(), defaultdict[Kind, list[tuple[str, str]]](list)
    for place in places:
        for one in find(place.text, today=today, pupil_domains=setting.pupil_domains):
            if not one.never:
                found[one.kind].append((place.name, one.of(place.text)))
    text, findings, shown = "", list[Finding](), list[tuple[Kind, str]]()
    for kind, pieces in found.items():
        words = "\n".join(piece for _name, piece in pieces)
        if mark(words) in setting.allowed:
            continue
        findings.append(Finding(len(text), len(text) + len(words), kind))
        shown += [(kind, _told(name, piece)) for name, piece in pieces]
        text += words + "\n"
    for more in besides:
        if mark(more.piece) not in setting.allowed:
            findings.append(Finding(len(text), len(text) + len(more.piece), more.kind))
            shown.append((more.kind, more.told))
            text += more.piece + "\n"
    if findings or setting.waiting:
        raise Question(text, findings, shown)


def _told(name: str, piece: str) -> str:
    words = " ".join(piece.split())
    return f"{name}: {words}" if name else words


def sealed(marks: Iterable[str]) -> str:
    """The marks, with what kinds they are of, in an envelope that nobody else can make."""
    return signing.dumps(sorted(set(marks)), salt=SALT)


def unsealed(envelope: str) -> frozenset[str]:
    """The marks of an envelope of ours, of the last hour; of another one nothing."""
    try:
        return frozenset(signing.loads(envelope, salt=SALT, max_age=HOUR)) if envelope else NOTHING
    except signing.BadSignature:
        return NOTHING


NOTHING: frozenset[str] = frozenset()
