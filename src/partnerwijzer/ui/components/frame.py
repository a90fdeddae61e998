"""What the frame of a page hands to the script."""

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnerwijzer.ui.components import register

SUCCESS = "success"
TOASTS = {
    "debug": ("info", "info"),
    "info": ("info", "info"),
    SUCCESS: ("ok", "check"),
    "warning": ("warn", "triangle-alert"),
    "error": ("block", "octagon-alert"),
}


@register.simple_tag
def page_words() -> SafeString:
    """Words that the script says, in the language of the page. `#` is a number."""
    words = {
        "used": _("# van ## tekens"),
        "too-long": _("# tekens te veel"),
        "copied": _("Gekopieerd"),
        "offline": _("Er is geen verbinding. Probeer het zo meteen opnieuw."),
        "forbidden": _("Dit mag je niet. Is de pagina al lang open? Laad ze opnieuw."),
        "signed-out": _("Je bent intussen afgemeld. Meld je aan in een nieuw tabblad."),
        "gone": _("Dit bestaat niet meer. Laad de pagina opnieuw."),
        "too-often": _("Dat ging te vaak na elkaar. Wacht even."),
        "broken": _("Er ging iets mis bij ons. Probeer het opnieuw."),
    }
    return json_script(words, "page-words")


@register.inclusion_tag("ui/toast.html")
def toast(*, text: object, level: str = "info") -> dict[str, object]:
    """A short message at the bottom. Levels are those of Django: info success warning error."""
    tone, symbol = TOASTS.get(level, TOASTS["info"])
    return {"text": text, "level": level, "tone": tone, "symbol": symbol, "saved": level == SUCCESS}
