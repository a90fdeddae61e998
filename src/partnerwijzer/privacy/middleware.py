"""One guard over every form and every file: what looks like data of a person is asked about first.

It stands before the views, so that no form can forget it: those of staff, of partners with a link,
of pupils. Nothing is stored until the question is answered, and what was typed stands on the page
that asks.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Kind as ActorKind
from partnerwijzer.privacy import actions, asking, held, queries
from partnerwijzer.privacy.asking import Question, Setting
from partnerwijzer.privacy.detecting import Finding, Kind
from partnerwijzer.privacy.wording import NAMES, NOTHING_IN_IT, WHY

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Fields of the page that asks, and the cookie that remembers for an hour what was allowed.
KEEP, REASON, SEAL = "toch_bewaren", "reden_toch", "gevonden"
OURS = {KEEP, REASON, SEAL, held.INPUT}
NO_TEXT = {"csrfmiddlewaretoken", "once", *OURS}
# A view whose answers nobody may trace to a moment says so: `view.leaves_no_trace = True`.
UNTRACED = "leaves_no_trace"
# A view that asks for a list of adults names its fields: `view.lists_of_people = {"people"}`. That
# there are many names is no question there; what else is said of somebody is.
OF_PEOPLE = "lists_of_people"
UNPROCESSABLE = 422
# So many findings of a kind are read at once; the rest stands folded below them.
FEW = 4
MOST_REMEMBERED = 80


@dataclass(frozen=True)
class Asked:
    """One text that has to be looked at again."""

    name: str
    text: str
    findings: list[Finding]

    @property
    def marked(self) -> SafeString:
        """The text with what was found marked."""
        parts: list[SafeString] = []
        place = 0
        for one in self.findings:
            before, found = self.text[place : one.start], one.of(self.text)
            parts.append(format_html("{}<mark>{}</mark>", before, found))
            place = one.end
        return format_html_join("", "{}", ((part,) for part in parts)) + format_html(
            "{}", self.text[place:]
        )


def guard(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return get_response(request)
        token = asking._setting.set(Setting())
        try:
            response = get_response(request)
        finally:
            asking._setting.reset(token)
        if envelope := getattr(request, "privacy_seal", ""):
            response.set_cookie(
                SEAL, envelope, max_age=asking.HOUR, httponly=True, samesite="Lax",
                secure=request.is_secure(),
            )  # fmt: skip
        return response

    def process_view(
        request: Any, view: Callable[..., object], args: object, kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not _is_ours(request, view):
            return None
        setting = _setting_of(request, kwargs)
        asking._setting.set(setting)
        return _look(request, view, setting)

    def process_exception(request: Any, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Question):
            return None
        texts, named = getattr(request, "privacy_waiting", ([], None))
        return _ask(request, texts, asking.together(named, error) if named else error)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _look(request: Any, view: Callable[..., object], setting: Setting) -> HttpResponse | None:
    """Asks before the view is called; where files came too, the view reads them first."""
    lost = _take_back(request)
    held.may_wait(request.FILES, where=request.get_full_path())
    texts = list(_texts(request, view, setting))
    if request.POST.get(KEEP) and not lost and not _any_never(texts):
        setting = _allow(request, view, setting)
        texts = list(_texts(request, view, setting))
    named = asking.about_names(_file_names(request), setting)
    if lost or _any_never(texts, named):
        return _ask(request, texts, named, lost=lost)
    if not texts and not named:
        return None
    if not request.FILES:
        return _ask(request, texts)
    # What stands in the files belongs to the same question.
    request.privacy_waiting = (texts, named)
    asking._setting.set(replace(setting, waiting=True))
    return None


def _take_back(request: Any) -> list[str]:
    """Puts the files back that waited for the answer; gives the fields whose file is gone. Another
    file takes the place of one that waits; beside several that wait it is one more."""
    envelopes = [each for each in request.POST.getlist(held.INPUT) if each]
    waited = [held.back(each, where=request.get_full_path()) for each in envelopes]
    several = Counter(field for field, _file in waited)
    chosen, lost = set(request.FILES), []
    for field, file in waited:
        if not field or (field in chosen and several[field] == 1):
            continue
        if file is None:
            lost.append(field)
        else:
            request.FILES.appendlist(field, file)
    return lost


def _is_ours(request: Any, view: Callable[..., object]) -> bool:
    """A page of this product that this person may send something to; the view refuses the rest."""
    requirement = getattr(view, "requirement", None)
    if requirement is None:
        return False
    return requirement.permission is None or gate.allowed(request.actor, requirement.permission)


def _setting_of(request: Any, address: dict[str, object]) -> Setting:
    allowed = asking.unsealed(request.COOKIES.get(SEAL, ""))
    return Setting(allowed, queries.pupil_domains(request.actor, address))


def _any_never(texts: list[Asked], named: Question | None = None) -> bool:
    found = [*(f for t in texts for f in t.findings), *(named.findings if named else ())]
    return any(f.never for f in found)


def is_read(name: str) -> bool:
    """Whether a field of this name is looked at: all are, but ours and those for passwords."""
    return name not in NO_TEXT and "password" not in name


def _texts(request: Any, view: Callable[..., object], setting: Setting) -> Iterator[Asked]:
    of_people = getattr(view, OF_PEOPLE, ())
    for name, text in _typed(request):
        if not is_read(name):
            continue
        found = list(_found(text, setting, by_line=name in of_people))
        if found:
            yield Asked(name, text, found)


def _found(text: str, setting: Setting, *, by_line: bool) -> Iterator[Finding]:
    """What has to be asked about; of a list of people line by line."""
    at = 0
    for piece in text.splitlines(keepends=True) if by_line else [text]:
        for one in asking.open_findings(
            piece, allowed=setting.allowed, pupil_domains=setting.pupil_domains
        ):
            yield Finding(at + one.start, at + one.end, one.kind)
        at += len(piece)


def _typed(request: Any) -> Iterator[tuple[str, str]]:
    return ((name, text) for name in request.POST for text in request.POST.getlist(name))


def _file_names(request: Any) -> Iterator[str]:
    return (str(file.name or "") for files in request.FILES.lists() for file in files[1])


def _allow(request: Any, view: Callable[..., object], setting: Setting) -> Setting:
    """What was shown and may stand: those very words, and not others that were typed meanwhile."""
    shown = asking.unsealed(request.POST.get(SEAL, ""))
    kinds = asking.kinds_in(shown)
    reason = request.POST.get(REASON, "").strip()[:300]
    if kinds == [Kind.SCAN]:  # the choice itself says why
        reason = reason or str(NOTHING_IN_IT)
    signed_in = request.actor.kind is ActorKind.USER
    if not shown or (signed_in and not reason) or _tells(reason, setting):
        return setting
    allowed = Setting(setting.allowed | shown, setting.pupil_domains)
    if not getattr(view, UNTRACED, False):
        place = request.resolver_match.view_name if request.resolver_match else ""
        actions.allow(None, actor=request.actor, place=place, kinds=kinds, reason=reason)
    asking._setting.set(allowed)
    # A cookie has room for so many; this request knows them all.
    kept = [one for one in (*shown, *setting.allowed) if not asking.kinds_in([one])]
    request.privacy_seal = asking.sealed(kept[:MOST_REMEMBERED])
    return allowed


def _tells(reason: str, setting: Setting) -> bool:
    """Whether a reason, which goes to the log, holds what we ask about."""
    return bool(asking.open_findings(reason, allowed=(), pupil_domains=setting.pupil_domains))


def _ask(
    request: Any,
    texts: list[Asked],
    file: Question | None = None,
    lost: Sequence[str] = (),
) -> HttpResponse:
    """The page that asks: the words marked, why, and what can be done.

    Args:
        lost: fields whose file waited too long.
    """
    every = [(f, t.text) for t in texts for f in t.findings]
    every += [(f, file.text) for f in file.findings] if file else []
    kinds = list(dict.fromkeys(f.kind for f, _text in every))
    names = {t.name for t in texts}
    rest = [(n, v) for n, v in _typed(request) if n not in {*NO_TEXT, *names}]
    same = [(t.name, v) for t in texts for v in _others(request, t)]
    never = any(f.never for f, _text in every)
    waits, missing = _held(request, hold=not _any_never([], file))
    context = {
        "address": request.get_full_path(),
        "texts": texts,
        "rest": rest + same,
        "held": waits,
        "files": [*missing, *lost],
        "lost": lost,
        "in_file": _by_kind(file) if file else [],
        "kinds": [(NAMES[k], WHY[k]) for k in kinds],
        "nothing_in_it": NOTHING_IN_IT,
        "never": never,
        "only_scan": kinds == [Kind.SCAN],
        "seal": asking.sealed(
            [*(asking.mark(f.of(text)) for f, text in every), *map(asking.kind_mark, kinds)]
        ),
        "asks_reason": request.actor.kind is ActorKind.USER,
        "reason": request.POST.get(REASON, ""),
        "reason_missed": bool(request.POST.get(KEEP)),
        "reason_tells": _tells(request.POST.get(REASON, ""), asking.now()),
    }
    response = TemplateResponse(request, "privacy/ask.html", context, status=UNPROCESSABLE)
    return response.render()


def _held(request: Any, *, hold: bool) -> tuple[list[held.Held], list[str]]:
    """The files that wait for the answer, and the fields of those that have to be chosen again."""
    waits, missing, where = list[held.Held](), list[str](), request.get_full_path()
    for field, files in request.FILES.lists():
        kept = [held.hold(field, file, where=where) if hold else None for file in files]
        if None in kept:
            missing.append(field)
        else:
            waits += [one for one in kept if one]
    return waits, missing


def _by_kind(file: Question) -> list[tuple[str | Promise, list[str], list[str]]]:
    """All that was found in a file: each kind by name, a few of it, and the rest."""
    found = defaultdict[Kind, list[str]](list)
    for kind, words in file.shown:
        found[kind].append(words)
    return [(NAMES[kind], words[:FEW], words[FEW:]) for kind, words in found.items()]


def _others(request: Any, asked: Asked) -> list[str]:
    """Other values of the same field."""
    values = list(request.POST.getlist(asked.name))
    values.remove(asked.text)
    return values
