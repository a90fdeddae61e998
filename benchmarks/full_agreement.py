"""What goes the way that a person goes, in the full dossier: agreements, requests, files.

They make documents, secret links and mail.
"""

import os
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake
from partnerwijzer.dossiers import agreement_text, drafting
from partnerwijzer.dossiers.actions import agreeing, asking
from partnerwijzer.dossiers.models import AgreementMessage, AgreementVersion, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners.models import Partner

USUAL = {"date": "2027-06-30", "number": "2", "money": "0"}
WHY = "We keken dit samen na met wie erbij was. " * 4


def agreed(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """Three versions of an agreement, the last one sent; and a conversation of thirty messages."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    partner = dossier.partners.first().partner
    for number in range(3):
        version = _version(dossier, partner, actor, f"Wijziging {number}" if number else "")
    agreeing.send_version(
        version, actor=actor, email="huis@partner.example", name="Lowie", message="Lees dit na."
    )
    for number in range(30):
        AgreementMessage.objects.create(
            agreement=version.agreement,
            by_school=number % 2 == 0,
            name=actor.name if number % 2 == 0 else "Lowie",
            text="Kan dat ook op een dinsdag? " * 3,
        )
    mail = OutgoingMail.objects.latest("pk").body
    return {"version": version.pk, "token": mail.split("/afspraken/")[1].split("/")[0]}


def _version(dossier: Dossier, partner: Partner, actor: Actor, note: str) -> AgreementVersion:
    draft = agreeing.draft_of(dossier, partner)
    blanks = {
        agreement_text.field_name(block, field.key): USUAL.get(
            str(field.kind), field.options[0].key if field.options else "Dat spreken we zo af."
        )
        for block in drafting.always_in(dossier)
        for field in block.fields
        if field.required
    }
    saved = agreeing.save_draft(
        dossier,
        actor=actor,
        partner=partner,
        version=draft.version,
        blocks=list(draft.blocks),
        fields={**blanks, **draft.fields},
        extra=f"{WHY} {note}",
    )
    return agreeing.fix_version(saved, actor=actor, change_note=note)


def asked(dossier: Dossier, actor: Actor) -> None:
    """Twelve people are asked for their experience."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    rows = list(dossier.partners.all())
    for number in range(12):
        asking.ask_experience(
            dossier,
            actor=actor,
            partner=rows[number % len(rows)].partner,
            relation=("other-school", "colleague", "parent")[number % 3],
            email=f"hanne{number}@elders.example",
            name=f"Hanne {number}",
            organisation="Een andere school",
        )


def attach(dossier: Dossier, actor: Actor, mib: int) -> None:
    """Gives each piece of evidence a file, together so many MiB."""
    rows = list(dossier.evidence.all())
    for number, row in enumerate(rows):
        content = os.urandom(mib * 1024 * 1024 // len(rows))
        row.file = intake.keep(
            content, name=f"bewijs {number}", kind="jpg", school_id=dossier.school_id, actor=actor
        )
        row.save(update_fields=["file"])
