"""The quality framework (K3, domain.md 2) and vision texts (K2)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import beside
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.exchange.sheets.table import Line as Row
from partnerwijzer.exchange.sheets.table import Table
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.quality import actions, loading, queries
from partnerwijzer.quality.loading import Line, Loaded, Wrong
from partnerwijzer.quality.models import Expectation, QualityTag, TagSheet, VisionText
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.quality.conftest import SignIn

RUBRICS = {"policy": "Beleid", "quality-development": "Kwaliteitsontwikkeling"}
CSV = "rubriek;code;verwachting\nBeleid;B1;Wij voeren samen beleid.\nBeleid;;\nOnzin;X;Iets\n"


def table(*rows: tuple[str, ...]) -> Table:
    return Table("csv", lines=[Row(number, cells) for number, cells in enumerate(rows, 1)])


def load(story: Story, owner: Any = None, who: str = "head", *titles: str) -> list[Expectation]:
    lines = [Line("policy", "", title) for title in titles or ("Wij voeren samen beleid.",)]
    actions.load_expectations(
        owner or story.world.school, actor=story.world.actor(who), lines=lines
    )
    return list(Expectation.objects.filter(removed_at=None))


def tick(story: Story, dossier: Dossier, **more: Any) -> TagSheet:
    what = {"version": 0, "part": "aim", "rubrics": [], "expectations": [], **more}
    return actions.tag(dossier, actor=story.teacher, **what)


def facts(**more: Any) -> dict[str, Any]:
    return {"title": "Lezen voorop", "publisher": "Koepel Test", "url": "https://koepel.example/",
            "themes": [], "summary": "Elk kind leest elke dag.", "dated_on": date(2026, 1, 30),
            **more}  # fmt: skip


# Loading


def test_the_framework_has_four_rubrics_and_ships_no_expectation(story: Story) -> None:
    """domain.md 2: the list of 37 could not be read; never invent codes."""
    assert len(vocabulary.current().framework.rubrics) == 4
    assert not Expectation.objects.exists()


def test_rows_that_cannot_be_read_are_told_and_left_out() -> None:
    found = loading.read(
        table(("Verwachting", "Rubriek"), ("Eén", "beleid"), ("Twee", "Wat"), ("", "Beleid"),
              ("Eén", "policy")),
        RUBRICS,
    )  # fmt: skip

    assert found == Loaded(
        (Line("policy", "", "Eén"),),
        (
            Wrong(3, "Twee · Wat", "Deze rubriek kennen we niet: Wat."),
            Wrong(4, "Beleid", "De verwachting ontbreekt."),
            Wrong(5, "Eén · policy", "Deze verwachting staat er twee keer."),
        ),
    )


def test_a_list_without_the_two_columns_is_refused() -> None:
    with pytest.raises(loading.NoColumns):
        loading.read(table(("a", "b"), ("1", "2")), RUBRICS)


def test_a_list_is_looked_at_before_it_is_loaded(story: Story, sign_in: SignIn) -> None:
    client, address = sign_in("head"), reverse("quality:expectations")
    file = SimpleUploadedFile("lijst.csv", CSV.encode("utf-8"))

    preview = client.post(address, {**form(client.get(address)), "file": file})
    assert "Wij voeren samen beleid." in words(preview)
    assert "Deze rubriek kennen we niet: Onzin" in words(preview)
    assert not Expectation.objects.exists()

    client.post(address, {**form(preview, lijst=""), "wat": "laad"})
    assert [(e.rubric, e.code, e.title) for e in Expectation.objects.all()] == [
        ("policy", "B1", "Wij voeren samen beleid.")
    ]


def test_a_list_that_was_changed_on_the_way_is_not_loaded(sign_in: SignIn) -> None:
    sign_in("head").post(reverse("quality:expectations"), {"wat": "laad", "lijst": "x:y:z"})

    assert not Expectation.objects.exists()


def test_loading_again_keeps_the_tags_of_what_is_still_there(
    dossier: Dossier, story: Story
) -> None:
    one, two = load(story, None, "head", "Een", "Twee")
    actions.tag(
        dossier, actor=story.teacher, version=0, part="aim", rubrics=[], expectations=[one, two]
    )

    load(story, None, "head", "Twee", "Drie")

    assert [e.title for e in queries.expectations_for(story.head, story.world.school)] == [
        "Twee", "Drie",
    ]  # fmt: skip
    assert [t.expectation.title for t in QualityTag.objects.all() if t.expectation] == [
        "Een", "Twee",
    ]  # fmt: skip


def test_the_list_of_the_school_goes_before_that_of_the_umbrella(story: Story) -> None:
    load(story, story.world.umbrella, "umbrella_admin", "Van de koepel")
    before = queries.expectations_for(story.head, story.world.school)
    load(story, None, "head", "Van ons")

    after = queries.expectations_for(story.head, story.world.school)

    assert ([e.title for e in before], [e.title for e in after]) == (["Van de koepel"], ["Van ons"])


# Tags


def test_a_dossier_carries_tags_for_what_is_meant_and_for_what_came_of_it(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    load(story)
    client, address = sign_in("teacher"), reverse("quality:tags", args=[dossier.pk])
    client.post(address, {**form(client.get(address), deel="aim"), "rubrics": ["policy"]})
    client.post(
        address,
        {**form(client.get(address), deel="result"), "rubrics": ["results-and-effects"],
         "expectations": [Expectation.objects.get().pk]},
    )  # fmt: skip

    found = {(t.part, t.rubric, t.expectation_id is not None) for t in QualityTag.objects.all()}

    assert found == {
        ("aim", "policy", False),
        ("result", "results-and-effects", False),
        ("result", "policy", True),
    }
    assert "Beleid" in words(client.get(reverse("dossiers:detail", args=[dossier.pk])))


def test_the_school_filters_its_dossiers_by_rubric(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    actions.tag(
        dossier, actor=story.teacher, version=0, part="aim", rubrics=["policy"], expectations=[]
    )
    client, address = sign_in("head"), reverse("quality:overview")

    policy = words(client.get(address, {"rubriek": "policy"}))
    other = words(client.get(address, {"rubriek": "results-and-effects"}))
    result = words(client.get(address, {"deel": "result"}))

    assert ["Museum in de klas" in page for page in (policy, other, result)] == [True, False, False]


def test_the_school_counts_its_dossiers_for_each_expectation(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    """K3, with the expectations that the school loaded (domain.md 2): also those that no dossier
    works at. A dossier counts once, whatever its activities say."""
    load(story)
    client, address = sign_in("head"), reverse("quality:overview")
    before = words(client.get(address))
    one = Expectation.objects.get()
    activity = story.plan(dossier)
    for about in (None, activity):
        what = {"part": "aim", "rubrics": [], "expectations": [one], "activity": about}
        actions.tag(dossier, actor=story.teacher, version=0, **what)

    assert f"{one} nog in geen dossier" in before
    assert f"{one} in 1 dossier" in words(client.get(address))
    (row,) = queries.tagged(story.head, story.world.school)
    assert (row.expectation, row.dossiers, len(row.tags)) == (one, 1, 2)
    assert queries.tagged(story.head, story.world.school, rubric="results-and-effects") == []


def test_an_expectation_that_is_carried_by_another_part_is_not_called_bare(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    """K3: which expectation no dossier works at is a finding of the school; a filter invents
    none."""
    load(story)
    client, address = sign_in("head"), reverse("quality:overview")
    one = Expectation.objects.get()
    assert f"{one} nog in geen dossier" in words(client.get(address, {"deel": "result"}))
    what = {"part": "aim", "rubrics": [], "expectations": [one]}
    actions.tag(dossier, actor=story.teacher, version=0, **what)

    shown = [words(client.get(address, {"deel": part})) for part in ("", "aim", "result")]

    assert [f"{one} in 1 dossier" in page for page in shown] == [True, True, False]
    assert not any("nog in geen dossier" in page for page in shown)
    label = vocabulary.label("rubrics", one.rubric)
    assert f"{label} Met deze keuze: geen dossier." in shown[2]


def test_a_criterion_shows_its_rubric(dossier: Dossier, story: Story) -> None:
    found = beside.readings_for(story.head, dossier, "fits-school-project")

    assert found[0].title == "Rubriek van het referentiekader: Beleid"


# Vision texts


def vision(story: Story, dossier: Dossier) -> list[str]:
    key = next(c.key for c in vocabulary.current().framework.criteria if c.vision_texts)
    return [r.title for r in beside.readings_for(story.head, dossier, key) if r.source]


def test_a_text_stands_beside_the_criterion_for_dossiers_of_its_theme(
    dossier: Dossier, story: Story
) -> None:
    keeper = story.world.actor("umbrella_admin")
    actions.add_text(story.world.umbrella, actor=keeper, facts=facts(themes=["reading"]))
    Dossier.objects.filter(pk=dossier.pk).update(themes=["music"])
    of_music = vision(story, Dossier.objects.get(pk=dossier.pk))
    Dossier.objects.filter(pk=dossier.pk).update(themes=["reading"])

    assert (of_music, vision(story, Dossier.objects.get(pk=dossier.pk))) == ([], ["Lezen voorop"])


def test_a_text_without_theme_stands_beside_every_dossier(dossier: Dossier, story: Story) -> None:
    actions.add_text(story.world.school, actor=story.head, facts=facts())

    assert vision(story, dossier) == ["Lezen voorop"]


def test_a_text_of_another_school_is_not_shown(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    other = story.world.actor("other_head")
    row = actions.add_text(story.world.other_school, actor=other, facts=facts())

    assert vision(story, dossier) == []
    assert "Lezen voorop" not in words(sign_in("head").get(reverse("quality:texts")))
    assert sign_in("head").get(reverse("quality:text", args=[row.pk])).status_code == 404


def test_a_text_is_kept_in_own_words_changed_and_taken_out(story: Story, sign_in: SignIn) -> None:
    client, new = sign_in("head"), reverse("quality:text_new")
    typed = {**form(client.get(new), title=""), "title": "Lezen", "publisher": "Ons team",
             "dated_on": "2026-01-30"}  # fmt: skip
    refused = client.post(new, {**typed, "summary": ""})
    client.post(new, {**typed, "once": "y" * 20, "summary": "Elke dag lezen."})
    row = VisionText.objects.get()
    change = reverse("quality:text", args=[row.pk])
    client.post(change, {**form(client.get(change), title=""), "title": "Lezen voorop"})
    assert VisionText.objects.get().title == "Lezen voorop"

    client.post(change, {**form(client.get(change), title=""), "wat": "weg"})

    assert form(refused, title="")["title"] == "Lezen"
    assert queries.texts(story.head) == []


def test_two_keepers_see_each_others_words(story: Story) -> None:
    row = actions.add_text(story.world.school, actor=story.head, facts=facts())
    actions.edit_text(row, actor=story.head, version=1, facts=facts(summary="Anders"))

    with pytest.raises(Conflict):
        actions.edit_text(row, actor=story.head, version=1, facts=facts())


@pytest.mark.parametrize("who", ["teacher", "other_head", "board_admin", "umbrella_admin"])
def test_only_who_leads_the_school_keeps_its_texts(who: str, story: Story) -> None:
    row = actions.add_text(story.world.school, actor=story.head, facts=facts())

    with pytest.raises(PermissionDenied):
        actions.remove_text(row, actor=story.world.actor(who))


# What people put in a list (K6)


def test_an_expectation_with_a_national_number_is_refused_without_showing_it() -> None:
    found = loading.read(
        table(("Rubriek", "Verwachting"), ("Beleid", "vraag 90.05.15-003.17")), RUBRICS
    )

    told = "Hier staat een rijksregisternummer in. Dat bewaren we nooit."
    assert found == Loaded((), (Wrong(2, "…", told),))


def test_a_list_with_something_about_a_pupil_is_asked_about(story: Story, sign_in: SignIn) -> None:
    text = "rubriek;verwachting\nBeleid;Emma Peeters heeft dyslexie.\n"
    file = SimpleUploadedFile("lijst.csv", text.encode())

    answer = sign_in("head").post(reverse("quality:expectations"), {"file": file})

    assert answer.status_code == 422
    assert "Rij 1: Emma Peeters heeft dyslexie" in words(answer)


def test_of_two_who_tick_at_once_the_later_sees_both_and_chooses(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("quality:tags", args=[dossier.pk])
    typed = {**form(client.get(address), deel="aim"), "rubrics": ["policy"]}
    tick(story, dossier, rubrics=["results-and-effects"])

    both = client.post(address, typed)

    assert both.status_code == 409
    assert "Een collega duidde intussen iets aan. Resultaten en effecten" in words(both)
    assert [t.rubric for t in QualityTag.objects.all()] == ["results-and-effects"]
    again = form(both, deel="aim")
    assert (again["rubrics"], again["version"]) == ("policy", "1")
    assert client.post(address, again).status_code == 302
    assert [t.rubric for t in QualityTag.objects.all()] == ["policy"]


def test_an_activity_carries_its_own_tags_beside_those_of_the_whole(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    activity = story.plan(dossier, title="Museumdag")
    tick(story, dossier, rubrics=["policy"])
    client, address = sign_in("teacher"), reverse("quality:tags", args=[dossier.pk])
    own = f"{address}?activiteit={activity.pk}"

    first = client.get(own)
    client.post(own, {**form(first, deel="aim"), "rubrics": ["results-and-effects"]})

    found = {(t.activity_id, t.rubric) for t in QualityTag.objects.all()}
    assert found == {(None, "policy"), (activity.pk, "results-and-effects")}
    assert "Museumdag" in words(sign_in("head").get(reverse("quality:overview")))
    assert client.get(f"{address}?activiteit=999999").status_code == 404


def test_an_activity_of_another_dossier_is_refused(dossier: Dossier, story: Story) -> None:
    other = story.open(story.make_partner("Andere vzw"), title="Iets anders")
    story.begin(other)

    with pytest.raises(PermissionDenied):
        tick(story, dossier, activity=story.plan(other))
