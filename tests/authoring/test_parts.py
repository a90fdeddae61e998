"""What a framework holds besides its criteria, written in the browser."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.http import QueryDict

from partnerwijzer.authoring import actions, describing, places, saying
from partnerwijzer.authoring.describing import Field
from partnerwijzer.authoring.forms import PartPage
from partnerwijzer.authoring.models import Draft
from partnerwijzer.authoring.views import saving
from partnerwijzer.authoring.views.parts import OWN_PAGES
from partnerwijzer.frameworks import lists, loader
from partnerwijzer.frameworks.actions import frameworks_dir
from partnerwijzer.frameworks.schema import FILES, Part, Text
from tests.authoring.conftest import SignIn
from tests.personas import World


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return loader.read(frameworks_dir() / "partnerwijzer").data


def every(data: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The path of each thing with a page of its own, at a place and inside it."""
    place = places.find(data, path)
    for listed in place.lists:
        here = (*path, listed.name)
        for row in [] if here in OWN_PAGES else places.find(data, here).data or []:
            yield (*here, row["key"])
            yield from every(data, (*here, row["key"]))
    for name in describing.pages_in(place.model):
        yield (*path, name)
        yield from every(data, (*path, name))


def page_at(data: dict[str, Any], path: tuple[str, ...], sent: Any = None) -> PartPage:
    place = places.find(data, path)
    return PartPage(sent, place=place, offer=partial(places.choices, data, place))


def as_sent(shown: PartPage) -> QueryDict:
    """What a browser sends of a page as it was drawn."""
    sent = QueryDict(mutable=True)
    for form in shown.forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                sent.setlist(bound.html_name, [str(v) for v in value])
            elif value is not None and value is not False:
                text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
                sent[bound.html_name] = "on" if value is True else text
    for rows in shown.rows:
        sent[f"{rows.name}-aantal"] = str(rows.count)
    return sent


@pytest.mark.parametrize("file", FILES)
def test_what_is_saved_untouched_stays_as_it_was(file: str, data: dict[str, Any]) -> None:
    paths = [(file,), *every(data, (file,))]
    before, after = {}, {}
    for path in paths:
        shown = page_at(data, path, as_sent(page_at(data, path)))
        assert shown.is_valid(), (path, [form.errors for form in shown.forms])
        before[path] = places.find(data, path).data
        after[path] = shown.part("x")
    assert len(paths) > 5
    loose = {f.trail[0] for f in describing.fields_of(describing.model_at((file,)))}
    for found in (before, after):
        found[file,] = {n: v for n, v in found[file,].items() if n in loose}
    assert after == before


def unreached(model: type[Part], seen: set[type[Part]]) -> Iterator[str]:
    """What the schema knows and no page asks, as Model.field."""
    if model in seen:
        return
    seen.add(model)
    shown = {field.trail for field in describing.fields_of(model)}
    inside = {x.name for x in describing.lists_of(model)} | {*describing.pages_in(model)}
    for name, info in model.model_fields.items():
        inner = describing.part_in(describing.bare(info.annotation)[0])[0]
        if name in inside and inner is not None:
            yield from unreached(inner, seen)
        elif not any(trail[0] == name for trail in shown):
            yield f"{model.__name__}.{name}"
        elif inner not in (None, Text):
            yield from (
                f"{model.__name__}.{name}.{deep}"
                for deep in inner.model_fields
                if (name, deep) not in shown
            )


def test_nothing_of_the_files_is_out_of_reach_of_the_pages() -> None:
    """What stays is what the product writes itself: names, kinds of files, the number of a release.
    Criteria and pairs have pages of their own: their tests write each of ours from nothing."""
    found = {name for file in FILES for name in unreached(describing.model_at((file,)), set())}
    away = {name for name in found if not name.endswith(".key")}

    assert away == {
        "Meta.kind",  # the name of the file
        "Meta.version",  # follows from what changed (compare.next_version)
        "Meta.framework",  # in the five other files: which framework they belong to
        "Meta.source_language",  # Dutch: there is nothing to choose
        "Clock.unit",  # calendar days: there is nothing to choose
        "Factors.counting.unit",  # a cooperation: there is nothing to choose
    }


def models(model: type[Part]) -> Iterator[type[Part]]:
    yield model
    for listed in describing.lists_of(model):
        if listed.name not in ("criteria", "mappings"):
            yield from models(listed.model)
    for name in describing.pages_in(model):
        inner = describing.part_in(describing.bare(model.model_fields[name].annotation)[0])[0]
        assert inner is not None
        yield from models(inner)


def test_each_field_list_and_choice_of_the_schema_has_words() -> None:
    every_model = {m for file in FILES for m in models(describing.model_at((file,)))}
    fields: list[Field] = [f for model in every_model for f in describing.fields_of(model)]

    assert [f.name for f in fields if saying.label_of(f) == f.name] == []
    assert [v for f in fields for v in f.values if isinstance(saying.value_of(f, v), str)] == []
    root = {
        (file, listed.name)
        for file in FILES
        for listed in describing.lists_of(describing.model_at((file,)))
    }
    assert {".".join(p) for p in root - OWN_PAGES} <= set(lists.LISTS)
    inside = {x.name for m in every_model for x in describing.lists_of(m)} - {n for _f, n in root}
    assert inside <= set(saying.INSIDE) | {"pairs"}


def typed_on(page: Any, **more: Any) -> dict[str, Any]:
    """What is sent from a page that was opened."""
    sent = as_sent(page.context["shown"])
    there = {"wat": "bewaar", "version": page.context["version"], "seen": page.context["seen"]}
    return {**dict(sent.lists()), **there, **more}


def keep(client: Any, address: str, **more: Any) -> Any:
    """Opens a page, types, and sends."""
    page = client.get(address)
    return client.post(address, typed_on(page, **more))


def now(draft: Draft, *path: str) -> Any:
    return places.find(Draft.objects.get(pk=draft.pk).data, path).data


def test_an_umbrella_adds_a_factor_and_a_theme(draft: Draft, sign_in: SignIn) -> None:
    client, base = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/nieuw"

    keep(
        client, f"{base}/factors/factors/", group="contact", about="partner",
        smooth="de bus kwam op tijd", difficult="de bus kwam te laat", explanation="De rit.",
    )  # fmt: skip
    answer = keep(client, f"{base}/vocab/themes/", label="Verkeer", key_competences="1, 7")

    assert answer.headers["Location"] == f"/kader/ontwerp/{draft.pk}/lijst/vocab/themes/"
    assert now(draft, "factors", "factors", "de-bus-kwam-op-tijd")["difficult"] == {
        "nl": "de bus kwam te laat"
    }
    assert now(draft, "vocab", "themes", "verkeer") == {
        "key": "verkeer", "label": {"nl": "Verkeer"}, "sensitive": False, "key_competences": [1, 7],
    }  # fmt: skip


def test_a_helper_is_written_from_beginning_to_end(draft: Draft, sign_in: SignIn) -> None:
    """A tree with a question, two answers and two outcomes; until it is whole, it says what
    lacks, and where."""
    client, base = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}"
    tree = "governance/trees/mag-het-met-de-bus"
    keep(
        client, f"{base}/nieuw/governance/trees/",
        title="Mag het met de bus?", purpose="Dan weet je het.",
    )  # fmt: skip
    for words, result in (("Ja, het mag.", "allowed"), ("Vraag het na.", "ask-further")):
        keep(client, f"{base}/nieuw/{tree}/outcomes/", text=words, result=result)
    rows = {
        "options-0-label": "ja", "options-0-outcome": "ja-het-mag",
        "options-1-label": "nee", "options-1-outcome": "vraag-het-na",
    }  # fmt: skip
    keep(
        client, f"{base}/nieuw/{tree}/nodes/", question="Is er een bus?", help="Kijk.", **rows
    )  # fmt: skip
    page = client.get(f"{base}/")
    assert f"{base}/deel/{tree}/" in {p["address"] for p in page.context["wrong"]}

    keep(client, f"{base}/deel/{tree}/", start="is-er-een-bus")
    group = now(draft, "governance", "groups")[0]
    keep(
        client, f"{base}/deel/governance/groups/{group['key']}/",
        trees=[*group["trees"], "mag-het-met-de-bus"],
    )  # fmt: skip

    node = now(draft, *tree.split("/"), "nodes", "is-er-een-bus")
    assert node["options"] == [
        {"key": "ja", "label": {"nl": "ja"}, "outcome": "ja-het-mag"},
        {"key": "nee", "label": {"nl": "nee"}, "outcome": "vraag-het-na"},
    ]
    wrong = Draft.objects.get(pk=draft.pk).problems_in(
        "governance.yaml", "trees[mag-het-met-de-bus]"
    )
    assert wrong == []


def test_what_a_check_says_stands_at_its_field(draft: Draft, sign_in: SignIn) -> None:
    """A block names a field that is not there: kept, told at its text, not published."""
    client = sign_in("umbrella_admin")
    address = f"/kader/ontwerp/{draft.pk}/deel/agreement/blocks/shared-goal/"

    answer = keep(client, address, text="Wij doen {dit} samen.")

    assert answer.headers["Location"] == address
    page = client.get(address)
    errors = page.context["shown"].form.errors
    assert any("{dit}" in words and "Voeg het veld toe" in words for words in errors["text"])
    assert "Voeg het veld toe" in page.content.decode()


@pytest.mark.parametrize(
    ("file", "name", "change", "field"),
    [
        ("surveys", "sets", {"title": ""}, "title"),
        ("surveys", "sets", {"minimum_answers": "0"}, "minimum_answers"),
        ("surveys", "sets", {"max_questions": "veel"}, "max_questions"),
        ("vocab", "themes", {"key_competences": "een"}, "key_competences"),
        ("factors", "working_factors", {"actions_when_low_en": "x"}, "actions_when_low_en"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays(
    file: str, name: str, change: dict[str, str], field: str, draft: Draft, sign_in: SignIn
) -> None:
    where = f"{file}/{name}/{draft.data[file][name][0]['key']}"

    page = keep(sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/deel/{where}/", **change)

    assert page.status_code == 200
    assert field in page.context["shown"].form.errors
    assert Draft.objects.get(pk=draft.pk).version == 1


def test_rows_move_go_and_are_added(draft: Draft, sign_in: SignIn) -> None:
    template = draft.data["vocab"]["decision_templates"][0]
    keys = [row["key"] for row in template["options"]]
    address = f"/kader/ontwerp/{draft.pk}/deel/vocab/decision_templates/{template['key']}/"

    keep(
        sign_in("umbrella_admin"), address,
        **{
            "options-0-row_place": "9", "options-1-row_gone": "on",
            f"options-{len(keys)}-label": "Later", f"options-{len(keys)}-meaning": "Niet nu.",
            f"options-{len(keys)}-effect": "concern", f"options-{len(keys)}-reason": "asked",
        },
    )  # fmt: skip

    found = [
        r["key"] for r in now(draft, "vocab", "decision_templates", template["key"], "options")
    ]
    assert sorted(found) == sorted([*keys[2:], "later", keys[0]])
    assert found[-1] == keys[0]


def test_what_the_product_counts_on_is_reworded_but_not_taken_out(
    draft: Draft, sign_in: SignIn
) -> None:
    client, base = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}"
    keep(client, f"{base}/deel/framework/gates/closing/", title="Klaar om te sluiten?")

    assert now(draft, "framework", "gates", "closing")["title"]["nl"] == "Klaar om te sluiten?"
    assert client.get(f"{base}/nieuw/framework/gates/").status_code == 404
    address = f"{base}/deel/framework/gates/closing/"
    assert client.post(address, {"wat": "weg", "version": "2"}).status_code == 404
    assert client.get(f"{base}/nieuw/factors/working_factors/").status_code == 404


def test_a_thing_is_taken_out_and_what_leaned_on_it_is_told(draft: Draft, sign_in: SignIn) -> None:
    client, base = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}"

    client.post(
        f"{base}/deel/framework/situations/photos/", {"wat": "weg", "version": "1", "seen": ""}
    )

    assert "photos" not in {row["key"] for row in now(draft, "framework", "situations")}
    told = client.get(f"{base}/").context["wrong"]
    assert any("photos" in p["message"] and p["address"] != f"{base}/" for p in told)


def test_a_list_is_put_in_another_order(draft: Draft, sign_in: SignIn) -> None:
    keys = [row["key"] for row in draft.data["vocab"]["themes"]]
    address = f"/kader/ontwerp/{draft.pk}/lijst/vocab/themes/"

    sign_in("umbrella_admin").post(address, {"wat": "omhoog", "key": keys[1], "version": "1"})

    assert [row["key"] for row in now(draft, "vocab", "themes")] == [keys[1], keys[0], *keys[2:]]


def reworded_theme(key: str, data: Any) -> dict[str, Any]:
    thing = {**places.find(data, ("vocab", "themes", key)).data, "label": {"nl": "Van haar"}}
    return places.put(data, ("vocab", "themes", key), thing)


def test_two_at_the_same_thing_see_both_and_two_at_other_things_notice_nothing(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    one, two = (row["key"] for row in draft.data["vocab"]["themes"][:2])
    client, base = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/deel/vocab/themes"
    pages = {key: client.get(f"{base}/{key}/") for key in (one, two)}
    actions.change(
        draft, actor=world.actor("umbrella_admin"), version=1,
        how=partial(reworded_theme, one), what="x",
    )  # fmt: skip

    def send(key: str) -> Any:
        return client.post(f"{base}/{key}/", typed_on(pages[key], label="Van mij"))

    assert send(two).status_code == 302
    page = send(one)
    assert ("Naam", "Van haar") in page.context["theirs"]
    assert "Van mij" in page.content.decode()
    assert now(draft, "vocab", "themes", one)["label"] == {"nl": "Van haar"}
    pages[one] = page
    assert send(one).status_code == 302
    assert now(draft, "vocab", "themes", one)["label"]["nl"] == "Van mij"


def take_out(world: World, draft: Draft, path: tuple[str, ...]) -> None:
    fresh = Draft.objects.get(pk=draft.pk)
    actions.change(
        fresh, actor=world.actor("umbrella_admin"), version=fresh.version, what="x",
        how=partial(places.without, path=path),
    )  # fmt: skip


def test_what_was_typed_stays_where_a_colleague_took_the_thing_out(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    key = draft.data["vocab"]["themes"][0]["key"]
    client, address = (
        sign_in("umbrella_admin"),
        f"/kader/ontwerp/{draft.pk}/deel/vocab/themes/{key}/",
    )
    opened = client.get(address)
    take_out(world, draft, ("vocab", "themes", key))

    page = client.post(address, typed_on(opened, label="Van mij"))
    assert page.context["shown"].form.non_field_errors() == [str(saving.GONE)]
    assert "Van mij" in page.content.decode()
    assert key not in {row["key"] for row in now(draft, "vocab", "themes")}

    assert client.post(address, typed_on(page, label="Van mij")).status_code == 302
    assert now(draft, "vocab", "themes", key)["label"]["nl"] == "Van mij"


@pytest.mark.parametrize("way", ["nieuw", "deel"])
def test_what_was_typed_stays_where_a_colleague_took_out_what_it_stands_in(
    way: str, world: World, draft: Draft, sign_in: SignIn
) -> None:
    tree = draft.data["governance"]["trees"][0]
    where = f"governance/trees/{tree['key']}/outcomes/"
    where += f"{tree['outcomes'][0]['key']}/" if way == "deel" else ""
    client, address = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/{way}/{where}"
    page = client.get(address)
    take_out(world, draft, ("governance", "trees", tree["key"]))

    for _time in range(2):
        page = client.post(address, typed_on(page, text="Van mij.", result="allowed"))
        assert page.context["shown"].form.non_field_errors() == [str(saving.GONE)]
        assert "Van mij." in page.content.decode()


def test_the_head_of_a_framework_is_written(draft: Draft, sign_in: SignIn) -> None:
    """Its name, languages, licence, what it leans on, and what it is for."""
    client, address = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/deel/framework/meta/"
    head = {
        "title": "Samen sterk", "description": "Voor onze academies.", "languages": ["nl"],
        "licence__key": "CC0-1.0", "licence__status": "final", "licence__note": "Voor iedereen.",
        "based_on-0-key": "vlor-pointers", "based_on-1-row_gone": "on",
        "based_on-2-row_gone": "on",
    }  # fmt: skip
    use = draft.data["framework"]["meta"]["based_on"][0]["use"]

    keep(client, address, **head)

    meta = now(draft, "framework", "meta")
    fixed = {name: draft.data["framework"]["meta"][name] for name in ("key", "kind", "version")}
    assert meta == {
        **fixed, "title": {**draft.data["framework"]["meta"]["title"], "nl": "Samen sterk"},
        "description": {
            **draft.data["framework"]["meta"]["description"], "nl": "Voor onze academies.",
        },
        "languages": ["nl"], "source_language": "nl",
        "licence": {
            "key": "CC0-1.0", "status": "final",
            "note": {**draft.data["framework"]["meta"]["licence"]["note"], "nl": "Voor iedereen."},
        },
        "based_on": [{"key": "vlor-pointers", "use": use}],
    }  # fmt: skip
    fresh = Draft.objects.get(pk=draft.pk)
    assert str(fresh.own) == "Samen sterk"
    assert [p for p in fresh.problems if not p["advice"]] == []


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": ""}, "title", ""),
        ({"languages": []}, "languages", "Voeg nl toe."),
        ({"licence__key": ""}, "licence__key", ""),
    ],
)
def test_what_is_wrong_in_the_head_stands_at_its_field(
    change: dict[str, Any], field: str, words: str, draft: Draft, sign_in: SignIn
) -> None:
    """Without a shape it is refused; what the checks say is kept and told."""
    client, address = sign_in("umbrella_admin"), f"/kader/ontwerp/{draft.pk}/deel/framework/meta/"

    answer = keep(client, address, **change)

    page = answer if answer.status_code == 200 else client.get(address)
    assert words in " ".join(page.context["shown"].form.errors[field])


def test_what_a_tree_uses_and_keeps_is_chosen(draft: Draft, sign_in: SignIn) -> None:
    where = ("governance", "trees", "minors-check")
    address = f"/kader/ontwerp/{draft.pk}/deel/{'/'.join(where)}/"
    chosen = {"uses": ["council-bodies"], "stores": ["outcome"], "never_stores": ["extract"]}

    keep(sign_in("umbrella_admin"), address, **chosen)
    assert {name: now(draft, *where)[name] for name in chosen} == chosen

    keep(sign_in("umbrella_admin"), address, **{name: [] for name in chosen})
    assert not set(chosen) & set(now(draft, *where))


@pytest.mark.parametrize(
    "where",
    ["deel/vocab/nothing", "deel/vocab/themes/nothing", "deel/framework/criteria/fits-age",
     "lijst/vocab", "deel/x/y", "nieuw/vocab/themes/media",
     "deel/vocab/themes"],
)  # fmt: skip
def test_what_is_no_place_is_not_found(where: str, draft: Draft, sign_in: SignIn) -> None:
    assert sign_in("umbrella_admin").get(f"/kader/ontwerp/{draft.pk}/{where}/").status_code == 404


def test_a_school_has_no_such_pages(questions: Draft, sign_in: SignIn) -> None:
    address = f"/kader/ontwerp/{questions.pk}/lijst/vocab/themes/"
    assert sign_in("head").get(address).status_code == 404


@pytest.mark.parametrize(
    ("path", "change", "number"),
    [
        (("framework", "meta"), {"title": {"nl": "Samen sterk"}}, "1.0.1"),
        (("framework", "sources", "own"), {"name": {"nl": "Eigen werk"}}, "1.0.1"),
        (("framework", "situations", "photos"), {"help": {"nl": "Ook filmpjes."}}, "1.0.1"),
        (("framework", "criteria", "fits-age"), {"rubrics": ["policy"]}, "1.0.1"),
        (("vocab", "meta"), {"title": {"nl": "Woorden"}}, "1.0.1"),
        (("governance", "trees", "minors-check"), {"stores": ["outcome"]}, "1.1.0"),
    ],
)
def test_whatever_was_changed_can_be_published(
    path: tuple[str, ...], change: dict[str, Any], number: str, world: World, draft: Draft
) -> None:
    keeper = world.actor("umbrella_admin")
    actions.publish_framework(draft, actor=keeper, version=1)
    fresh = Draft.objects.get(pk=draft.pk)
    thing = {**places.find(fresh.data, path).data, **change}
    how = partial(places.put, path=path, thing=thing)
    actions.change(fresh, actor=keeper, version=fresh.version, how=how, what="x")

    made = actions.publish_framework(fresh, actor=keeper, version=fresh.version + 1)

    assert made.version == number
