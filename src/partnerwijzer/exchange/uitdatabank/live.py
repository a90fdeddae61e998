"""Asks the Search API of UiTdatabank itself, page by page and not too often.

Off unless PARTNERWIJZER_UITDATABANK_URL is set. Source: publiq, Search API 3: `start` below 10,000,
`limit` up to 2,000, key in the header X-Api-Key; school offers only show with audienceType.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerwijzer import __version__

PER_PAGE = 200
LAST = 10_000
SECONDS = 20
BETWEEN = 0.5
TRIES = 4
LONGEST_WAIT = 60.0
MOST_BYTES = 64 * 1024 * 1024
TRY_AGAIN = {429, 500, 502, 503, 504}
Progress = Callable[[int, int], None]


class NotReached(Exception):
    """UiTdatabank did not answer, or not as it should. `str()` says what, in Dutch."""


class _NoRedirect(HTTPRedirectHandler):
    """The key is for one host: it does not go along to another one."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


@dataclass(frozen=True)
class Live:
    """One source: where it is, and the key for it."""

    url: str
    key: str
    between: float

    def items(self, progress: Progress | None = None, *, everything: bool = False) -> Iterator[Any]:
        """All events, each with its organiser; only those for schools unless asked otherwise.

        Args:
            progress: is told how many came, and how many there are: of more than LAST the rest
                cannot be asked for (too_many() says so in words).

        Raises:
            NotReached: no answer, or none that can be used.
        """
        start = total = 0
        while start == 0 or start < min(total, LAST):
            if start:
                time.sleep(self.between)
            page = self._page(start, everything)
            total = page["totalItems"]
            if not page["member"]:
                return
            yield from page["member"]
            start += len(page["member"])
            if progress:
                progress(start, total)

    def _page(self, start: int, everything: bool) -> dict[str, Any]:
        query = {
            "embed": "true",
            "start": start,
            "limit": min(PER_PAGE, LAST - start),
            "audienceType": "*" if everything else "education",
            "workflowStatus": "APPROVED,READY_FOR_VALIDATION",
        }
        answer = self._ask(f"{self.url.rstrip('/')}/events/?{urlencode(query)}")
        try:
            page = json.loads(answer)
        except ValueError:
            raise NotReached(_("UiTdatabank gaf een antwoord dat geen json is.")) from None
        fits = isinstance(page, dict) and isinstance(page.get("member"), list)
        if not fits or not isinstance(page.get("totalItems"), int):
            raise NotReached(_("UiTdatabank gaf een antwoord dat we niet begrijpen."))
        return dict(page)

    def _ask(self, address: str) -> bytes:
        headers = {
            "X-Api-Key": self.key,
            "Accept": "application/json",
            "User-Agent": f"Partnerwijzer/{__version__}",
        }
        request = Request(address, headers=headers)  # noqa: S310 -- http(s) only: see source()
        for attempt in range(TRIES):
            try:
                with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
                    content: bytes = answer.read(MOST_BYTES + 1)
                    promised = int(answer.headers.get("Content-Length") or 0)
                    if len(content) < min(promised, MOST_BYTES):  # read(n) takes a part for all
                        raise IncompleteRead(content)
            except HTTPError as wrong:
                if wrong.code not in TRY_AGAIN or attempt == TRIES - 1:
                    raise NotReached(_why(wrong.code)) from None
                time.sleep(self._wait(wrong.headers.get("Retry-After", ""), attempt))
                continue
            except (URLError, HTTPException, TimeoutError, OSError, ValueError):
                if attempt == TRIES - 1:
                    raise NotReached(_("UiTdatabank antwoordt niet. Probeer het later.")) from None
                time.sleep(self._wait("", attempt))
                continue
            if len(content) > MOST_BYTES:
                raise NotReached(_("UiTdatabank gaf een antwoord dat te groot is."))
            return content
        raise AssertionError("the last try ends it")

    def _wait(self, said: str, attempt: int) -> float:
        """As long as the other side asks, up to a minute; else longer each time."""
        asked = _seconds(said)
        return min(self.between * 2**attempt if asked is None else asked, LONGEST_WAIT)


def _seconds(said: str) -> float | None:
    """What Retry-After says, in seconds: a number, or a moment (RFC 9110, 10.2.3)."""
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # no moment, or one without a time zone
        return None


def _why(code: int) -> str:
    if code in (401, 403):
        return _("UiTdatabank weigert de sleutel. Kijk PARTNERWIJZER_UITDATABANK_KEY na.")
    if code == 404:
        return _("Op dit adres is geen UiTdatabank. Kijk PARTNERWIJZER_UITDATABANK_URL na.")
    if code == 429:
        return _("UiTdatabank vindt dat we te vaak vragen. Probeer het later.")
    return _("UiTdatabank gaf een fout ({code}).").format(code=code)


def too_many(total: int) -> str:
    """That there is more than can be asked for; nothing where there is not."""
    if total <= LAST:
        return ""
    words = _(
        "Op deze vraag kent UiTdatabank {total} activiteiten, en ze geeft er de eerste {most} van. "
        "De andere {rest} zijn niet ingelezen: voeg ze toe met een bestand."
    )
    counts = {"total": total, "most": LAST, "rest": total - LAST}
    return words.format(**{k: number_format(n, force_grouping=True) for k, n in counts.items()})


def source() -> Live:
    """The source of the settings.

    Raises:
        NotReached: it is not set, or is no web address.
    """
    url, key = settings.UITDATABANK_URL, settings.UITDATABANK_KEY
    if not url:
        raise NotReached(_("UiTdatabank is niet ingesteld: zie PARTNERWIJZER_UITDATABANK_URL."))
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotReached(_("PARTNERWIJZER_UITDATABANK_URL moet met https:// beginnen."))
    return Live(url, key, BETWEEN)
