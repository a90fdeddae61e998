"""Helper trees in the demo: one that stops a sponsored lesson, checks for working with minors, and
a day of elections to warn with."""

from datetime import timedelta

from partnerwijzer.access.actor import Actor
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.elections import actions as elections

WITH_VOUCHER = {
    "what-is-seen": "advertising",
    "level-advertising": "basic",
    "compulsory-advertising": "yes",
    "which-place": "lesson-place",
}


def make_election(umbrella: Actor, teller: Storyteller) -> None:
    """An invented election, near enough to see what Partnerwijzer says about it."""
    elections.enter_election(
        None,
        actor=umbrella,
        name="Verkiezingen in het voorbeeld",
        on=teller.today + timedelta(days=75),
        source="verzonnen voor deze demo",
        read_on=teller.today,
    )


def make_sponsored(teller: Storyteller) -> None:
    """A bank with a lesson on saving: a voucher for a savings account is in the booklet."""
    dossier = teller.open(
        "Leren sparen met de bank",
        "Spaarwijs cv",
        "one-off",
        "Leerlingen maken een plan voor hun zakgeld.",
        groups=(("lager-graad-3", "6A", 24),),
    )
    teller.situations(dossier)
    basics.answer_situations(dossier, actor=teller.coordinator, answers={"sponsoring": True})
    teller.assess(dossier, step="know-partner", most=6)
    teller.walk(Dossier.objects.get(pk=dossier.pk), "advertising-sponsoring", WITH_VOUCHER)
