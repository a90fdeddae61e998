"""Opening a dossier and keeping its facts: what, with whom, for whom, to which goals, and who."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGoal, DossierGroup
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, form, same, send, tree, words
from tests.dossiers.story import Story, in_days

OFFER = {
    "title": "Workshop reclame", "shape": "one-off", "working_form": "workshop",
    "place": "at-school", "audience": ["pupils"], "themes": ["media-literacy"],
}  # fmt: skip


@pytest.fixture
def offer(story: Story, partner: Partner) -> Offer:
    return partners.create_offer(partner, actor=story.coordinator, facts=OFFER)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:facts", args=[dossier.pk])


def press(client: Client, dossier: Dossier, part: str, /, **data: Any) -> Any:
    return client.post(page_of(dossier), {"deel": part, **data})


# Opening


def test_a_dossier_opens_from_a_wish(story: Story, sign_in: SignIn) -> None:
    response = sign_in("teacher").post(
        reverse("dossiers:create"), {"title": "Mediawijs", "kind": "one-off", "impact": ["pupils"]}
    )

    made = Dossier.objects.get(title="Mediawijs")
    assert response.url == reverse("dossiers:detail", args=[made.pk])
    assert (made.school, made.state, made.impact) == (story.world.school, "open", ["pupils"])
    assert [(m.user.name, m.part) for m in made.members.all()] == [("Teacher", "lead")]
    assert not made.partners.exists()


def test_a_dossier_opens_from_an_offer(partner: Partner, offer: Offer, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:create") + f"?aanbod={offer.pk}"
    proposed = form(client.get(address), title="")
    assert (proposed["title"], proposed["kind"]) == ("Workshop reclame", "one-off")

    client.post(address, {**proposed, "title": "Reclame in 5A"})

    made = Dossier.objects.get(title="Reclame in 5A")
    row = made.partners.get()
    assert (row.partner, row.offer, made.themes) == (partner, offer, ["media-literacy"])


def test_a_dossier_opens_from_a_partner(partner: Partner, sign_in: SignIn) -> None:
    address = reverse("dossiers:create") + f"?partner={partner.pk}"
    client = sign_in("teacher")

    client.post(address, {**form(client.get(address), title=""), "kind": "structural"})

    made = Dossier.objects.get(kind="structural")
    assert made.title == "Samenwerken met Schermlicht vzw"
    assert made.partners.get().partner == partner


@pytest.mark.parametrize("query", ["partner=999999", "aanbod=999999", "partner=" + "9" * 30])
def test_a_partner_that_is_not_there_is_not_chosen(
    query: str, story: Story, sign_in: SignIn
) -> None:
    assert sign_in("teacher").get(reverse("dossiers:create") + f"?{query}").status_code == 404


@pytest.mark.parametrize("query", ["partner=x", "partner=", "aanbod=²", "partner=-1"])
def test_nonsense_in_the_address_is_left_out(query: str, story: Story, sign_in: SignIn) -> None:
    assert sign_in("teacher").get(reverse("dossiers:create") + f"?{query}").status_code == 200


def test_wrong_input_at_the_start_is_told_and_kept(story: Story, sign_in: SignIn) -> None:
    response = sign_in("teacher").post(
        reverse("dossiers:create"), {"title": "", "kind": "one-off", "aim": "Beter lezen."}
    )

    kept = form(response, title="")
    assert (kept["aim"], kept["kind"]) == ("Beter lezen.", "one-off")
    assert tree(response).findtext(".//title").startswith("Fout:")


# What and when


def test_facts_are_changed_on_the_page_and_told_in_the_history(
    opened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")

    response = send(
        client,
        page_of(opened),
        {"deel": "gegevens"},
        title="Nieuwe titel",
        planned_from="2027-01-10",
    )

    assert response.status_code == 302
    assert (fresh(opened).title, fresh(opened).planned_from.isoformat()) == (
        "Nieuwe titel", "2027-01-10",
    )  # fmt: skip
    history = words(client.get(reverse("dossiers:history", args=[opened.pk])))
    assert "Teacher paste het dossier aan: titel, vanaf." in history


def test_a_cooperation_does_not_end_before_it_begins(opened: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    dates = {"planned_from": "2027-02-01", "planned_until": "2027-01-01"}

    response = send(client, page_of(opened), {"deel": "gegevens"}, aim="Beter lezen.", **dates)

    kept = form(response, deel="gegevens")
    assert "Dit ligt voor de begindatum." in words(response)
    assert (kept["planned_from"], kept["aim"]) == ("2027-02-01", "Beter lezen.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=opened.pk).update(**dates)


# With whom


def test_a_partner_is_added_and_taken_out(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    client, second = sign_in("teacher"), story.make_partner("Tweede vzw")

    press(client, opened, "partner", partner=second.pk)
    press(client, opened, "partner", partner=second.pk)
    assert opened.partners.count() == 2

    press(client, opened, "partner-weg", rij=opened.partners.get(partner=second).pk)
    assert [row.partner.name for row in opened.partners.all()] == ["Schermlicht vzw"]


def test_an_offer_of_another_partner_is_not_chosen(
    story: Story, opened: Dossier, offer: Offer, sign_in: SignIn
) -> None:
    second = story.make_partner("Tweede vzw")
    with pytest.raises(NotAllowedNow, match="van een andere partner"):
        basics.add_partner(opened, actor=story.teacher, partner=second, offer=offer)

    sign_in("teacher").post(
        page_of(opened), {"deel": "partner", "partner": second.pk, "aanbod": offer.pk}
    )
    assert opened.partners.count() == 1

    press(sign_in("teacher"), opened, "partner", partner=offer.partner_id, aanbod=offer.pk)
    assert opened.partners.get().offer == offer


def test_a_partner_with_an_agreement_stays(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    story.begin(opened)
    row = opened.partners.get()
    agreeing.fix_version(story.draft(opened), actor=story.coordinator)

    response = sign_in("teacher").post(
        page_of(opened), {"deel": "partner-weg", "rij": row.pk}, follow=True
    )

    assert "is al een afsprakennota gemaakt" in response.content.decode()
    assert opened.partners.count() == 1


def test_picking_a_partner_searches_the_databank(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    address = reverse("dossiers:pick_partner", args=[opened.pk])
    story.make_partner("Bibliotheek Café")

    page = sign_in("teacher").get(address, {"q": "cafe"})
    fragment = sign_in("teacher").get(address, {"q": "cafe"}, headers=HTMX)

    assert "Bibliotheek Café" in words(page)
    assert "Bibliotheek Café" in fragment.content.decode()
    assert "<main" not in fragment.content.decode()
    assert same(fragment).strip() in same(page)


# For whom


def test_groups_are_level_class_and_number(opened: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    wrong = press(client, opened, "groep", level="lager-graad-3", label="5A", pupils="0")
    assert form(wrong, deel="groep")["label"] == "5A"
    assert not opened.groups.exists()

    press(client, opened, "groep", level="lager-graad-3", label="5A", pupils="23")
    assert [str(group) for group in opened.groups.all()] == ["5A (23)"]

    press(client, opened, "groep-weg", rij=opened.groups.get().pk)
    assert not opened.groups.exists()


def test_the_start_questions_decide_what_is_asked(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.begin(opened)
    before = {c.key for c in casework.criteria_of(fresh(opened))}
    every = {s.key: "no" for s in story.content.framework.situations}
    client = sign_in("teacher")

    half = press(client, opened, "situatie", **{"photos": "yes"})
    assert tree(half).findtext(".//title").startswith("Fout:")

    press(client, opened, "situatie", **{**every, "pupil-data": "yes"})
    after = {c.key for c in casework.criteria_of(fresh(opened))}

    assert after - before
    assert fresh(opened).situations["pupil-data"] is True


def test_what_a_colleague_answered_meanwhile_stays_through_an_error(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.begin(opened)
    every = {s.key: "no" for s in story.content.framework.situations}
    client = sign_in("teacher")
    read = " ".join(f"{key}=no" for key in every)
    story.situation(opened, photos=True, sponsoring=True)
    Dossier.objects.filter(pk=opened.pk).update(
        situations={**fresh(opened).situations, "political": True}
    )

    # One typed photos anew, and left the others as read; told of a question left open.
    mine = {key: given for key, given in every.items() if key != "money-from-parents"}
    wrong = press(client, opened, "situatie", **mine, stand=read)
    shown = form(wrong, deel="situatie")

    assert (shown["photos"], shown["sponsoring"], shown["political"]) == ("yes", "yes", "yes")


def test_the_screening_is_light_or_full(opened: Dossier, sign_in: SignIn) -> None:
    press(sign_in("teacher"), opened, "screening", screening="full")
    assert fresh(opened).screening == "full"

    press(sign_in("teacher"), opened, "screening", screening="heel-veel")
    assert fresh(opened).screening == "full"


# To which goals


def test_goals_are_chosen_explained_and_taken_out(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    client, one, two = sign_in("teacher"), story.make_goal(1), story.make_goal(2)

    press(client, opened, "doelen", goals=[one.pk, two.pk])
    press(client, opened, "doelen", goals=[one.pk])
    assert opened.goals.count() == 2

    row = opened.goals.get(goal=one)
    press(client, opened, "doel", rij=row.pk, version=row.version, how="Ze lezen reclame.")
    press(client, opened, "doel-weg", rij=opened.goals.get(goal=two).pk)

    assert list(opened.goals.values_list("goal", "how")) == [(one.pk, "Ze lezen reclame.")]
    shown = words(client.get(reverse("dossiers:detail", args=[opened.pk])))
    assert "De leerlingen oefenen 1." in shown


def test_a_goal_stands_in_a_dossier_once(story: Story, opened: Dossier) -> None:
    goal = story.make_goal()
    story.choose_goal(opened, goal)

    with pytest.raises(IntegrityError), transaction.atomic():
        DossierGoal.objects.create(dossier=opened, goal=goal)


# Who


def test_a_colleague_is_asked_to_join_and_leaves(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    client, user = sign_in("coordinator"), story.world.user("teacher2")

    press(client, opened, "collega", user=user.pk, part="works")
    press(client, opened, "collega", user=user.pk, part="reads-along")
    assert opened.members.get(user=user).part == "reads-along"

    press(client, opened, "collega-weg", rij=opened.members.get(user=user).pk)
    assert not opened.members.filter(user=user).exists()


@pytest.mark.parametrize("who", ["other_teacher", "sister", "council", "adviser", "board_admin"])
def test_somebody_from_elsewhere_does_not_join(
    who: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    user = story.world.user(who)
    with pytest.raises(NotAllowedNow, match="werkt niet"):
        basics.add_member(opened, actor=story.head, user=user, part="works")

    response = press(sign_in("head"), opened, "collega", user=user.pk, part="works")

    assert response.status_code == 200
    assert opened.members.count() == 1


# Odd requests


PARTS = ("groep-weg", "doel-weg", "partner-weg", "collega-weg", "doel")


@pytest.mark.parametrize("row", ["", "x", "999999", "-1", "9" * 30])
@pytest.mark.parametrize("part", PARTS)
def test_a_row_that_is_not_there_is_not_found(
    part: str, row: str, opened: Dossier, sign_in: SignIn
) -> None:
    assert press(sign_in("teacher"), opened, part, rij=row).status_code == 404


@pytest.mark.parametrize("part", ["", "iets", "gegevens "])
def test_an_unknown_part_is_not_found(part: str, opened: Dossier, sign_in: SignIn) -> None:
    assert press(sign_in("teacher"), opened, part).status_code == 404


def test_a_row_of_another_dossier_is_not_taken_out(
    opened: Dossier, screened: Dossier, sign_in: SignIn
) -> None:
    group, client = screened.groups.get(), sign_in("teacher")

    assert press(client, opened, "groep-weg", rij=group.pk).status_code == 404
    assert press(client, screened, "groep-weg", rij=group.pk).status_code == 302


# The page of the dossier


def test_the_page_leads_to_one_next_step(story: Story, sign_in: SignIn) -> None:
    made = story.open(title="Stap voor stap")
    client, detail = sign_in("teacher"), reverse("dossiers:detail", args=[made.pk])

    def signpost() -> str:
        found = tree(client.get(detail)).xpath("//main//a[@class='plate']//strong")
        return found[0].text if found else ""

    seen = [signpost()]
    basics.add_partner(made, actor=story.teacher, partner=Partner.objects.get())
    seen.append(signpost())
    story.begin(made)
    seen.append(signpost())
    story.duty(made)
    story.judge_all(made)
    seen.append(signpost())
    story.agree(made)
    seen.append(signpost())
    story.decide(made)
    seen.append(signpost())
    story.plan(made, on=in_days(-3))
    seen.append(signpost())
    basics.stop_dossier(fresh(made), actor=story.head, reason="Klaar.")
    seen.append(signpost())

    assert seen == [
        "Kies met wie jullie willen samenwerken",
        "Zeg voor wie het is",
        "Beoordeel nog 8 vragen",
        "Maak de afspraken",
        "Beslis samen",
        "Plan wie er wanneer komt",
        "Kijk samen terug",
        "",
    ]


def test_the_page_shows_six_steps_with_what_is_missing_and_the_points_of_attention(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    shown = words(sign_in("teacher").get(reverse("dossiers:detail", args=[screened.pk])))

    for name in ("Leren kennen", "Leren van anderen", "Vooraf afspreken", "Samen beslissen",
                 "Zelf de leiding houden", "Evalueren en delen"):  # fmt: skip
        assert name in shown
    for point in story.content.framework.attention_points:
        assert str(point.title) in shown.replace("&#x27;", "'")
    assert "opende het dossier" not in shown  # the newest six lines only
    history = reverse("dossiers:history", args=[screened.pk])
    assert "Coordinator opende het dossier." in words(sign_in("teacher").get(history))


@pytest.mark.parametrize("page", ["1", "2", "999", "x", "-1", "", "²"])
def test_the_history_stands_any_page(page: str, screened: Dossier, sign_in: SignIn) -> None:
    address = reverse("dossiers:history", args=[screened.pk])

    assert sign_in("teacher").get(address, {"pagina": page}).status_code == 200


# A group that was written wrongly


def test_a_corrected_group_keeps_what_hangs_on_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """M4: its costs and activities stay; two who correct it do not overwrite each other."""
    client = sign_in("teacher")
    press(client, opened, "groep", level="lager-graad-3", label="6A", pupils="24")
    group = opened.groups.get()
    activity = story.plan(opened)
    address = reverse("dossiers:facts", args=[opened.pk])
    mine = {**form(client.get(address), deel="groep-wijzig"), "pupils": "23"}
    theirs = {**mine, "label": "6B"}

    assert client.post(address, mine).status_code == 302
    both = sign_in("head").post(
        address, {**form(client.get(address), deel="groep-wijzig"), **theirs}
    )

    fresh = opened.groups.get()
    assert (fresh.pk, str(fresh)) == (group.pk, "6A (23)")
    assert list(activity.groups.all()) == [fresh]
    assert "Een collega paste dit intussen aan." in words(both)
    assert form(both, deel="groep-wijzig")["label"] == "6B"


# A group that something hangs on


def _hangs_on(story: Story, dossier: Dossier, days: int) -> DossierGroup:
    group = DossierGroup.objects.create(dossier=dossier, level="lager", label="4C", pupils=20)
    moment = story.plan(dossier, days=5)
    moment.groups.add(group)
    Activity.objects.filter(pk=moment.pk).update(on=story.today + timedelta(days=days))
    return group


def test_a_group_goes_out_of_what_is_still_to_come_and_that_is_said_in_numbers(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    group, client = _hangs_on(story, decided, 5), sign_in("teacher")

    shown = words(client.get(reverse("dossiers:facts", args=[decided.pk])))
    press(client, decided, "groep-weg", rij=group.pk)

    assert "Ze gaat ook uit: 1 activiteit die nog komt." in shown
    assert not decided.groups.filter(pk=group.pk).exists()


def test_a_group_that_joined_in_is_corrected_and_not_taken_out(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    group, client = _hangs_on(story, decided, -5), sign_in("teacher")
    address = reverse("dossiers:facts", args=[decided.pk])

    shown = tree(client.get(address))
    press(client, decided, "groep-weg", rij=group.pk)
    refused = words(client.get(address))

    asked = f"//form[.//*[@name='rij' and @value='{group.pk}']]//*[@value='groep-weg']"
    assert not shown.xpath(asked)
    assert "Deze groep blijft in het dossier: 1 activiteit die al was." in refused
    assert "‘4C’ blijft in het dossier" in refused
    assert decided.groups.filter(pk=group.pk).exists()
    press(client, decided, "groep-wijzig", rij=group.pk, level="lager", label="4D", pupils="21",
          version=group.version)  # fmt: skip
    assert str(decided.groups.get(pk=group.pk)) == "4D (21)"
