"""What each line of the history of a body reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "body.made": _("{who} voegde een raad toe: {name}."),
        "body.edited": _("{who} paste {name} aan."),
        "body.rules": _("{who} vulde in wat het reglement van {name} zegt."),
        "body.ended": _("{who} beëindigde {name}."),
        "body.member_added": _("{who} voegde een lid toe aan {name}: {section}."),
        "body.member_ended": _("{who} beëindigde een mandaat in {name}."),
        "body.member_removed": _("{who} haalde een lid weg uit {name}."),
        "meeting.planned": _("{who} plande een vergadering van {name} op {day}."),
        "meeting.edited": _("{who} paste de vergadering van {day} aan."),
        "meeting.cancelled": _("{who} schrapte de vergadering van {day}."),
        "meeting.point": _("{who} zette op de agenda: {title}."),
        "meeting.point_edited": _("{who} paste het agendapunt ‘{title}’ aan."),
        "meeting.point_removed": _("{who} haalde van de agenda: {title}."),
        "advice.received": _("{who} noteerde een advies van {name}: {title}."),
        "advice.edited": _("{who} paste het advies ‘{title}’ aan."),
        "advice.answered": _("{who} noteerde het antwoord op het advies ‘{title}’."),
    }
)
