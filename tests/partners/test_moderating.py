"""What waits in the databank is for the umbrella, and each decision is taken once, with a word."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.models import (
    Experience,
    Partner,
    ProfileLink,
    Proposal,
    Reply,
    Report,
)
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell, say
from tests.partners.pages import text_of
from tests.personas import World

AN = guest("An")
HOME = "/partners/beheer/"


@pytest.fixture
def link(world: World, partner: Partner) -> ProfileLink:
    return actions.send_profile_link(
        partner, actor=world.actor("teacher"), school=world.school, email="a@b.example", name="An"
    )


def reported(world: World, partner: Partner, thing: str = "partner") -> Report:
    return actions.report(
        partner, actor=world.actor("teacher"), thing=thing, reason="wrong", words="Verhuisd."
    )


def test_each_kind_of_work_waits_apart(
    world: World, link: ProfileLink, partner: Partner, sign_in: SignIn
) -> None:
    reported(world, partner)
    say(link, name="Lichtpunt")
    actions.reply(link, actor=AN, text="Dank. Bel jan@school.example.")
    past = timezone.localdate() - timedelta(days=1)
    facts = {"by": "Overheid", "what_for": "", "since": None, "until": past, "source": ""}
    actions.save_recognition(partner, actor=world.actor("head"), recognition=None, facts=facts)
    umbrella = sign_in("umbrella_admin")

    page = text_of(umbrella.get(HOME))
    tabs = "Meldingen (1) Wijzigingen (1) Antwoorden (1) Verlopen (1) Zonder nummer (1)"
    assert tabs in page
    assert "Dit klopt niet (meer) · Schermlicht vzw" in page

    asked = text_of(umbrella.get(HOME, {"deel": "wijzigingen"}))
    assert "Naam Schermlicht vzw Lichtpunt" in asked
    answered = text_of(umbrella.get(HOME, {"deel": "antwoorden"}))
    assert "Dit lijkt op gegevens van een persoon: jan@school.example" in answered
    for part in ("verlopen", "zonder-nummer", "waarschuwingen"):
        assert umbrella.get(HOME, {"deel": part}).status_code == 200


def test_the_page_opens_where_something_waits(
    world: World, link: ProfileLink, partner: Partner, sign_in: SignIn
) -> None:
    umbrella = sign_in("umbrella_admin")

    def opened() -> Any:
        return umbrella.get(HOME).context["kind"]

    assert opened() == "numberless"
    actions.reply(link, actor=AN, text="Dank.")
    assert opened() == "replies"
    reported(world, partner)
    assert opened() == "reports"
    assert umbrella.get(HOME, {"deel": "waarschuwingen"}).context["kind"] == "marks"


def test_where_nothing_waits_it_opens_on_the_reports(world: World, sign_in: SignIn) -> None:
    page: Any = sign_in("umbrella_admin").get(HOME)

    assert (page.status_code, page.context["kind"]) == (200, "reports")


@pytest.mark.parametrize("who", ["head", "coordinator", "board_admin", "adviser", "council"])
def test_only_the_umbrella_moderates(
    world: World, partner: Partner, sign_in: SignIn, who: str
) -> None:
    row = reported(world, partner)

    assert sign_in(who).get(HOME).status_code == 404
    assert sign_in(who).post(f"{HOME}meldingen/{row.pk}/", {"words": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.handle_report(row, actor=world.actor(who), outcome="x")


def test_a_report_is_settled_with_a_word_and_the_history_keeps_it(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    row = reported(world, partner)
    umbrella = sign_in("umbrella_admin")

    umbrella.post(f"{HOME}meldingen/{row.pk}/", {"words": "", "besluit": "nee"})
    assert Report.objects.get().handled_at is None
    umbrella.post(f"{HOME}meldingen/{row.pk}/", {"words": "Aangepast.", "besluit": "nee"})

    page = text_of(umbrella.get(HOME, {"deel": "meldingen"}))
    assert "Eerder beslist Schermlicht vzw · Dit klopt niet (meer) Aangepast." in page


def test_what_was_settled_is_not_settled_again(world: World, partner: Partner) -> None:
    row, umbrella = reported(world, partner), world.actor("umbrella_admin")
    actions.handle_report(row, actor=umbrella, outcome="Klaar.")

    with pytest.raises(actions.AlreadyDecided):
        actions.handle_report(row, actor=umbrella, outcome="Nog eens.")
    assert Report.objects.get().outcome == "Klaar."


def test_the_moderator_does_not_see_who_reported(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    reported(world, partner)

    page = sign_in("umbrella_admin").get(HOME).content.decode()

    assert "School A" not in page
    assert ">Teacher" not in page


def test_words_that_name_somebody_go_after_a_second_yes_and_the_count_stays(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    told = tell(partner, elsewhere[0], advice="Tom was lief.", text_consent=True)
    row = reported(world, partner, f"experience:{told.pk}")
    given = {"words": "Naam weg.", "woorden": "weg", "besluit": "nee"}
    umbrella = sign_in("umbrella_admin")

    asked = text_of(umbrella.post(f"{HOME}meldingen/{row.pk}/", given))
    assert "Mogen deze woorden weg?" in asked
    assert "Tom was lief." in asked
    assert (Experience.objects.get().advice, Report.objects.get().handled_at) == (
        *("Tom was lief.", None),
    )
    umbrella.post(f"{HOME}meldingen/{row.pk}/", {**given, "zeker": "ja"})

    told = Experience.objects.get(pk=told.pk)
    assert (told.advice, told.text_consent, told.withdrawn_at) == ("", False, None)
    assert Report.objects.get().outcome == "Naam weg."


def test_no_words_go_where_somebody_else_decided_first(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    told = tell(partner, elsewhere[0], advice="Goed.", text_consent=True)
    row, umbrella = reported(world, partner, f"experience:{told.pk}"), world.actor("umbrella_admin")
    actions.handle_report(row, actor=umbrella, outcome="Hier is niets mis mee.")

    with pytest.raises(actions.AlreadyDecided):
        actions.handle_report(row, actor=umbrella, outcome="Weg.", hides=told)

    assert Experience.objects.get().advice == "Goed."


def test_a_report_shows_what_it_is_about(
    world: World,
    link: ProfileLink,
    partner: Partner,
    tell: Tell,
    elsewhere: list[School],
    make_offer: MakeOffer,
    sign_in: SignIn,
) -> None:
    told = tell(partner, elsewhere[0], advice="Tom was lief.", text_consent=True)
    ours = tell(partner, world.school, advice="Onder ons.", text_consent=True, audience="school")
    bare = tell(partner, elsewhere[1])
    answer = actions.reply(link, actor=AN, text="Dank voor alles.")
    offer = make_offer(partner, "Nachtwandeling")
    things = (f"experience:{key}" for key in (told.pk, ours.pk, bare.pk))
    for thing in ("partner", *things, f"reply:{answer.pk}", f"offer:{offer.pk}"):
        reported(world, partner, thing)

    page = text_of(sign_in("umbrella_admin").get(HOME, {"deel": "meldingen"}))

    for words in (
        "Het gaat over de organisatie zelf: Schermlicht vzw",
        "Het gaat over deze woorden van een school: Tom was lief.",
        "De school deelde deze woorden niet met iedereen. Daarom staan ze hier niet.",
        "Het gaat over deze woorden van een school: Dit staat er niet meer.",
        "Het gaat over dit antwoord van de organisatie: Dank voor alles.",
        "Het gaat over dit aanbod: Nachtwandeling",
    ):
        assert words in page
    assert "Onder ons." not in page
    assert page.count("Haal de woorden bij deze ervaring weg.") == 2


def test_what_the_moderator_wrote_stands_with_the_moderator_only(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    row = reported(world, partner)

    actions.handle_report(row, actor=world.actor("umbrella_admin"), outcome="Tom belde ons.")

    assert "Tom belde ons." in text_of(sign_in("umbrella_admin").get(HOME, {"deel": "meldingen"}))
    for who in ("teacher", "umbrella_admin"):
        page = text_of(sign_in(who).get(f"/partners/{partner.pk}/"))
        assert "handelde een melding af." in page
        assert "Tom belde ons." not in page


@pytest.mark.parametrize(
    ("changed", "shows"),
    [({}, True), ({"audience": "board"}, False), ({"withdrawn_at": timezone.now()}, False)],
)
def test_an_answer_is_read_beside_words_that_everybody_may_read(
    link: ProfileLink,
    partner: Partner,
    tell: Tell,
    elsewhere: list[School],
    sign_in: SignIn,
    changed: dict[str, Any],
    shows: bool,
) -> None:
    told = tell(partner, elsewhere[0], advice="Te kort.", text_consent=True)
    actions.reply(link, actor=AN, text="Dank.", experience=told)
    Experience.objects.update(**changed)

    page = text_of(sign_in("umbrella_admin").get(HOME, {"deel": "antwoorden"}))

    assert ("Te kort." in page, "Dank." in page) == (shows, True)


def test_a_proposal_that_is_overtaken_says_so(
    world: World, link: ProfileLink, partner: Partner, sign_in: SignIn
) -> None:
    say(link, name="Lichtpunt")
    partner.refresh_from_db()
    facts = {"name": "Schermlicht"}
    actions.edit_partner(partner, actor=world.actor("head"), version=partner.version, facts=facts)

    page = text_of(sign_in("umbrella_admin").get(HOME, {"deel": "wijzigingen"}))

    assert "intussen gewijzigd" in page


def test_what_changed_while_the_moderator_read_is_not_overwritten(
    world: World, link: ProfileLink, partner: Partner, sign_in: SignIn
) -> None:
    say(link, name="Lichtpunt")
    umbrella, path = sign_in("umbrella_admin"), f"{HOME}wijzigingen/{Proposal.objects.get().pk}/"
    read = {"besluit": "ja", "versie": version_on(umbrella)}
    facts = {"name": "Schermlicht"}
    actions.edit_partner(partner, actor=world.actor("head"), version=1, facts=facts)

    late = text_of(umbrella.post(path, read, follow=True))

    assert "Deze gegevens zijn intussen gewijzigd. Kijk opnieuw en beslis dan." in late
    assert (Partner.objects.get().name, Proposal.objects.get().state) == ("Schermlicht", "waiting")
    umbrella.post(path, {**read, "versie": version_on(umbrella)})
    assert (Partner.objects.get().name, Proposal.objects.get().state) == ("Lichtpunt", "accepted")


def version_on(client: Client) -> str:
    """What the button of the moderator sends along."""
    page = client.get(HOME, {"deel": "wijzigingen"}).content.decode()
    found = re.search(r'name="versie" value="(\d+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("choice", "state"), [("ja", "accepted"), ("nee", "refused")])
def test_a_proposal_and_a_reply_are_decided_on_the_page(
    link: ProfileLink, sign_in: SignIn, choice: str, state: str
) -> None:
    say(link, name="Lichtpunt")
    answer = actions.reply(link, actor=AN, text="Dank.")
    proposal = Proposal.objects.get()
    umbrella = sign_in("umbrella_admin")

    for kind, row in (("wijzigingen", proposal), ("antwoorden", answer)):
        given = {"besluit": choice, "words": "Daarom.", "versie": "1"}
        umbrella.post(f"{HOME}{kind}/{row.pk}/", given)

    assert (Proposal.objects.get().state, Reply.objects.get().state) == (state, state)


def test_what_does_not_wait_cannot_be_decided(sign_in: SignIn) -> None:
    umbrella = sign_in("umbrella_admin")

    for kind in ("meldingen", "verlopen", "dubbels", "niets"):
        assert umbrella.post(f"{HOME}{kind}/1/", {"words": "x"}).status_code == 404


def test_the_umbrella_is_asked_on_the_start_page(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    reported(world, partner)

    assert "Bekijk wat gemeld is" in text_of(sign_in("umbrella_admin").get("/"))
    assert "Bekijk wat gemeld is" not in text_of(sign_in("head").get("/"))


def test_many_that_wait_ask_as_many_queries_as_one(
    world: World, make_partner: MakePartner, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    umbrella = sign_in("umbrella_admin")
    for n in range(25):
        reported(world, make_partner(f"Organisatie nummer {n}"))

    with django_assert_max_num_queries(16):
        page = umbrella.get(HOME)

    assert len(page.context["rows"]) == 20
    assert len(page.content) < 60 * 1024


# How organisations stand to each other


def relate(world: World, one: Partner, kind: str, other: Partner) -> Any:
    return actions.relate(
        one, actor=world.actor("teacher"), kind=kind, other=other, since=None, source=""
    )


def test_a_branch_stands_with_its_parent_and_the_other_way(
    world: World, make_partner: MakePartner, sign_in: SignIn
) -> None:
    parent, branch = make_partner("Natuurpunt"), make_partner("Natuurpunt Gent")
    teacher = sign_in("teacher")
    path = f"/partners/{branch.pk}/banden/?met={parent.pk}"
    teacher.post(path, {"kind": "part-of", "since": "", "source": ""})

    assert "Deel van Natuurpunt" in text_of(teacher.get(f"/partners/{branch.pk}/"))
    assert "Afdeling Natuurpunt Gent" in text_of(teacher.get(f"/partners/{parent.pk}/"))


def test_nobody_is_part_of_itself_nor_of_two(world: World, make_partner: MakePartner) -> None:
    one, two, three = (make_partner(name) for name in ("Een", "Twee", "Drie"))
    relate(world, one, "part-of", two)
    relate(world, two, "part-of", three)

    for wrong in ((one, one), (one, three), (three, one)):
        with pytest.raises(actions.CannotRelate):
            relate(world, wrong[0], "part-of", wrong[1])
    assert relate(world, one, "part-of", two).pk is not None


def test_the_experience_of_a_branch_is_shown_with_its_parent_and_marked(
    world: World,
    make_partner: MakePartner,
    tell: Tell,
    elsewhere: list[School],
    sign_in: SignIn,
) -> None:
    parent, branch = make_partner("Natuurpunt"), make_partner("Natuurpunt Gent")
    relate(world, branch, "part-of", parent)
    for school in elsewhere[:3]:
        tell(branch, school, advice="Neem laarzen mee.", text_consent=True)

    page = text_of(sign_in("teacher").get(f"/partners/{parent.pk}/"))

    assert "Nog geen enkele school deelde een ervaring." in page
    assert "Samen met hun afdelingen 3 van de 3 scholen zouden opnieuw samenwerken." in page
    assert "Neem laarzen mee. Lagere school" in page
    assert "bij Natuurpunt Gent" in page


def test_a_school_counts_once_over_parent_and_branch(
    world: World, make_partner: MakePartner, tell: Tell, elsewhere: list[School]
) -> None:
    parent, branch = make_partner("Natuurpunt"), make_partner("Natuurpunt Gent")
    relate(world, branch, "part-of", parent)
    for partner in (parent, branch):
        tell(partner, elsewhere[0])
    actor = world.actor("other_head")

    told = [*queries.told_of_branches(actor, parent), *queries.experiences(actor, parent)]

    assert queries.experience_summary(actor, told).schools == 1


def test_what_a_school_kept_to_itself_does_not_show_with_the_parent(
    world: World, make_partner: MakePartner, tell: Tell
) -> None:
    parent, branch = make_partner("Natuurpunt"), make_partner("Natuurpunt Gent")
    relate(world, branch, "part-of", parent)
    tell(branch, world.school, audience="school")

    assert queries.told_of_branches(world.actor("other_head"), parent) == []
    assert len(queries.told_of_branches(world.actor("head"), parent)) == 1


def test_a_relation_can_be_taken_away(
    world: World, make_partner: MakePartner, sign_in: SignIn
) -> None:
    one, two = make_partner("Een"), make_partner("Twee")
    row = relate(world, one, "works-with", two)

    assert sign_in("council").post(f"/partners/{one.pk}/banden/{row.pk}/").status_code == 404
    sign_in("teacher").post(f"/partners/{one.pk}/banden/{row.pk}/")

    assert queries.ties_of(world.actor("teacher"), two) == []
