"""How school and partners see a cooperation of the demo: mostly alike, in one thing not at all."""

from datetime import timedelta

from partnerwijzer.access.actor import guest
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.demo.people import actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions

# What each of the seven factors gets, in their order: by three colleagues, and by the partner.
COLLEAGUES = (("leerkracht", (4, 4, 5, 2, 3, 4, 5)), ("coordinator", (5, 4, 4, 2, 3, 3, 4)),
              ("anke", (4, 5, 4, 1, 4, 4, 5)))  # fmt: skip
PARTNER = (4, 5, 4, 4, 2, 3, 5)
# The academy and the museum, who come to the same class.
TWO_PARTNERS = (("Noor Baert", (5, 4, 4, 4, 5, 4, 4)), ("Wim Daele", (4, 2, 4, 3, 5, 4, 3)))


def make_scores(t: Storyteller) -> None:
    """The language coach, a few weeks under way: scored at the start, with one action agreed on."""
    dossier = Dossier.objects.get(school=t.places.school, title="Taalcoach voor twee schooljaren")
    dossier = _runs(t, dossier, begun=30, days=560)
    for who, values in COLLEAGUES:
        answers = _answers(dossier, values)
        person = actor(t.users[who], t.places.school)
        actions.score(dossier, actor=person, moment="start", answers=answers)
    ask = actions.ask(
        dossier,
        actor=t.coordinator,
        row=dossier.partners.get(),
        moment="start",
        email="scholen@partner.example",
        name="Lowie Staepen",
    )
    actions.answer(ask, actor=guest("Lowie Staepen"), answers=_answers(dossier, PARTNER))
    actions.plan(
        dossier,
        actor=t.coordinator,
        moment="start",
        factor="room-for-exchange",
        what="Drie momenten van een kwartier in de kalender zetten",
        owner=t.users["leerkracht"],
        due=t.today + timedelta(days=10),
    )


def make_two_views(t: Storyteller) -> None:
    """The academy and the museum in one dossier: the museum finds what the academy does not, and
    one thing asks for action because of it alone. The teacher did not score yet."""
    dossier = Dossier.objects.get(school=t.places.school, title="Kunst in de klas met de academie")
    dossier = _runs(t, dossier, begun=10, days=230)
    for who, values in COLLEAGUES[1:]:
        person = actor(t.users[who], t.places.school)
        answers = _answers(dossier, values[::-1])
        actions.score(dossier, actor=person, moment="start", answers=answers)
    for row, (name, values) in zip(dossier.partners.all(), TWO_PARTNERS, strict=True):
        contact = row.partner.contacts.exclude(email="").get()
        ask = actions.ask(
            dossier, actor=t.coordinator, row=row, moment="start", email=contact.email, name=name
        )
        actions.answer(ask, actor=guest(name), answers=_answers(dossier, values))


def _runs(t: Storyteller, dossier: Dossier, *, begun: int, days: int) -> Dossier:
    begin = t.today - timedelta(days=begun)
    return basics.edit_dossier(
        dossier,
        actor=t.coordinator,
        version=dossier.version,
        changes={"planned_from": begin, "planned_until": begin + timedelta(days=days)},
    )


def _answers(dossier: Dossier, values: tuple[int, ...]) -> dict[str, int]:
    factors = casework.content(dossier).factors.working_factors
    return {s.key: v for f, v in zip(factors, values, strict=True) for s in f.statements}
