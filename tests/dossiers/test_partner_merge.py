"""Two partners that turn out to be one: nothing is lost, whatever refers to them, and it is undone.

A model that begins to refer to partners fails the first test here until it has a row in `crowded`:
then it is known that it moves, or it stands in merging.STAYS with the reason.
"""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from partnerwijzer.access import links
from partnerwijzer.dossiers.models import Agreement, DossierPartner
from partnerwijzer.exchange.models import ExternalId, ListRow, PartnerList
from partnerwijzer.papers.actions import letters
from partnerwijzer.partners import actions, merging, queries
from partnerwijzer.partners.models import (
    Experience,
    LikelyPair,
    Merge,
    Offer,
    Partner,
    PartnerRelation,
    ProfileLink,
    Proposal,
    RegisterChange,
    Reply,
    Report,
    Statement,
)
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story

OFFER = {
    "title": "Workshop", "shape": "one-off", "working_form": "workshop", "place": "at-school",
    "audience": ["pupils"],
}  # fmt: skip
CONTACT = {"name": "Onthaal", "function": "", "email": "", "phone": "09"}
RECOGNITION = {"by": "Overheid", "what_for": "", "since": None, "until": None, "source": ""}


@pytest.fixture
def kept(story: Story) -> Partner:
    return story.make_partner("Lichtpunt", website="")


@pytest.fixture
def gone(story: Story, kept: Partner) -> Partner:
    """A partner to which at least one row of every relation refers."""
    partner = story.make_partner("Oud Licht", website="https://licht.example", town="Gent")
    crowded(story, partner)
    return Partner.objects.get(pk=partner.pk)


def crowded(story: Story, partner: Partner) -> None:
    umbrella, teacher = story.world.actor("umbrella_admin"), story.teacher
    dossier = story.screened(story.open(partner, title="Met het oude licht"))
    story.agree(dossier)
    letters.save_letter(
        story.decide(dossier), actor=story.head, partner=partner, version=0,
        values={"to_name": "", "to_email": "x@y.example", "subject": "Ja", "body": "Dag."},
    )  # fmt: skip
    story.ask(dossier)
    story.walk(dossier, "minors-check", "since-before", partner=partner)
    offer = actions.create_offer(partner, actor=teacher, facts=OFFER)
    actions.save_contact(partner, actor=teacher, contact=None, facts=CONTACT)
    actions.save_recognition(partner, actor=teacher, recognition=None, facts=RECOGNITION)
    actions.publish_experience(
        partner, actor=story.head, school=story.world.school, source="elders:1",
        audience="everyone", again="yes", factors=[], advice="", text_consent=False,
        structural=False, levels=[], school_year=2025, offer=offer,
    )  # fmt: skip
    actions.mark_partner(
        partner, actor=umbrella, kind="attention", reason="Let op.", since=date(2026, 1, 1)
    )
    third, fourth = story.make_partner("Derde"), story.make_partner("Vierde")
    PartnerRelation.objects.create(partner=partner, kind="works-with", other=third)
    PartnerRelation.objects.create(partner=fourth, kind="works-with", other=partner)
    RegisterChange.objects.create(partner=partner, kind="moved", snapshot_date=date(2026, 1, 1))
    link, _token = links.issue("partner-profile", days=1)
    ProfileLink.objects.create(partner=partner, link=link)
    Statement.objects.create(partner=partner, field="name", said_on=date(2026, 1, 1))
    Proposal.objects.create(partner=partner, by_name="An", changes={"name": ["a", "b"]})
    Reply.objects.create(partner=partner, by_name="An", text="Dank.")
    Report.objects.create(partner=partner, thing="partner", reason="wrong")
    brought = PartnerList.objects.create(school=story.world.school, name="lijst.xlsx")
    ListRow.objects.create(partner_list=brought, line=1, partner=partner)
    ExternalId.objects.create(source="x", key="1", partner=partner, seen_on=date(2026, 1, 1))


def merge(story: Story, kept: Partner, gone: Partner, **more: Any) -> Merge:
    return actions.merge(kept, actor=story.world.actor("umbrella_admin"), gone=gone, **more)


def referring(partner: Partner) -> dict[str, int]:
    """How many rows of each relation refer to a partner, but for what is made anew."""
    return {
        relation.label: relation.rows(partner).count()
        for relation in merging.relations()
        if relation.label not in merging.STAYS and relation.rows(partner).exists()
    }


def test_every_relation_to_a_partner_is_known(kept: Partner, gone: Partner) -> None:
    every = {relation.label for relation in merging.relations()}

    moving = {row.relation.label for row in merging.plan(kept, gone)}

    assert moving == every - set(merging.STAYS)
    assert set(merging.STAYS) <= every


def test_everything_goes_to_the_one_that_is_kept(
    story: Story, kept: Partner, gone: Partner
) -> None:
    before = referring(gone)

    merge(story, kept, gone)

    assert referring(gone) == {}
    assert referring(kept) == before


def test_undone_everything_is_where_it_was(story: Story, kept: Partner, gone: Partner) -> None:
    before = everything()
    row = merge(story, kept, gone)
    assert everything() != before

    actions.undo_merge(row, actor=story.world.actor("umbrella_admin"))

    assert everything() == before


def undone(story: Story, row: Merge) -> None:
    actions.undo_merge(row, actor=story.world.actor("umbrella_admin"))


def test_undone_what_came_since_in_a_dossier_goes_along(story: Story, kept: Partner) -> None:
    other = story.make_partner("Met dossier")
    dossier = story.open(other)
    row = merge(story, kept, other)
    story.agree(story.screened(dossier))
    story.ask(dossier)
    story.decide(dossier)
    story.look_back(dossier)
    story.share(dossier)
    told = Experience.objects.get(source=f"dossier:{dossier.pk}")
    Reply.objects.create(partner=kept, experience=told, by_name="An", text="Dank.")
    Report.objects.create(partner=kept, thing=f"experience:{told.pk}", reason="wrong")
    before = referring(kept)
    assert before["dossiers.agreement.partner"] == before["partners.reply.partner"] == 1

    undone(story, row)

    assert {k: n for k, n in referring(kept).items() if k in before} == {}
    assert referring(other) == before


def test_undone_what_came_since_at_an_offer_goes_along(story: Story, kept: Partner) -> None:
    other = story.make_partner("Met aanbod")
    offer = actions.create_offer(other, actor=story.teacher, facts=OFFER)
    row = merge(story, kept, other)
    said = Statement.objects.create(
        partner=kept, field="offer", offer=offer, said_on=date(2026, 1, 1)
    )

    undone(story, row)

    said.refresh_from_db()
    assert said.partner_id == other.pk


def test_undone_a_dossier_that_chose_an_offer_of_the_kept_one_since_stays_with_all_of_it(
    story: Story, kept: Partner
) -> None:
    other = story.make_partner("Met dossiers")
    old_offer = actions.create_offer(other, actor=story.teacher, facts=OFFER)
    chose, did_not = story.open(other, title="Koos"), story.open(other, title="Koos niet")
    agreed = story.agree(story.screened(chose))
    row = merge(story, kept, other)
    offer = actions.create_offer(kept, actor=story.teacher, facts=OFFER)
    DossierPartner.objects.filter(dossier=chose).update(offer=offer)
    DossierPartner.objects.filter(dossier=did_not).update(offer=old_offer)

    undone(story, row)

    assert DossierPartner.objects.get(dossier=chose).partner_id == kept.pk
    assert Agreement.objects.get(pk=agreed.agreement_id).partner_id == kept.pk
    assert DossierPartner.objects.get(dossier=did_not).partner_id == other.pk
    assert Offer.objects.get(pk=old_offer.pk).partner_id == other.pk
    for stands in DossierPartner.objects.exclude(offer=None):
        assert stands.offer is not None
        assert stands.offer.partner_id == stands.partner_id


def test_undone_what_came_on_its_own_stays(story: Story, kept: Partner) -> None:
    other = story.make_partner("Met dossier")
    story.open(other)
    row = merge(story, kept, other)
    own = story.agree(story.screened(story.open(kept, title="Van de andere")))
    actions.create_offer(kept, actor=story.teacher, facts=OFFER)

    undone(story, row)

    assert Agreement.objects.get(pk=own.agreement_id).partner_id == kept.pk
    assert referring(other) == {"dossiers.dossierpartner.partner": 1}


VERSIONED = {"version", "updated_at"}
# What a merge writes down, and what is made anew with other keys.
NOT_COMPARED = ("audit_", "partners_merge", "partners_likely", "partners_likeness", "search_")


def everything() -> dict[str, list[str]]:
    """All rows of all tables, but for the trace of the merge itself."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(NOT_COMPARED):
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608 -- names of tables
                names = [column[0] for column in cursor.description]
                found[table] = sorted(_row(names, row) for row in cursor.fetchall())
    return found


def _row(names: list[str], row: tuple[Any, ...]) -> str:
    return str([(n, v) for n, v in zip(names, row, strict=True) if n not in VERSIONED])


def test_what_the_kept_one_does_not_know_it_takes_over(
    story: Story, kept: Partner, gone: Partner
) -> None:
    merge(story, kept, gone)

    kept.refresh_from_db()
    assert (kept.name, kept.website, kept.town) == ("Lichtpunt", "https://licht.example", "Gent")
    assert kept.former_names == ["Oud Licht"]


def test_the_name_of_the_other_can_be_chosen(story: Story, kept: Partner, gone: Partner) -> None:
    merge(story, kept, gone, take=["name"])

    kept.refresh_from_db()
    assert (kept.name, kept.former_names) == ("Oud Licht", ["Lichtpunt"])


def test_a_fact_that_was_changed_since_is_not_put_back(
    story: Story, kept: Partner, gone: Partner
) -> None:
    row = merge(story, kept, gone)
    kept.refresh_from_db()
    actions.edit_partner(kept, actor=story.teacher, version=kept.version, facts={"town": "Aalst"})

    actions.undo_merge(row, actor=story.world.actor("umbrella_admin"))

    kept.refresh_from_db()
    assert (kept.town, kept.website) == ("Aalst", "")


def test_the_old_page_and_the_old_name_lead_to_the_kept_one(
    story: Story, kept: Partner, gone: Partner, sign_in: SignIn
) -> None:
    merge(story, kept, gone)

    answer = sign_in("teacher").get(f"/partners/{gone.pk}/")

    assert answer["Location"] == f"/partners/{kept.pk}/"
    found = queries.quick_search(story.teacher, "oud licht")
    assert [partner.pk for partner in found] == [kept.pk]


def test_a_chain_of_merges_is_followed(
    story: Story, kept: Partner, gone: Partner, sign_in: SignIn
) -> None:
    last = story.make_partner("Laatste")
    merge(story, kept, gone)
    kept.refresh_from_db()
    merge(story, last, kept)

    assert sign_in("teacher").get(f"/partners/{gone.pk}/")["Location"] == f"/partners/{last.pk}/"


def test_a_dossier_in_which_both_stand_keeps_both(
    story: Story, kept: Partner, gone: Partner
) -> None:
    dossier = story.open(gone)
    DossierPartner.objects.create(dossier=dossier, partner=kept)

    merge(story, kept, gone)

    assert {row.partner_id for row in dossier.partners.all()} == {kept.pk, gone.pk}


def test_an_experience_that_both_had_is_counted_with_the_kept_one(
    story: Story, kept: Partner, gone: Partner
) -> None:
    rest = {
        "audience": "everyone", "again": "yes", "factors": [], "advice": "", "text_consent": False,
        "structural": False, "levels": [], "school_year": 2025,
    }  # fmt: skip
    for partner in (kept, gone):
        actions.publish_experience(
            partner, actor=story.head, school=story.world.school, source="twee", **rest
        )

    merge(story, kept, gone)

    assert Experience.objects.filter(source="twee", partner=gone).exists()
    assert len(queries.experiences(story.head, kept).filter(source="twee")) == 2


def test_two_numbers_are_two_organisations(story: Story) -> None:
    one = story.make_partner("Een", number="0999000129")
    other = story.make_partner("Twee", number="0999000228")

    with pytest.raises(actions.CannotMerge):
        merge(story, one, other)


def test_the_number_goes_along_and_comes_back(story: Story, kept: Partner) -> None:
    other = story.make_partner("Met nummer", number="0999000129")
    row = merge(story, kept, other)
    numbers = [Partner.objects.get(pk=p.pk).enterprise_number for p in (kept, other)]
    assert numbers == ["0999000129", ""]

    actions.undo_merge(row, actor=story.world.actor("umbrella_admin"))

    numbers = [Partner.objects.get(pk=p.pk).enterprise_number for p in (kept, other)]
    assert numbers == ["", "0999000129"]


def test_merging_or_undoing_twice_is_refused(story: Story, kept: Partner, gone: Partner) -> None:
    umbrella = story.world.actor("umbrella_admin")
    row = merge(story, kept, gone)
    with pytest.raises(actions.CannotMerge):
        merge(story, kept, gone)

    actions.undo_merge(row, actor=umbrella)
    with pytest.raises(actions.CannotMerge):
        actions.undo_merge(row, actor=umbrella)


@pytest.mark.parametrize("who", ["head", "board_admin", "adviser", "other_head"])
def test_only_the_umbrella_merges(story: Story, kept: Partner, gone: Partner, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.merge(kept, actor=story.world.actor(who), gone=gone)


def test_the_page_says_what_will_happen_before_it_does(
    story: Story, kept: Partner, gone: Partner, sign_in: SignIn
) -> None:
    umbrella = sign_in("umbrella_admin")
    path = f"/partners/{kept.pk}/samenvoegen/{gone.pk}/"

    said = words(umbrella.get(path))
    assert "1 · aanbod" in said
    assert "1 · contactpersonen" in said
    assert "Wat scholen eraan hangen, verhuist mee" in said
    assert not Merge.objects.exists()

    umbrella.post(path, {"name": "gone"})
    row = Merge.objects.get()
    assert Partner.objects.get(pk=kept.pk).name == "Oud Licht"

    umbrella.post(f"/partners/samengevoegd/{row.pk}/terug/")
    assert Partner.objects.get(pk=kept.pk).name == "Lichtpunt"


def test_the_page_tells_the_same_whatever_schools_hang_on_it(
    story: Story, kept: Partner, sign_in: SignIn
) -> None:
    plain = story.make_partner("Stil licht")
    path = f"/partners/{kept.pk}/samenvoegen/{plain.pk}/"
    before = words(sign_in("umbrella_admin").get(path))

    story.agree(story.screened(story.open(plain)))
    story.ask(story.open(plain))
    actions.publish_experience(
        plain, actor=story.head, school=story.world.school, source="elders:2", audience="school",
        again="yes", factors=[], advice="", text_consent=False, structural=False, levels=[],
        school_year=2025,
    )  # fmt: skip

    assert len(merging.plan(kept, plain)) > 3
    assert words(sign_in("umbrella_admin").get(path)) == before


def test_a_merged_partner_makes_no_pair(story: Story, kept: Partner, gone: Partner) -> None:
    twin = story.make_partner("Oud Licht")
    assert LikelyPair.objects.filter(one=gone, other=twin).exists()

    merge(story, kept, gone)

    assert not LikelyPair.objects.filter(one=gone).exists()
    assert LikelyPair.objects.filter(one=kept, other=twin).exists()
