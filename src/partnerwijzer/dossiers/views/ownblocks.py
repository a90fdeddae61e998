"""The library of text blocks of a school and its umbrella."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.actions import ownblocks
from partnerwijzer.dossiers.forms.ownblocks import FACTS, OwnBlockForm
from partnerwijzer.dossiers.models import OwnBlock
from partnerwijzer.dossiers.queries import ownblocks as queries


@page("dossiers.blocks_read")
def block_list(request: Request) -> HttpResponse:
    """Onze tekstblokken: by whom they are kept, in their order; and those that were put away."""
    rows = list(queries.blocks(request.actor))
    kept, used = queries.kept(request.actor), queries.uses(request.actor)
    shown: list[dict[str, Any]] = [
        {"block": b, "mine": b.pk in kept, "uses": used[b.pk]} for b in rows
    ]
    current = [row for row in shown if row["block"].archived_at is None]
    owners = groupby(current, lambda row: str(row["block"].owner))
    context = {
        "owners": [(name, list(part)) for name, part in owners],
        "archived": [r for r in shown if r["block"].archived_at is not None and r["mine"]],
        "may_add": bool(queries.owners(request.actor)),
        "groups": {g.key: str(g.label) for g in queries.content(request.actor).agreement.groups},
    }
    return render(request, "dossiers/blocks.html", context)


@page("dossiers.blocks")
def block_new(request: Request) -> HttpResponse:
    """A new block, for the school or the umbrella that the actor keeps blocks for."""
    owners = queries.owners(request.actor)
    chosen = next((o for o in owners if _name(o) == request.POST.get("van")), owners[0])
    form = OwnBlockForm(request.POST or None, content=queries.content(request.actor))
    if request.method == "POST" and form.is_valid():
        block = ownblocks.add_block(chosen, actor=request.actor, facts=form.facts())
        messages.success(request, _("‘{title}’ is bewaard.").format(title=block.title))
        return redirect("dossiers:blocks")
    context = {
        "form": form,
        "owners": [(_name(o), str(o), o is chosen) for o in owners] if len(owners) > 1 else [],
        "owner": str(chosen),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/block.html", context, status=status)


def _name(owner: Any) -> str:
    return f"{owner._meta.model_name}-{owner.pk}"


@page("dossiers.blocks")
def block_edit(request: Request, block_pk: int) -> HttpResponse:
    """Changes a block; the words that agreements took stay theirs."""
    block = queries.get_block(request.actor, block_pk)
    first = {**{name: getattr(block, name) for name in FACTS}, "version": block.version}
    content = queries.content(request.actor)
    form = OwnBlockForm(request.POST or None, content=content, initial=first)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, block, form)
        except Conflict as found:
            conflict = found.current
    context = {
        "form": form,
        "kept": block,
        "owner": block.owner,
        "conflict": conflict,
        "texts": list(queries.texts(request.actor, block))[1:],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/block.html", context, status=status)


def _save(request: Request, block: OwnBlock, form: OwnBlockForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    saved = ownblocks.edit_block(block, actor=request.actor, version=version, facts=form.facts())
    messages.success(request, _("‘{title}’ is bewaard.").format(title=saved.title))
    return redirect("dossiers:blocks")


@page("dossiers.blocks")
def block_act(request: Request, block_pk: int) -> HttpResponse:
    """Moves a block, puts it away or takes it out again."""
    block, what = queries.get_block(request.actor, block_pk), request.POST.get("wat", "")
    if request.method == "POST":
        if what in ("omhoog", "omlaag"):
            ownblocks.move_block(block, actor=request.actor, up=what == "omhoog")
        elif what == "opbergen":
            ownblocks.archive_block(block, actor=request.actor)
            messages.success(request, _("‘{title}’ is opgeborgen.").format(title=block.title))
        elif what == "terug":
            ownblocks.restore_block(block, actor=request.actor)
            messages.success(request, _("‘{title}’ is terug.").format(title=block.title))
        else:
            raise Http404
    return redirect("dossiers:blocks")
