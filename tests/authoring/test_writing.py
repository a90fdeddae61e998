"""An umbrella writes its own framework in the browser and in files; a school adds criteria."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import actions, content, drafting, places, queries
from partnerwijzer.authoring.forms import CriterionForm, RestForm, as_typed
from partnerwijzer.authoring.models import Draft, OwnFramework, SchoolCriteria
from partnerwijzer.authoring.views import saving
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks import writing
from partnerwijzer.frameworks.models import FrameworkVersion, Unchangeable
from partnerwijzer.frameworks.problems import ContentError
from tests.authoring.conftest import SignIn, typed
from tests.personas import World


def publish(world: World, draft: Draft) -> FrameworkVersion:
    version = Draft.objects.get(pk=draft.pk).version
    return actions.publish_framework(draft, actor=world.actor("umbrella_admin"), version=version)


def reworded(data: Any) -> Any:
    new = drafting.find(data, "criteria", "fits-age")
    assert new is not None
    return drafting.put(
        data, "criteria", "fits-age", {**new, "question": {"nl": "Past het bij hun leeftijd?"}}
    )


# A framework of one's own


def test_a_draft_starts_as_the_framework_it_was_made_from(draft: Draft) -> None:
    assert len(draft.criteria) == 56
    assert [p for p in draft.problems if not p["advice"]] == []
    assert draft.data["vocab"]["meta"]["framework"] == "koepelkader"


def test_the_first_release_is_1_and_what_follows_goes_up_by_what_changed(
    world: World, draft: Draft, ours: FrameworkVersion
) -> None:
    first = publish(world, draft)
    head = world.actor("umbrella_admin")
    fresh = actions.change(draft, actor=head, version=2, how=reworded, what="x")
    second = publish(world, fresh)
    gone = actions.change(
        fresh,
        actor=head,
        version=4,
        how=lambda d: drafting.without(d, "criteria", "built-to-last"),
        what="x",
    )
    third = publish(world, gone)

    assert [v.version for v in (first, second, third)] == ["1.0.0", "1.0.1", "2.0.0"]
    assert {v.key for v in (first, second, third)} == {"koepelkader"}
    assert frameworks.latest(head) == ours  # ours stays what a dossier begins with


def test_the_same_again_is_not_published(world: World, draft: Draft) -> None:
    publish(world, draft)

    with pytest.raises(actions.NotYet, match="niets veranderd"):
        publish(world, draft)


def test_a_draft_with_problems_is_kept_but_not_published(world: World, draft: Draft) -> None:
    def break_it(data: Any) -> Any:
        row = drafting.find(data, "criteria", "fits-age")
        assert row is not None
        return drafting.put(data, "criteria", "fits-age", {**row, "gate": None})

    actor = world.actor("umbrella_admin")
    fresh = actions.change(draft, actor=actor, version=1, how=break_it, what="x")

    (problem,) = [p for p in fresh.problems if not p["advice"]]
    assert (problem["file"], problem["place"]) == ("framework.yaml", "criteria[fits-age].gate")
    with pytest.raises(ContentError):
        publish(world, fresh)


def test_what_is_published_never_changes(world: World, draft: Draft) -> None:
    version = publish(world, draft)

    version.title = {"nl": "Anders"}
    with pytest.raises(Unchangeable):
        version.save()


def test_two_people_do_not_lose_each_others_words(world: World, draft: Draft) -> None:
    actor = world.actor("umbrella_admin")
    actions.change(draft, actor=actor, version=1, how=reworded, what="x")

    with pytest.raises(Conflict):
        actions.change(draft, actor=actor, version=1, how=reworded, what="x")


def test_a_name_is_used_once(world: World, draft: Draft, ours: FrameworkVersion) -> None:
    with pytest.raises(actions.NotYet):
        actions.begin_framework(
            world.umbrella, actor=world.actor("umbrella_admin"), title="Koepelkader", base=ours
        )
    assert OwnFramework.objects.count() == 1


@pytest.mark.parametrize("who", ["head", "teacher", "adviser", "board_admin", "other_head"])
def test_only_who_keeps_the_umbrella_writes_its_framework(
    who: str, world: World, draft: Draft
) -> None:
    with pytest.raises(PermissionDenied):
        actions.change(draft, actor=world.actor(who), version=1, how=reworded, what="x")


def test_new_dossiers_begin_with_what_the_umbrella_chose(
    world: World, draft: Draft, ours: FrameworkVersion
) -> None:
    actor, head = world.actor("umbrella_admin"), world.actor("head")
    with pytest.raises(actions.NotYet):
        actions.use_for_new_dossiers(draft.own, actor=actor, wanted=True)
    version = publish(world, draft)
    assert queries.framework_for(head, world.school) == ours

    actions.use_for_new_dossiers(draft.own, actor=actor, wanted=True)
    assert queries.framework_for(head, world.school) == version

    actions.use_for_new_dossiers(draft.own, actor=actor, wanted=False)
    assert queries.framework_for(head, world.school) == ours


# In the browser


def test_a_criterion_is_written_in_dutch_only_and_lands_in_the_draft(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    address = f"/kader/ontwerp/{draft.pk}/vraag/"

    answer = client.post(address, typed(gate="positive-decision", when=["photos"]))

    assert answer.status_code == 302
    fresh = Draft.objects.get(pk=draft.pk)
    row = fresh.criteria[-1]
    assert (row["key"], row["gate"], row["essential"], row["normal"], row["applies"]) == (
        "is-het-bereikbaar-met-de-fiets",
        "positive-decision",
        True,
        True,
        {"kind": ["one-off", "structural"], "when": ["photos"]},
    )
    assert row["typical_evidence"] == [{"nl": "een kaart"}, {"nl": "een rit"}]
    assert [p for p in fresh.problems if not p["advice"]] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": ""}, "question"),
        ({"blocks": ["not-in-order"]}, "blocks_text"),
        ({"measure": "light", "when": ["photos"]}, "measure"),
        ({"evidence_en": "one"}, "evidence_en"),
        ({"step": "elsewhere"}, "step"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    change: dict[str, Any], field: str, draft: Draft, sign_in: SignIn
) -> None:
    answer = sign_in("umbrella_admin").post(f"/kader/ontwerp/{draft.pk}/vraag/", typed(**change))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "Kijk dit na. Het telt." in answer.content.decode()
    assert len(Draft.objects.get(pk=draft.pk).criteria) == 56


def test_every_criterion_of_ours_can_be_written_from_nothing(draft: Draft) -> None:
    """All that a criterion holds stands on the page: typed anew, it is the same again."""
    offer = partial(places.choices_of, draft.data)
    before, after = [], []
    for row in draft.criteria:
        form = CriterionForm(as_typed(row), offer=offer)
        shown = RestForm(None, old=row, offer=offer)
        rest = RestForm({bound.html_name: bound.value() for bound in shown}, old=None, offer=offer)
        assert all([form.is_valid(), rest.is_valid()]), (row["key"], form.errors, rest.errors)
        made = form.criterion(row["key"], rest.part())
        before.append({k: v for k, v in row.items() if v not in (None, False)})
        after.append({k: v for k, v in made.items() if v not in (None, False)})

    assert after == before


def test_a_question_can_ask_for_a_theme_that_the_draft_brought_in(
    draft: Draft, sign_in: SignIn
) -> None:
    draft.data["vocab"]["themes"].append({**draft.data["vocab"]["themes"][0], "key": "verkeer"})
    draft.save(update_fields=["data"])
    more = {"themes": ["verkeer"], "rest-rubrics": ["policy"], "rest-mission": "K1\nS1.1"}

    sign_in("umbrella_admin").post(f"/kader/ontwerp/{draft.pk}/vraag/", typed(**more))

    made = Draft.objects.get(pk=draft.pk).criteria[-1]
    assert made["applies"]["themes"] == ["verkeer"]
    assert (made["mission"], made["rubrics"]) == (["K1", "S1.1"], ["policy"])


def test_a_question_moves_within_its_step(draft: Draft, sign_in: SignIn) -> None:
    keys = [row["key"] for row in draft.criteria]
    sign_in("umbrella_admin").post(
        f"/kader/ontwerp/{draft.pk}/verplaats/",
        {"key": keys[1], "wat": "omhoog", "version": "1"},
    )

    fresh = [row["key"] for row in Draft.objects.get(pk=draft.pk).criteria]
    assert fresh == [keys[1], keys[0], *keys[2:]]


def test_a_colleague_who_saved_another_question_is_no_reason_to_stop(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    actions.change(draft, actor=world.actor("umbrella_admin"), version=1, how=reworded, what="x")
    client, address = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/vraag/plain-language/"
    seen = client.get(address).context["seen"]

    assert client.post(address, typed(seen=seen)).status_code == 302


def test_who_comes_second_at_the_same_question_sees_both_texts(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    address = f"/kader/ontwerp/{draft.pk}/vraag/fits-age/"
    seen = client.get(address).context["seen"]
    actions.change(draft, actor=world.actor("umbrella_admin"), version=1, how=reworded, what="x")

    page = client.post(address, typed(seen=seen))

    text = page.content.decode()
    assert "bewaarde dit intussen ook" in text
    assert "bereikbaar met de fiets" in text
    now = drafting.find(Draft.objects.get(pk=draft.pk).data, "criteria", "fits-age")
    assert now is not None
    assert ("De vraag", now["question"]["nl"]) in page.context["theirs"]
    again = typed(version=page.context["draft"].version, seen=page.context["seen"])
    assert client.post(address, again).status_code == 302


def test_what_was_typed_stays_where_a_colleague_took_the_question_out(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    address = f"/kader/ontwerp/{draft.pk}/vraag/fits-age/"
    seen = client.get(address).context["seen"]
    gone = partial(drafting.without, name="criteria", key="fits-age")
    actions.change(draft, actor=world.actor("umbrella_admin"), version=1, how=gone, what="x")

    page = client.post(address, typed(seen=seen))
    assert page.context["form"].non_field_errors() == [str(saving.GONE)]
    assert "bereikbaar met de fiets" in page.content.decode()

    again = typed(version=page.context["draft"].version, seen=page.context["seen"])
    assert client.post(address, again).status_code == 302
    back = drafting.find(Draft.objects.get(pk=draft.pk).data, "criteria", "fits-age")
    assert back is not None
    assert back["question"]["nl"] == typed()["question"]


def test_a_school_does_not_write_a_question_of_the_framework(
    questions: Draft, sign_in: SignIn
) -> None:
    address = f"/kader/ontwerp/{questions.pk}/vraag/fits-age/"

    assert sign_in("head").post(address, typed()).status_code == 404
    assert Draft.objects.get(pk=questions.pk).criteria == []


# In files


def bundle(draft: Draft, file: str = "", old: str = "", new: str = "") -> SimpleUploadedFile:
    texts = writing.texts_of(draft.data)
    if file:
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new, 1)
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"map/{name}.yaml", text)
    return SimpleUploadedFile("kader.zip", packed.getvalue(), "application/zip")


def test_files_that_go_out_come_in_again(draft: Draft, sign_in: SignIn) -> None:
    client, address = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/bestanden/"
    packed = client.get(address, {"haal": "1"}).content
    assert writing.texts_in(packed) == writing.texts_of(draft.data)

    changed = bundle(
        draft, "framework", "Past dit bij wat jullie school", "Past het bij wat de school"
    )
    answer = client.post(address, {"upload": changed, "version": "1"})

    assert answer.status_code == 302
    fresh = Draft.objects.get(pk=draft.pk)
    assert fresh.criteria[0]["question"]["nl"].startswith("Past het bij wat de school")


def test_a_mistake_in_a_file_is_named_with_its_line_and_the_draft_stays(
    draft: Draft, sign_in: SignIn
) -> None:
    address = f"/kader/ontwerp/{draft.pk}/bestanden/"
    wrong = bundle(draft, "framework", "gate: positive-decision", "gate: nowhere")

    page = sign_in("umbrella_admin").post(address, {"upload": wrong, "version": "1"})

    (problem,) = page.context["problems"]
    assert (problem.file, problem.place) == (
        "framework.yaml",
        "criteria[fits-school-project].gate",
    )
    assert problem.line > 100
    assert f"regel {problem.line}" in page.content.decode()
    assert Draft.objects.get(pk=draft.pk).version == 1


@pytest.mark.parametrize("content_of_file", [b"hallo", b""])
def test_no_zip_is_said(content_of_file: bytes, draft: Draft, sign_in: SignIn) -> None:
    page = sign_in("umbrella_admin").post(
        f"/kader/ontwerp/{draft.pk}/bestanden/",
        {"upload": SimpleUploadedFile("x.zip", content_of_file or b" "), "version": "1"},
    )

    assert "geen ZIP" in page.content.decode()


# What a school adds


def add(world: World, questions: Draft, key: str = "school-fiets", **more: Any) -> Draft:
    like = frameworks.content_of(questions.base_id).framework.criterion["plain-language"]
    row = {
        **like.model_dump(mode="json"),
        "key": key,
        "question": {"nl": "Kan het met de fiets?"},
        **more,
    }
    fresh = Draft.objects.get(pk=questions.pk)
    return actions.change(
        fresh,
        actor=world.actor("head"),
        version=fresh.version,
        how=lambda d: drafting.put(d, "criteria", key, row),
        what="x",
    )


def release(world: World, draft: Draft) -> SchoolCriteria:
    version = Draft.objects.get(pk=draft.pk).version
    return actions.publish_questions(draft, actor=world.actor("head"), version=version)


def test_what_a_school_adds_stands_after_the_framework(
    world: World, questions: Draft, ours: FrameworkVersion
) -> None:
    made = release(world, add(world, questions))

    both = content.of(ours.pk, made.pk)

    assert [c.key for c in both.framework.criteria][-1] == "school-fiets"
    assert (
        both.framework.criterion["school-fiets"].question.said_in("en") == "Kan het met de fiets?"
    )
    assert len(frameworks.content_of(ours.pk).framework.criteria) == 56
    assert queries.newest_criteria(world.other_school) is None


def test_the_same_own_questions_again_are_not_published(world: World, questions: Draft) -> None:
    release(world, add(world, questions))

    with pytest.raises(actions.NotYet):
        release(world, questions)


def test_own_questions_are_checked_as_those_of_a_framework(world: World, questions: Draft) -> None:
    fresh = add(world, questions, essential=True, gate=None)

    assert [p["place"] for p in fresh.problems if not p["advice"]] == [
        "criteria[school-fiets].gate"
    ]
    with pytest.raises(ContentError):
        release(world, fresh)


def test_a_framework_cannot_take_the_keys_of_schools(world: World, draft: Draft) -> None:
    row = drafting.find(draft.data, "criteria", "plain-language")
    assert row is not None
    fresh = actions.change(
        draft,
        actor=world.actor("umbrella_admin"),
        version=1,
        how=lambda d: drafting.put(d, "criteria", "school-x", {**row, "key": "school-x"}),
        what="x",
    )

    assert "criteria[school-x].key" in {p["place"] for p in fresh.problems}


@pytest.mark.parametrize("who", ["teacher", "other_head", "umbrella_admin", "adviser", "council"])
def test_only_who_leads_the_school_writes_its_questions(
    who: str, world: World, questions: Draft, sign_in: SignIn
) -> None:
    with pytest.raises(PermissionDenied):
        actions.change(
            questions, actor=world.actor(who), version=1, how=lambda d: dict(d), what="x"
        )
    assert sign_in(who).get(f"/kader/ontwerp/{questions.pk}/").status_code == 404


def test_a_head_writes_a_question_from_beginning_to_end(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    begun = client.post("/kader/eigen/", {"deel": "vragen"})
    address = begun.headers["Location"]
    client.post(f"{address}vraag/", typed())
    page = client.get(f"{address}uitbrengen/")
    assert "bereikbaar met de fiets" in page.content.decode()

    client.post(f"{address}uitbrengen/", {"version": "2"})

    made = queries.newest_criteria(world.school)
    assert made is not None
    assert [row["key"] for row in made.data] == ["school-is-het-bereikbaar-met-de-fiets"]
    assert "bereikbaar met de fiets" in client.get("/kader/eigen/").content.decode()
