"""The organisation keeps its own page by a link, and answers; what a school checked is safe."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.access.models import AccessLink, SpentForm
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, personal, queries
from partnerwijzer.partners.models import (
    Experience,
    GroundingSource,
    Offer,
    Partner,
    ProfileLink,
    Proposal,
    Reply,
    Report,
    Statement,
)
from tests.partners.conftest import MakeOffer, SignIn, Tell, describe, say
from tests.partners.pages import filled, part, text_of
from tests.personas import World

AN = guest("An")


@pytest.fixture
def token(world: World, partner: Partner) -> str:
    actions.send_profile_link(
        partner,
        actor=world.actor("teacher"),
        school=world.school,
        email="an@schermlicht.example",
        name="An",
    )
    body = OutgoingMail.objects.latest("pk").body
    found = re.search(r"/organisatie/([\w-]+)/", body)
    assert found is not None
    return found[1]


@pytest.fixture
def link(token: str) -> ProfileLink:
    return ProfileLink.objects.get()


@pytest.fixture
def own(token: str) -> str:
    return f"/organisatie/{token}/"


def check(world: World, partner: Partner, *fields: str, who: str = "teacher") -> None:
    actions.check_facts(partner, actor=world.actor(who), version=partner.version, fields=fields)


# The link


def test_the_mail_asks_with_a_verb_and_says_until_when(world: World, token: str) -> None:
    mail = OutgoingMail.objects.latest("pk")

    assert mail.subject == "Kijk na wat scholen over Schermlicht vzw lezen"
    assert "Teacher van School A" in mail.body


def test_only_the_hash_of_the_secret_is_kept(token: str) -> None:
    assert token not in str(list(AccessLink.objects.values()))


@pytest.mark.parametrize("path", ["", "gegevens/", "aanbod/", "melden/"])
def test_a_link_that_is_over_opens_nothing(own: str, link: ProfileLink, path: str) -> None:
    assert Client().get(own + path).status_code == 200

    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    answer = Client().get(own + path)
    assert answer.status_code == 404
    assert "Schermlicht" not in text_of(answer)


def test_a_school_withdraws_the_link(partner: Partner, own: str, sign_in: SignIn) -> None:
    row = ProfileLink.objects.get()

    sign_in("other_teacher").post(f"/partners/{partner.pk}/link/", {"intrekken": row.pk})

    assert Client().get(own).status_code == 404


def test_a_new_link_for_the_same_person_ends_the_old_one(
    partner: Partner, own: str, sign_in: SignIn
) -> None:
    given = {"name": "An", "email": "AN@schermlicht.example", "message": ""}

    sign_in("head").post(f"/partners/{partner.pk}/link/", given)

    assert Client().get(own).status_code == 404
    assert ProfileLink.objects.count() == 2


def test_who_holds_no_link_cannot_speak_for_the_organisation(
    world: World, link: ProfileLink
) -> None:
    with pytest.raises(PermissionDenied):
        actions.say_of_itself(
            link, actor=world.actor("head"), version=1, waiting=0, facts={"town": "Gent"}
        )


def test_a_link_that_ended_while_the_page_was_open_changes_nothing(link: ProfileLink) -> None:
    AccessLink.objects.update(withdrawn_at=timezone.now())

    with pytest.raises(actions.LinkOver):
        say(link, town="Gent")


def test_the_secret_is_kept_in_no_form_that_was_sent(own: str, token: str) -> None:
    client = Client()
    page = client.get(own + "gegevens/")

    done = client.post(own + "gegevens/", filled(page, town="Gent"))

    assert done["Location"] == "../"
    assert token not in str(list(SpentForm.objects.values()))


# What it says of itself


def test_what_it_says_stands_there_as_its_own_words(
    own: str, partner: Partner, sign_in: SignIn
) -> None:
    client = Client()
    page = client.get(own + "gegevens/")

    client.post(own + "gegevens/", filled(page, description="Wij maken workshops."))

    partner.refresh_from_db()
    assert partner.description == "Wij maken workshops."
    assert "Bewering de organisatie zelf," in text_of(sign_in("council").get(where(partner)))
    assert "De organisatie zelf paste aan: wat doet de organisatie." in text_of(
        sign_in("other_head").get(where(partner))
    )


def where(partner: Partner) -> str:
    return f"/partners/{partner.pk}/"


def test_what_a_school_checked_is_marked_with_the_school(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    actions.edit_partner(
        partner, actor=world.actor("teacher"), version=1, facts={"description": "Workshops."}
    )

    sign_in("teacher").post(
        f"{where(partner)}wie-zegt-wat/", {"feit": ["description"], "versie": 2}
    )

    assert "Nagekeken door School A," in text_of(sign_in("council").get(where(partner)))


def test_nobody_vouches_for_what_nobody_saw(
    world: World, partner: Partner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    offer, teacher = make_offer(partner), sign_in("teacher")
    path = f"{where(partner)}wie-zegt-wat/"
    seen = {"feit": ["town"], "versie": 1, "aanbod": [offer.pk], f"versie-{offer.pk}": 1}
    head = world.actor("head")
    actions.edit_partner(partner, actor=head, version=1, facts={"town": "Gent"})
    actions.edit_offer(offer, actor=head, version=1, facts={"title": "Anders"})

    late = text_of(teacher.post(path, seen, follow=True))

    assert not Statement.objects.exists()
    assert "‘Schermlicht vzw’ is intussen gewijzigd. Kijk opnieuw wat er staat" in late
    assert "‘Anders’ is intussen gewijzigd." in late
    assert "Genoteerd" not in late
    again = {**seen, "versie": 2, f"versie-{offer.pk}": 2}
    assert "Genoteerd" in text_of(teacher.post(path, again, follow=True))
    assert Statement.objects.count() == 2


def test_who_checks_reads_first_that_the_organisation_reads_the_name_of_the_school(
    partner: Partner, sign_in: SignIn
) -> None:
    page = text_of(sign_in("teacher").get(f"{where(partner)}wie-zegt-wat/"))

    assert "andere scholen lezen hem, en de organisatie zelf ook" in page


def test_a_change_of_what_a_school_checked_waits(
    world: World, partner: Partner, link: ProfileLink
) -> None:
    check(world, partner, "town")
    facts = {"town": "Brugge", "website": "https://licht.example"}

    changed, proposal = say(link, **facts)

    partner.refresh_from_db()
    assert (changed, partner.town, partner.website) == (["website"], "", "https://licht.example")
    assert proposal is not None
    assert (proposal.changes, proposal.by_name) == ({"town": ["", "Brugge"]}, "An")


def test_its_name_always_waits(link: ProfileLink, partner: Partner) -> None:
    changed, proposal = say(link, name="Lichtpunt")

    assert (changed, proposal is not None) == ([], True)
    partner.refresh_from_db()
    assert partner.name == "Schermlicht vzw"


def test_asking_again_replaces_what_still_waited(link: ProfileLink) -> None:
    say(link, name="Een")
    say(link, name="Twee")

    assert [row.changes["name"][1] for row in Proposal.objects.all()] == ["Twee"]


def test_what_is_accepted_becomes_a_checked_fact(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    _changed, proposal = say(link, name="Lichtpunt")
    assert proposal is not None
    umbrella = world.actor("umbrella_admin")

    actions.accept_proposal(proposal, actor=umbrella, version=partner.version)

    partner.refresh_from_db()
    assert (partner.name, partner.former_names) == ("Lichtpunt", ["Schermlicht vzw"])
    row = Statement.objects.get(field="name")
    assert row.said_on is not None
    assert row.checked_by == "Koepel Test"
    with pytest.raises(actions.AlreadyDecided):
        actions.refuse_proposal(proposal, actor=umbrella, words="Te laat.")


def test_what_is_refused_changes_nothing_and_says_why(
    world: World, link: ProfileLink, partner: Partner, own: str
) -> None:
    _changed, proposal = say(link, name="Lichtpunt")
    assert proposal is not None

    actions.refuse_proposal(
        proposal, actor=world.actor("umbrella_admin"), words="In het register staat iets anders."
    )

    partner.refresh_from_db()
    assert partner.name == "Schermlicht vzw"
    assert "In het register staat iets anders." in text_of(Client().get(own))


def test_what_a_school_writes_is_no_longer_what_the_organisation_said(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    say(link, town="Gent")
    partner.refresh_from_db()

    actions.edit_partner(
        partner, actor=world.actor("head"), version=partner.version, facts={"town": "Aalst"}
    )

    assert not Statement.objects.exists()


def test_looking_without_changing_is_noted_too(link: ProfileLink) -> None:
    assert say(link) == ([], None)


def test_it_reads_the_warning_that_schools_read_as_long_as_it_stands(
    world: World, partner: Partner, own: str
) -> None:
    umbrella = world.actor("umbrella_admin")
    given = {"kind": "attention", "reason": "Kwam niet opdagen.", "since": timezone.localdate()}
    mark = actions.mark_partner(partner, actor=umbrella, **given)

    page = text_of(Client().get(own))
    assert "Dit lezen scholen bovenaan over jullie." in page
    assert "Kwam niet opdagen." in page
    actions.end_mark(mark, actor=umbrella)
    assert "Kwam niet opdagen." not in text_of(Client().get(own))


# Its offers


def offer_facts(**more: Any) -> dict[str, Any]:
    first = {"title": "Workshop", "audience": ["pupils"], "shape": "one-off"}
    return {**first, "working_form": "workshop", "place": "at-school", **more}


def test_it_adds_an_offer_with_a_price(own: str, partner: Partner) -> None:
    client = Client()
    page = client.get(own + "aanbod/")

    given = filled(page, **offer_facts(price="6,50", price_unit="pupil"))
    done = client.post(own + "aanbod/", given)

    assert done.status_code == 302
    offer = Offer.objects.get()
    assert (str(offer.price), offer.price_checked_by) == ("6.50", "de organisatie zelf")


def test_a_change_of_an_offer_that_a_school_checked_waits(
    world: World, link: ProfileLink, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner, price=5, price_unit="pupil")
    actions.check_facts(
        partner, actor=world.actor("head"), version=offer.version, fields=["offer"], offer=offer
    )

    proposal = describe(link, offer, price="7.50", price_unit="pupil")

    offer.refresh_from_db()
    assert offer.price == 5
    assert proposal is not None
    actions.accept_proposal(proposal, actor=world.actor("umbrella_admin"), version=offer.version)
    offer.refresh_from_db()
    assert str(offer.price) == "7.50"


@pytest.mark.parametrize(
    ("facts", "who"), [({"price": "7.50"}, "Koepel Test"), ({"title": "Anders"}, "School A")]
)
def test_a_new_price_carries_the_day_and_the_name_of_who_accepted_it(
    world: World,
    link: ProfileLink,
    partner: Partner,
    make_offer: MakeOffer,
    facts: dict[str, str],
    who: str,
) -> None:
    offer = make_offer(partner, price=5, price_unit="pupil")
    long_ago = timezone.localdate() - timedelta(days=300)
    Offer.objects.update(price_checked_on=long_ago)
    check = {"version": offer.version, "fields": ["offer"], "offer": offer}
    actions.check_facts(partner, actor=world.actor("head"), **check)
    proposal = describe(link, offer, **facts)
    assert proposal is not None

    actions.accept_proposal(proposal, actor=world.actor("umbrella_admin"), version=offer.version)

    fresh = Offer.objects.get()
    day = timezone.localdate() if "price" in facts else long_ago
    assert (fresh.price_checked_on, fresh.price_checked_by) == (day, who)


def test_an_offer_of_another_organisation_is_not_there(
    own: str, make_partner: Any, make_offer: MakeOffer
) -> None:
    other = make_offer(make_partner("Codekelder"))

    for path in (f"aanbod/{other.pk}/", f"aanbod/{other.pk}/bron/"):
        assert Client().get(own + path).status_code == 404


def test_a_source_that_it_brings_is_a_claim(
    own: str, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner)
    given = {"title": "Ons rapport", "rung": "4", "link": "https://licht.example/rapport"}

    Client().post(f"{own}aanbod/{offer.pk}/bron/", given)

    source = GroundingSource.objects.get()
    assert (source.by_partner, source.is_checked) == (True, False)
    offer.refresh_from_db()
    assert offer.grounding is None


# Answering experiences


@pytest.fixture
def told(partner: Partner, tell: Tell, elsewhere: list[School]) -> Experience:
    for school in elsewhere[1:3]:
        tell(partner, school)
    return tell(partner, elsewhere[0], advice="Te veel voor één dag.", text_consent=True)


def test_it_answers_and_the_answer_stands_beside_after_a_look(
    world: World, own: str, told: Experience, partner: Partner, sign_in: SignIn
) -> None:
    Client().post(own, {"text": "We doen het nu in twee delen.", "ervaring": told.pk})
    page = sign_in("teacher").get(where(partner))
    assert "twee delen" not in text_of(page)

    actions.show_reply(Reply.objects.get(), actor=world.actor("umbrella_admin"))

    said = text_of(part(sign_in("teacher").get(where(partner)), "ervaringen"))
    assert "Te veel voor één dag." in said
    assert "Schermlicht vzw antwoordt" in said
    assert said.index("Te veel") < said.index("We doen het nu in twee delen.")


def test_it_reads_no_words_below_three_schools(
    own: str, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    row = tell(partner, elsewhere[0], advice="Geheim.", text_consent=True)

    assert "Geheim." not in text_of(Client().get(own))
    answer = Client().post(own, {"text": "Hallo", "ervaring": row.pk})
    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "Geheim." not in text_of(answer)


def test_an_answer_to_an_experience_that_was_taken_back_is_not_lost(
    own: str, told: Experience
) -> None:
    Experience.objects.filter(pk=told.pk).update(withdrawn_at=timezone.now())
    words = "Wij lazen dit met aandacht."

    answer = Client().post(own, {"text": words, "ervaring": told.pk})

    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "Deze ervaring is er niet meer." in text_of(answer)
    assert words in answer.content.decode()


def test_a_report_on_an_experience_that_was_taken_back_is_not_lost(
    own: str, told: Experience
) -> None:
    Experience.objects.filter(pk=told.pk).update(withdrawn_at=timezone.now())
    path, given = f"{own}melden/?ervaring={told.pk}", {"reason": "person", "words": "Een naam."}

    answer = Client().post(path, given)

    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert "Deze ervaring is er niet meer." in text_of(answer)
    assert "Een naam." in text_of(answer)
    assert f'action="{own}melden/"' in answer.content.decode()
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("", {"text": "Een lang antwoord."}),
        ("gegevens/", {"description": "Een lang antwoord.", "name": "X"}),
        ("aanbod/", {"description": "Een lang antwoord."}),
        ("melden/", {"words": "Een lang antwoord."}),
    ],
)
def test_what_was_typed_while_the_link_was_withdrawn_can_be_copied(
    own: str, link: ProfileLink, path: str, given: dict[str, str]
) -> None:
    AccessLink.objects.update(withdrawn_at=timezone.now())

    answer = Client().post(own + path, given)

    assert answer.status_code == 404
    assert "Wat je typte, is niet verstuurd." in text_of(answer)
    assert "Een lang antwoord." in text_of(answer)
    assert "niet verstuurd" not in text_of(Client().get(own + path))


@pytest.mark.parametrize("audience", ["school", "board"])
def test_it_reads_nothing_that_was_not_shared_with_everyone(
    world: World, own: str, told: Experience, partner: Partner, tell: Tell, audience: str
) -> None:
    row = tell(partner, world.school, advice="Onder ons.", text_consent=True, audience=audience)

    page = text_of(Client().get(own))

    assert "Te veel voor één dag." in page
    assert "Onder ons." not in page
    assert Client().post(own, {"text": "Ha", "ervaring": row.pk}).status_code == 422
    assert not Reply.objects.exists()


def test_no_school_is_named_to_it(own: str, told: Experience) -> None:
    assert "Verre school" not in Client().get(own).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "Bel jan@school.example.",
        "Bel 0470 12 34 56 eens.",
        "Mevrouw Peeters was er niet.",
        "Meester Tom vond het goed.",
    ],
)
def test_data_of_persons_are_asked_about_and_an_opinion_is_not(own: str, text: str) -> None:
    page: Any = Client().post(own, {"text": text})

    assert page.status_code == 422
    assert not Reply.objects.exists()
    assert Client().post(own, {"text": "Wij vinden dit onterecht."}).status_code == 302


def test_who_is_sure_can_send_it_all_the_same(own: str) -> None:
    assert Client().post(own, {"text": "Bel 0470 12 34 56.", "sure": "on"}).status_code == 302


def test_a_text_without_persons_holds_none() -> None:
    assert personal.found_in("In 2024 deden 212 leerlingen van 10 tot 12 jaar mee.") == []


def test_it_reports_words_that_name_somebody(own: str, told: Experience) -> None:
    given = {"reason": "person", "words": "Hier staat een naam."}

    Client().post(f"{own}melden/?ervaring={told.pk}", given)

    row = Report.objects.get()
    assert (row.thing, row.by_partner, row.by) == (f"experience:{told.pk}", True, None)


# Reporting by readers


@pytest.mark.parametrize("who", ["council", "teacher", "other_head", "umbrella_admin"])
def test_whoever_reads_can_report(partner: Partner, sign_in: SignIn, who: str) -> None:
    path = f"{where(partner)}melden/"

    sign_in(who).post(path, {"reason": "wrong", "words": "Verhuisd."})

    assert Report.objects.get().words == "Verhuisd."


@pytest.mark.parametrize("thing", ["offer:99", "experience:1x", "partner:1", "niets", "reply:5"])
def test_what_is_not_there_cannot_be_reported(
    partner: Partner, sign_in: SignIn, thing: str
) -> None:
    assert sign_in("teacher").get(f"{where(partner)}melden/?wat={thing}").status_code == 404


def test_what_a_reader_may_not_see_cannot_be_reported(
    world: World, partner: Partner, tell: Tell, sign_in: SignIn
) -> None:
    row = tell(partner, world.school, advice="x", text_consent=True, audience="school")
    path = f"{where(partner)}melden/?wat=experience:{row.pk}"

    assert sign_in("teacher").get(path).status_code == 200
    assert sign_in("other_head").get(path).status_code == 404


def test_below_the_minimum_nobody_finds_words_by_counting_through_the_reports(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    rows = [tell(partner, one, advice="Stil.", text_consent=True) for one in elsewhere[:2]]
    path = f"{where(partner)}melden/?wat=experience:{rows[0].pk}"

    reader = sign_in("teacher")
    assert reader.get(path).status_code == 404
    assert reader.post(path, {"reason": "wrong", "words": ""}).status_code == 404

    tell(partner, elsewhere[2])
    assert "Stil." in text_of(reader.get(path))


def test_an_answer_to_words_that_do_not_show_cannot_be_reported(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    row = tell(partner, elsewhere[0], advice="Stil.", text_consent=True)
    reply = Reply.objects.create(partner=partner, experience=row, text="Dank.", state="accepted")
    path = f"{where(partner)}melden/?wat=reply:{reply.pk}"

    assert sign_in("teacher").get(path).status_code == 404
    for school in elsewhere[1:3]:
        tell(partner, school)
    assert "Dank." in text_of(sign_in("teacher").get(path))


def test_the_history_of_the_partner_does_not_name_who_reported(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    sign_in("teacher").post(f"{where(partner)}melden/", {"reason": "wrong", "words": ""})

    said = [e.sentence for e in queries.history(world.actor("umbrella_admin"), partner)]

    assert said[0] == "Iemand meldde dat er iets niet klopt."
