"""The living style page, and what a form gets whose protection mark is out of date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnerwijzer.access.gate import Request, page
from partnerwijzer.ui import resend


@page("ui.style")
def style(request: Request) -> HttpResponse:
    return render(request, "ui/style.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale mark on a page of ours (signed out and in again in another tab) keeps the text."""
    if request.method == "POST" and resend.is_ours(request):
        return resend.page(request, signed_out=not request.user.is_authenticated)
    return render(request, "403.html", status=403)
