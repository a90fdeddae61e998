"""The school says which addresses are of pupils, and sees what was let stand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.privacy import actions, queries
from partnerwijzer.privacy.forms import DomainsForm
from partnerwijzer.privacy.wording import names_of

PAGE_SIZE = 25


@page("privacy.keep")
def privacy(request: Request) -> HttpResponse:
    """Waar let Partnerwijzer op? With the addresses of pupils and what was let stand."""
    school_id = request.actor.school_id
    assert school_id is not None
    known = queries.pupil_domains(request.actor)
    form = DomainsForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        actions.set_pupil_domains(
            None, actor=request.actor, school_id=school_id, domains=form.wanted()
        )
        messages.success(request, _("Bewaard."))
        return redirect("privacy:school")
    rows = queries.allowed_at(request.actor)
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "found": found,
        "rows": [(row, names_of(row.kinds)) for row in found],
    }
    return render(request, "privacy/school.html", context)
