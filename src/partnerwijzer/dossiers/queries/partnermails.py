"""Which partners come to a moment, and where they were written to. The caller may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.forms import Field
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import together
from partnerwijzer.dossiers.models import Activity, AgreementVersion, Dossier


def coming(activity: Activity) -> list[together.Coming]:
    """Which partners come to a moment or prepare it; read once for each moment."""
    prefetch_related_objects([activity], together.PARTNERS)
    if activity.partners.all():
        return together.coming(activity)
    return together.coming(activity, list(activity.dossier.partners.select_related("partner")))


@dataclass(frozen=True)
class PartnerMail:
    """An address at which a partner of the dossier was written to."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name}: {self.email}"


@dataclass(frozen=True)
class PartnerMails:
    """What is known of where to write. Of several partners nobody but the school knows which one
    comes, until it says so: then nothing is `sure`. `unknown`: the names of those without one."""

    known: list[PartnerMail]
    sure: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    def offer(self, field: Field) -> None:
        """Fills a field in with the address that is sure; else says which are known, to choose
        from. And of whom none is: that one would get no mail without anybody seeing it."""
        field.initial = ", ".join(self.sure)
        said = [str(field.help_text)]
        if self.unknown:
            none = _("Van {names} kennen we geen adres.")
            said.insert(0, none.format(names=", ".join(self.unknown)))
        if self.known and not self.sure:
            known = _("Gekend: {addresses}.").format(addresses=", ".join(map(str, self.known)))
            said.insert(0, known)
        field.help_text = " ".join(said).strip()


def together_at(every: Iterable[PartnerMails]) -> PartnerMails:
    """Of several moments what is known at any of them; sure only where each of them is."""
    found = list(every)
    known = list(dict.fromkeys(mail for one in found for mail in one.known))
    doubt = any(one.known and not one.sure for one in found)
    sure = () if doubt else tuple(dict.fromkeys(mail for one in found for mail in one.sure))
    unknown = tuple(sorted({name for one in found for name in one.unknown}))
    return PartnerMails(known, sure, unknown)


def partner_mails(activity: Activity) -> PartnerMails:
    """Where each partner of the moment was written to last, or of the dossier where nobody said who
    comes; not where that was withdrawn."""
    dossier = activity.dossier
    come = {one.row.partner_id: one.row.partner.name for one in coming(activity)}
    partners = come or dict(dossier.partners.values_list("partner_id", "partner__name"))
    known = written_to(dossier, partners)
    sure = tuple(mail.email for mail in known.values()) if come or len(partners) == 1 else ()
    unknown = tuple(sorted(name for pk, name in partners.items() if pk not in known))
    return PartnerMails(list(known.values()), sure, unknown)


def written_to(dossier: Dossier, partners: Iterable[int]) -> dict[int, PartnerMail]:
    """By key of these partners where each was written to last; not where that was withdrawn."""
    rows = AgreementVersion.objects.filter(
        agreement__dossier=dossier, agreement__partner__in=list(partners), link__isnull=False
    ).select_related("agreement__partner", "link")
    newest = {row.agreement_id: row for row in rows.order_by("number")}  # the last one stays
    return {
        row.agreement.partner_id: PartnerMail(row.agreement.partner.name, row.link.email)
        for row in newest.values()
        if row.link and row.link.email and row.link.withdrawn_at is None
    }
