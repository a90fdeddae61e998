"""What a picker shows after typing: a part for htmx, a page of its own where there is no script.

Who has an account gets it at `goals:pick`. A page for who has none (by a secret link) answers at an
address of its own, behind its own gate, and gives that address to its picker.
"""

from urllib.parse import urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import Request
from partnerwijzer.goals import picker
from partnerwijzer.goals.models import ATTRIBUTION

NOT_CARRIED = {"csrfmiddlewaretoken", "once"}


def answer(
    request: Request, actor: Actor, *, pick_at: str = "", frame: str = "ui/page.html"
) -> tuple[str, dict[str, object]] | None:
    """The template that answers a picker and its context; None where the address names none.

    Args:
        pick_at: the address that answers, where it is not `goals:pick`.
        frame: the page that it stands in where there is no script.
    """
    name = request.GET.get("veld", "")
    if not picker.is_name(name):
        return None
    data = request.POST if request.method == "POST" else request.GET
    picked = picker.look(actor, name, data)
    context = {
        "picked": picked,
        "name": name,
        "chosen": picked.chosen,
        "attribution": ATTRIBUTION,
        "pick_at": pick_at,
        "frame": frame,
    }
    if request.htmx:
        return "goals/picks.html", context
    return "goals/pick.html", context | _carried(request, name)


def _carried(request: Request, name: str) -> dict[str, object]:
    """The rest of the form, to send on from this page.

    Only of a POST, which has a mark that proves it comes from a page of ours: an address that
    somebody made up must not become a form here that needs just one press to do its will.
    """
    own = NOT_CARRIED | picker.own_names(name) | {name, "veld"}
    return {
        "carried": [(n, v) for n in request.POST for v in request.POST.getlist(n) if n not in own],
        "address": _address(request, request.POST.get(f"{name}-adres", "")),
        "had_files": bool(request.FILES),
    }


def _address(request: Request, said: str) -> str:
    """Where the form that the picker stands in belongs: what it says, or the page before this."""
    if request.method != "POST":
        return ""
    before = urlsplit(request.headers.get("Referer", ""))
    if not said and before.netloc == request.get_host():
        said = f"{before.path}?{before.query}" if before.query else before.path
    safe = said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return said if safe else ""
