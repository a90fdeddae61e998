from django.http import HttpResponse
from django.shortcuts import redirect

from partnerwijzer.access.gate import Request, page
from partnerwijzer.organisations import actors


@page("organisations.account")
def switch_school(request: Request) -> HttpResponse:
    """Works for another school of this person from now on; only on this device."""
    chosen = request.POST.get("school", "")
    mine = {str(s.school_id) for s in request.actor.seats if s.school_id}
    if chosen in mine:
        request.session[actors.SESSION_KEY] = int(chosen)
    return redirect("/")
