"""What keeps a databank true, shown once each: claims and checks, replies, warnings, doubles."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import ChangeKind, Partner, ProfileLink, RegisterChange

AN = guest("An Verbeke")


def make_upkeep(
    partners: Mapping[str, Partner], *, head: Actor, umbrella: Actor, school: School
) -> None:
    """Expects the partners of partners.yaml, with the experiences that schools shared."""
    today = timezone.localdate()
    _organisation_speaks(partners["Schermlicht vzw"], head, umbrella, school)
    _warnings(partners, umbrella, today)
    _doubles(partners, head, umbrella, school)
    _belong_together(partners, head)
    actions.report(
        partners["Codekelder bv"],
        actor=head,
        thing="partner",
        reason="wrong",
        words="Ze geven geen kampen meer.",
    )


def _organisation_speaks(partner: Partner, head: Actor, umbrella: Actor, school: School) -> None:
    """A link, own words, a checked fact with a change that waits, and two replies."""
    link = actions.send_profile_link(
        partner, actor=head, school=school, email="an@schermlicht.example", name=AN.name
    )
    partner.refresh_from_db()
    fields = ["commercial_tie", "town"]
    actions.check_facts(partner, actor=head, version=partner.version, fields=fields)
    words = "Maakt workshops over omgaan met media. Komt naar school, met al het materiaal."
    actions.say_of_itself(
        link,
        actor=AN,
        version=partner.version,
        waiting=0,
        facts={"description": words, "town": "Lindermeer"},
    )
    _claim(link, partner)
    told = partner.experiences.exclude(advice="").first()
    shown = actions.reply(
        link,
        actor=AN,
        experience=told,
        text="Dank voor de eerlijke woorden. We geven de workshop nu ook in twee delen.",
    )
    actions.show_reply(shown, actor=umbrella)
    actions.reply(link, actor=AN, text="We zoeken scholen die een nieuwe reeks willen proberen.")


def _claim(link: ProfileLink, partner: Partner) -> None:
    offer = partner.offers.order_by("pk").first()
    if offer is not None:
        facts = {
            "rung": 4,
            "title": "Ons jaarverslag",
            "says": "Cijfers van drie jaar.",
            "link": "",
        }
        actions.bring_source(link, actor=AN, offer=offer, facts=facts)


def _warnings(partners: Mapping[str, Partner], umbrella: Actor, today: date) -> None:
    actions.mark_partner(
        partners["Theater De Zolder"],
        actor=umbrella,
        kind="inactive",
        reason="Het gezelschap stopt na dit seizoen en neemt geen scholen meer aan.",
        since=today - timedelta(days=20),
    )
    RegisterChange.objects.create(
        partner=partners["Codekelder bv"],
        kind=ChangeKind.MOVED,
        before="Molenweg 4, 9990 Bovenveld",
        after="Stationsplein 11, 9991 Lindermeer",
        snapshot_date=today - timedelta(days=12),
    )


def _doubles(partners: Mapping[str, Partner], head: Actor, umbrella: Actor, school: School) -> None:
    """One pair that still stands there twice, and one that was made one."""
    for name, town in (("Theater De Zolder vzw", "Veerdegem"), ("Bib van Veerdegem", "Veerdegem")):
        kind = "arts-organisation" if "Theater" in name else "library"
        made = actions.create_partner(
            school, actor=head, facts={"name": name, "kind": kind, "town": town}
        )
    actions.merge(partners["Bibliotheek Veerdegem"], actor=umbrella, gone=made)


def _belong_together(partners: Mapping[str, Partner], head: Actor) -> None:
    actions.relate(
        partners["Jeugddienst Veerdegem"],
        actor=head,
        kind="works-with",
        other=partners["Bibliotheek Veerdegem"],
        since=None,
        source="",
    )
