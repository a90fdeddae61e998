"""Bodies that have a say: a school council with its rules, a pupils’ council, an academy’s own."""

from datetime import date, timedelta

from django.utils import timezone

from partnerwijzer.councils import actions, terms
from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.people import Places, actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import User
from partnerwijzer.ui import schoolyear

MEMBERS = (
    ("parents", "Nele Steegmans"),
    ("parents", "Ruud Laevaert"),
    ("staff", "Bram Verlooy"),
    ("staff", "Anke Dierinck"),
    ("local-community", "Godelieve Moerman"),
    ("local-community", "Tarik Bensalem"),
)


def make_councils(places: Places, users: dict[str, User]) -> None:
    """The council of the school, a pupils' council without names, and the academy's own body."""
    head = actor(users["directie"], places.school)
    body = actions.make_body(places.school, actor=head, kind="school-council")
    body = actions.save_rules(
        body,
        actor=head,
        version=body.version,
        facts={
            "rules_source": "Huishoudelijk reglement van de schoolraad, artikel 7 tot 12",
            "rules_on": date(schoolyear.of(timezone.localdate()), 10, 6),
            "pauses": ["autumn", "christmas", "carnival", "easter", "summer"],
            "lead_days": 10,
            "quorum": 4,
            "waiver": "De raad kan voor een schooljaar afzien van overleg over een onderwerp, met "
            "twee derde van de leden. Dat staat dan in het verslag.",
        },
    )
    _members(body, users)
    _advice(body, users)
    pupils = actions.make_body(places.school, actor=head, kind="pupils-council")
    actions.add_member(
        pupils, actor=head, section="pupils", name="", user=None,
        since=_september(), until=None,
    )  # fmt: skip
    academy = actor(users["academie"], places.academy)
    actions.make_body(
        places.academy, actor=academy, kind="own-body", name="Adviesraad van de academie"
    )


def _september() -> date:
    return date(schoolyear.of(timezone.localdate()), 9, 1)


def _members(body: CouncilBody, users: dict[str, User]) -> None:
    head = actor(users["directie"], body.school)
    until = terms.mandate_end(_september(), 4)
    seats: list[tuple[str, str, User | None]] = [(where, name, None) for where, name in MEMBERS]
    member = users["schoolraad"]
    seats[0] = ("parents", member.name, member)
    for section, name, user in seats:
        actions.add_member(
            body, actor=head, section=section, name=name, user=user,
            since=_september(), until=until,
        )  # fmt: skip


def _advice(body: CouncilBody, users: dict[str, User]) -> None:
    """Advice that waits for an answer, and a meeting with a point of its own."""
    head = actor(users["directie"], body.school)
    today = timezone.localdate()
    actions.receive_advice(
        body,
        actor=head,
        title="Meer tijd voor lezen in de klas",
        text="De raad vraagt om elke dag een kwartier stil te lezen, ook in de derde graad.",
        received_on=today - timedelta(days=9),
    )
    meeting = actions.meeting_on(body, school_day(today + timedelta(days=6)), actor=head)
    meeting = actions.edit_meeting(
        meeting,
        actor=head,
        version=meeting.version,
        facts={"place": "De leraarskamer", "agenda_sent_on": today - timedelta(days=4)},
    )
    actions.add_point(
        meeting,
        actor=head,
        title="De speelplaats wordt groener",
        text="De gemeente legt een plan voor met bomen en een zandhoek.",
    )


def make_advice_on_a_dossier(places: Places, users: dict[str, User]) -> None:
    """The council advised by itself on the dossier that it will be consulted about."""
    head = actor(users["directie"], places.school)
    dossier = Dossier.objects.get(title="Taalcoach voor twee schooljaren", school=places.school)
    actions.receive_advice(
        CouncilBody.objects.get(school=places.school, is_main=True),
        actor=head,
        title="Laat de taalcoach ook met ouders praten",
        text="Veel ouders willen thuis helpen met taal. De raad vraagt een avond voor hen.",
        received_on=timezone.localdate() - timedelta(days=3),
        about=str(dossier.pk),
    )
