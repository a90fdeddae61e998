"""How the log tells what happened to schools, people and accounts."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "school.created": _("{who} voegde deze school toe."),
        "school.taken_in": _("{who} nam deze school op bij {umbrella}."),
        "school.profile_changed": _("{who} paste het profiel van de school aan."),
        "school.priority_added": _("{who} voegde een prioriteit toe: {text}"),
        "school.priority_changed": _("{who} paste een prioriteit aan: {text}"),
        "school.priority_removed": _("{who} haalde een prioriteit weg: {text}"),
        "school.priority_moved": _("{who} veranderde de volgorde van de prioriteiten."),
        "school.adviser_assigned": _("{who} maakte {name} anker van de school."),
        "school.adviser_ended": _("{who} beëindigde de opdracht van {name} als anker."),
        "schools.imported": _(
            "{who} las de lijst van scholen in: {schools_new} nieuw, {schools_changed} gewijzigd, "
            "{schools_gone} verdwenen, {refused} rijen geweigerd."
        ),
        "umbrella.created": _("{who} maakte de koepel {name}."),
        "person.invited": _("{who} nodigde {name} uit als {role}."),
        "person.invited_again": _("{who} stuurde {name} de uitnodiging opnieuw."),
        "person.invitation_withdrawn": _("{who} trok de uitnodiging van {name} in."),
        "person.joined": _("{who} aanvaardde de uitnodiging en is nu {role}."),
        "person.added": _("{who} maakte {name} {role}."),
        "person.role_changed": _("{who} maakte van {name}, {before}, nu {role}."),
        "person.left": _("{who} beëindigde de rol van {name} als {role}."),
        "account.changed": _("{who} paste de eigen gegevens aan."),
        "account.session_ended": _("{who} meldde een ander toestel af."),
    }
)
