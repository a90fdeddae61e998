"""Filters for the pages of this module."""

import base64

from django import template

from partnerwijzer.documents import qr
from partnerwijzer.organisations import devices
from partnerwijzer.organisations.models import Role

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    return devices.device(user_agent)


@register.filter
def role_name(role: str) -> str:
    """The Dutch word for a role of access.Role."""
    return str(Role(role).label)


@register.filter
def qr_image(text: str) -> str:
    """The address of a picture of a QR code: black on white, on a dark page too."""
    picture = base64.b64encode(qr.svg(text, title="QR").encode()).decode()
    return f"data:image/svg+xml;base64,{picture}"
