"""What can go along with the letter to a partner: the signed decision, and what was agreed on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import decision_paper
from partnerwijzer.dossiers.models import AgreementVersion, Decision
from partnerwijzer.partners.models import Partner

MOST_BYTES = 10 * 1024 * 1024  # together: more than that many mailboxes refuse


@dataclass(frozen=True)
class Enclosure:
    """One file. `warning` says what is in it that the letter leaves out."""

    key: str
    label: str
    file: StoredFile
    warning: str = ""

    @property
    def named(self) -> str:
        """What it is, and the name under which it arrives."""
        return f"{self.label}: {self.file.name}"

    @property
    def kept(self) -> dict[str, Any]:
        """What the letter remembers of it."""
        return {"key": self.key, "name": self.file.name, "size": self.file.size}


def offered(decision: Decision, partner: Partner) -> list[Enclosure]:
    """The files that fit a letter about this decision to this partner, as they were kept."""
    found = []
    if decision.pdf is not None and not kept_back(decision):
        warning = _(
            "Daarin staat alles: hoe jullie elke vraag beoordeelden en waarom, wie van het team "
            "wat vond, wat de beslisbomen en de schoolraad zeiden, en de "
            "kosten."
        )
        found.append(Enclosure("decision", _("De beslissing"), decision.pdf, warning))
    rows = AgreementVersion.objects.filter(
        agreement__dossier_id=decision.dossier_id, agreement__partner=partner
    )
    newest = rows.exclude(pdf=None).select_related("pdf").order_by("-number").first()
    if newest is not None and newest.pdf is not None:
        label = _("De afspraken, versie {number}").format(number=newest.number)
        found.append(Enclosure(f"agreement-{newest.pk}", label, newest.pdf))
    return found


def kept_back(decision: Decision) -> str:
    """Why the decision does not go along with a letter: it tells of others, or of an interest that
    stays at the school. Else nothing.

    The paper is made of the snapshot alone, so the snapshot says of whom it tells.
    """
    known = decision.snapshot
    if len(known.get("partners", [])) > 1:
        return _(
            "De beslissing zelf kun je niet meesturen: er staat ook in wat jullie van een andere "
            "partner vonden."
        )
    if decision_paper.tells_interests(decision):
        return _(
            "De beslissing zelf kun je niet meesturen: er staat een belang in van iemand van "
            "jullie, en dat blijft op school."
        )
    return ""


def chosen(offers: Iterable[Enclosure], keys: Collection[str]) -> list[Enclosure]:
    """Those that somebody chose, as far as they are still offered."""
    return [offer for offer in offers if offer.key in keys]


def size_of(enclosures: Iterable[Enclosure]) -> int:
    """Bytes together."""
    return sum(one.file.size for one in enclosures)
