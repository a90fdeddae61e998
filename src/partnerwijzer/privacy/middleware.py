"""One guard over every form and every file: what looks like data of a person is asked about first.

It stands before the views, so that no form can forget it: those of staff, of partners with a link,
of pupils. Nothing is stored until the question is answered, and what was typed stands on the page
that asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Kind as ActorKind
from partnerwijzer.privacy import actions, asking, queries
from partnerwijzer.privacy.asking import Question, Setting
from partnerwijzer.privacy.detecting import Finding, Kind
from partnerwijzer.privacy.wording import NAMES, WHY

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Fields of the page that asks, and the cookie that remembers for an hour what was allowed.
KEEP, REASON, SEAL = "toch_bewaren", "reden_toch", "gevonden"
OURS = {KEEP, REASON, SEAL}
NO_TEXT = {"csrfmiddlewaretoken", "once", *OURS}
# A view whose answers nobody may trace to a moment says so: `view.leaves_no_trace = True`.
UNTRACED = "leaves_no_trace"
UNPROCESSABLE = 422
# So many findings of a kind are read at once; the rest stands folded below them.
FEW = 4


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
        texts = list(_texts(request, setting))
        if request.POST.get(KEEP) and not any(f.never for t in texts for f in t.findings):
            setting = _allow(request, view, setting)
            texts = list(_texts(request, setting))
        named = asking.about_names(_file_names(request), setting)
        return _ask(request, view, texts, named) if texts or named else None

    def process_exception(request: Any, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Question):
            return None
        view = request.resolver_match.func if request.resolver_match else None
        return _ask(request, view, [], error)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _is_ours(request: Any, view: Callable[..., object]) -> bool:
    """A page of this product that this person may send something to; the view refuses the rest."""
    requirement = getattr(view, "requirement", None)
    if requirement is None:
        return False
    return requirement.permission is None or gate.allowed(request.actor, requirement.permission)


def _setting_of(request: Any, address: dict[str, object]) -> Setting:
    allowed = asking.unsealed(request.COOKIES.get(SEAL, ""))
    return Setting(allowed, queries.pupil_domains(request.actor, address))


def _texts(request: Any, setting: Setting) -> Iterator[Asked]:
    for name, text in _typed(request):
        if name in NO_TEXT or "password" in name:
            continue
        found = asking.open_findings(
            text, allowed=setting.allowed, pupil_domains=setting.pupil_domains
        )
        if found:
            yield Asked(name, text, found)


def _typed(request: Any) -> Iterator[tuple[str, str]]:
    return ((name, text) for name in request.POST for text in request.POST.getlist(name))


def _file_names(request: Any) -> Iterator[str]:
    return (str(file.name or "") for files in request.FILES.lists() for file in files[1])


def _allow(request: Any, view: Callable[..., object], setting: Setting) -> Setting:
    """What was shown and may stand: those very words, and not others that were typed meanwhile."""
    reason = request.POST.get(REASON, "").strip()[:300]
    shown = asking.unsealed(request.POST.get(SEAL, ""))
    signed_in = request.actor.kind is ActorKind.USER
    if not shown or (signed_in and not reason):
        return setting
    kinds = sorted(
        {f.kind for t in _texts(request, setting) for f in t.findings}
        | set(request.POST.getlist("soort"))
    )
    allowed = Setting(setting.allowed | shown, setting.pupil_domains)
    if not getattr(view, UNTRACED, False):
        place = request.resolver_match.view_name if request.resolver_match else ""
        actions.allow(None, actor=request.actor, place=place, kinds=kinds, reason=reason)
    asking._setting.set(allowed)
    request.privacy_seal = asking.sealed(allowed.allowed)
    return allowed


def _ask(
    request: Any,
    view: Callable[..., object] | None,
    texts: list[Asked],
    file: Question | None = None,
) -> HttpResponse:
    """The page that asks: the words marked, why, and what can be done."""
    every = [(f, t.text) for t in texts for f in t.findings]
    every += [(f, file.text) for f in file.findings] if file else []
    kinds = list(dict.fromkeys(f.kind for f, _text in every))
    names = {t.name for t in texts}
    rest = [(n, v) for n, v in _typed(request) if n not in {*NO_TEXT, "soort", *names}]
    same = [(t.name, v) for t in texts for v in _others(request, t)]
    context = {
        "address": request.get_full_path(),
        "texts": texts,
        "rest": rest + same,
        "files": list(request.FILES) or (list(request.FILES.keys()) if file else []),
        "in_file": _by_kind(file) if file else [],
        "kinds": [(NAMES[k], WHY[k], k) for k in kinds],
        "never": any(f.never for f, _text in every),
        "seal": asking.sealed(asking.mark(f.of(text)) for f, text in every),
        "asks_reason": request.actor.kind is ActorKind.USER,
        "reason": request.POST.get(REASON, ""),
        "reason_missed": bool(request.POST.get(KEEP)),
    }
    response = TemplateResponse(request, "privacy/ask.html", context, status=UNPROCESSABLE)
    return response.render()


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
