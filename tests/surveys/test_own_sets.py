"""Question sets that a school or an umbrella builds itself (issue 4, C12)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partnerwijzer.access.versions import Conflict
from partnerwijzer.surveys import actions, building, queries, sets
from partnerwijzer.surveys import questions as stored
from partnerwijzer.surveys.building import Wish
from partnerwijzer.surveys.forms.ownsets import QuestionForm
from partnerwijzer.surveys.models import OwnEdition, OwnSet, Survey
from tests.surveys.conftest import ask, fill
from tests.surveys.test_staff_pages import queries_of

TEXT = Wish("Wat bleef je bij?", "text")
SCALE = Wish("Was de zaal toegankelijk?", "scale5", unknown=True)
LIST = Wish("Hoe kwam je?", "choice", options=("te voet", "", "met de fiets", "te voet"))
YES = Wish("Kom je nog eens?", building.YES_NO)
AGREE = Wish("Ons bos moet blijven.", building.YES_NO, options=("eens", "oneens"))
ORDER = Wish("Waar wil je heen?", "rank", options=("het bos", "de zee", "de stad"), unknown=True)


@pytest.fixture
def head(world):
    return world.actor("head")


def blank(content, audience="anyone"):
    return building.empty(content, audience, key="own-1", title="Onze vragen")


def newest(own_set: OwnSet) -> OwnEdition:
    return own_set.editions.order_by("-number")[0]


def version_of(own_set: OwnSet) -> int:
    return OwnSet.objects.get(pk=own_set.pk).version


@pytest.fixture
def begin(world, framework, head):
    def make(owner: Any = None, by: Any = None, **given: Any) -> OwnSet:
        return actions.begin_set(
            owner or world.school,
            actor=by or head,
            framework=framework,
            **{"title": "Onze theaterdag", "audience": "anyone", **given},
        )

    return make


@pytest.fixture
def own(begin, head) -> OwnSet:
    """Released, with two questions."""
    own_set = begin()
    for wish in (SCALE, TEXT):
        actions.put_question(own_set, actor=head, version=version_of(own_set), wish=wish)
    return release(own_set, head)


def release(own_set: OwnSet, by: Any) -> OwnSet:
    actions.release_set(own_set, actor=by, version=version_of(own_set))
    return OwnSet.objects.get(pk=own_set.pk)


# What is built


@pytest.mark.parametrize(
    ("wish", "kind", "labels"),
    [
        (SCALE, "scale5", ["helemaal niet", "eerder niet", "zo half", "eerder wel",
                           "helemaal wel", "dat weet ik niet"]),
        (YES, "choice", ["ja", "nee"]),
        (LIST, "choice", ["te voet", "met de fiets"]),
        (AGREE, "choice", ["eens", "oneens"]),
        (ORDER, "rank", ["het bos", "de zee", "de stad"]),
        (TEXT, "text", []),
    ],
)  # fmt: skip
def test_each_kind_of_question_is_asked_as_it_was_typed(content, wish, kind, labels):
    row = sets.compose(content, building.put(blank(content), wish))[0]

    found = [option["label"]["nl"] for option in row.get("options", [])]
    assert (row["kind"], row["text"]["nl"], found) == (kind, wish.text, labels)


def test_a_question_reads_back_as_it_was_typed_and_keeps_its_key_and_its_answers(content):
    built = building.put(building.put(blank(content), TEXT), LIST)
    asked = built.questions[1]
    changed = building.put(
        built,
        Wish("Hoe kwam je naar ons?", "choice", options=("met de fiets", "met de bus")),
        "q-2",
    )

    assert building.wish_of(asked) == Wish(
        "Hoe kwam je?", "choice", options=("te voet", "met de fiets")
    )
    assert [q.key for q in changed.questions] == ["q-1", "q-2"]
    assert [(o.key, o.label.nl) for o in changed.questions[1].options] == [
        ("o-2", "met de fiets"),
        ("o-3", "met de bus"),
    ]


def test_a_free_text_says_that_names_do_not_belong_in_it(content):
    row = sets.compose(content, building.put(blank(content), TEXT))[0]

    assert row["help"]["nl"] == "Schrijf geen namen van mensen op."


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish("  ", "text"), "Schrijf de vraag."),
        (Wish("x" * 201, "text"), "Maak je eigen vraag korter: hoogstens 200 tekens."),
        (Wish("Welke?", "choice", options=("een",)), "Schrijf 2 tot 12 antwoorden"),
        (Wish("Welke?", "multi", options=("een", "t" * 121)), "Maak dit antwoord korter"),
        (Wish("Welke?", "rank", options=("een", "een")), "Schrijf 2 tot 12 antwoorden"),
        (Wish("Kom je?", building.YES_NO, options=("graag",)), "Schrijf voor ja en nee twee"),
    ],
)
def test_a_question_that_cannot_be_says_what_to_do(content, wish, says):
    with pytest.raises(sets.SetProblem, match=says.replace(".", r"\.")):
        building.put(blank(content), wish)


@pytest.mark.parametrize("audience", ["pupils", "parents", "alumni"])
def test_nobody_is_asked_for_a_name_where_answers_are_anonymous(content, audience):
    with pytest.raises(sets.SetProblem, match="wie antwoordt, moet onbekend kunnen blijven"):
        building.put(blank(content, audience), Wish("Wat is je naam?", "text"))


def test_an_audience_keeps_what_the_framework_promises_it(content):
    """Pupils are asked at most six questions, always without name, shown from five (S5.3, M7)."""
    built = blank(content, "pupils")
    for number in range(6):
        built = building.put(built, Wish(f"Vraag {number}?", "smiley5"))

    assert (sets.is_anonymous(built, wished=False), sets.least_answers(built, True)) == (True, 5)
    with pytest.raises(sets.SetProblem, match="hoogstens 6 vragen"):
        building.put(built, YES)


def test_every_ready_set_can_be_taken_as_a_beginning_and_asked(content):
    for ready in content.surveys.sets:
        built = building.copy_of(ready, key="own-1", title="Van ons")

        building.check_ready(built)
        rows = sets.compose(content, built, situations=["money-from-parents"])
        assert len(rows) <= sets.most_questions(ready)
        assert str(built.title) == "Van ons"


def test_the_words_of_a_core_question_stay_because_answers_are_compared(content):
    built = building.copy_of(content.surveys.set["pupils-lager"], key="own-1")

    with pytest.raises(sets.SetProblem, match="ligt vast"):
        building.put(built, YES, "learned")
    assert "learned" not in building.without(built, "learned").question
    assert building.moved(built, "clear", up=True).questions[0].key == "clear"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_of_our_own_are_kept_in_both_languages_whoever_builds_the_set(content, language):
    with translation.override(language):
        built = building.put(blank(content), YES)

    yes, no = (option.label.model_dump() for option in built.questions[0].options)
    assert (yes, no) == ({"nl": "ja", "en": "yes"}, {"nl": "nee", "en": "no"})
    assert (built.intro.nl, built.thanks.nl) == (
        "Enkele korte vragen van onze school.", "Dank je wel.",
    )  # fmt: skip
    assert (built.intro.en, built.thanks.en) == (
        "Some short questions from our school.", "Thank you.",
    )  # fmt: skip


def test_own_words_for_yes_and_no_stay_and_can_be_taken_back(content):
    """“Eens” and “oneens” were typed by somebody: another word in the question leaves them."""
    built = building.put(blank(content), AGREE)

    again = building.put(built, retyped(built.questions[0], text="Onze zee moet blijven."), "q-1")
    ready = building.put(again, retyped(again.questions[0], options=""), "q-1")

    said = [[(o.key, o.label.nl) for o in one.questions[0].options] for one in (again, ready)]
    assert said == [[("yes", "eens"), ("no", "oneens")], [("yes", "ja"), ("no", "nee")]]


def test_a_ranking_asks_for_as_many_places_as_were_chosen(content):
    built = building.put(blank(content), retyped(building.put(blank(content), ORDER).questions[0]))
    two = building.put(built, retyped(built.questions[0], most="2"), "q-1")

    asked = [stored.read(sets.compose(content, one))[0] for one in (built, two)]
    assert [list(q.places) for q in asked] == [[1, 2, 3], [1, 2]]
    assert stored.clean(asked[1:], {"q-1": ["o-3", "o-1"]}) == {"q-1": ["o-3", "o-1"]}
    with pytest.raises(stored.WrongAnswers, match="q-1"):
        stored.clean(asked[1:], {"q-1": ["o-3", "o-3"]})


SETTINGS = ["kind", "max_choices", "max_length", "later", "first", "optional", "options"]


def retyped(question: Any, **typed: Any) -> Wish:
    """The form as the page gives it for a question, with something typed otherwise."""
    earlier = building.wish_of(question)
    form = QuestionForm(version=1, earlier=earlier)
    sent = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    form = QuestionForm(sent | typed, version=1, earlier=earlier)
    assert form.is_valid(), form.errors
    return form.wish()


def test_another_word_in_a_copied_question_leaves_its_settings(content):
    """Of all ready sets: how many may be chosen, how long a text, what stands folded away."""
    for ready in content.surveys.sets:
        built = building.copy_of(ready, key="own-1")
        for asked in (q for q in built.questions if not building.is_fixed(q)):
            wish = retyped(asked, text="Met een ander woord?")
            after = building.put(built, wish, asked.key).question[asked.key]

            for name in SETTINGS:
                assert getattr(after, name) == getattr(asked, name), (ready.key, asked.key, name)
            assert (after.text.nl, after.text.en, after.read_aloud) == (
                "Met een ander woord?", "", None,
            )  # fmt: skip
            assert building.put(built, retyped(asked), asked.key).question[asked.key] == asked


def test_a_question_that_is_answered_otherwise_keeps_only_for_which_situations_it_is(content):
    given = building.kept(building.put(blank(content), LIST))
    more = {"max_choices": 2, "later": True, "first": ["o-1"], "when": ["money-from-parents"]}
    given["questions"][0] |= {"kind": "multi", **more}
    built = building.read(given)

    fewer = building.put(built, retyped(built.questions[0], options="te voet\nmet de bus"), "q-1")
    other = building.put(built, retyped(built.questions[0], kind="text"), "q-1")

    assert [
        (q.max_choices, q.later, q.first, q.when) for q in fewer.questions + other.questions
    ] == [
        (2, True, ("o-1",), ("money-from-parents",)),
        (None, False, (), ("money-from-parents",)),
    ]


# Draft, release, use


def test_a_released_set_does_not_change_a_change_makes_the_next_version(own, head):
    first = newest(own)
    before = dict(first.kept)

    actions.remove_question(own, actor=head, version=own.version, key="q-1")

    first.refresh_from_db()
    own.refresh_from_db()
    assert (first.kept, own.released_id) == (before, first.pk)
    assert [(e.number, len(e.kept["questions"])) for e in own.editions.all()] == [(2, 1), (1, 2)]
    assert release(own, head).released.number == 2


def test_a_draft_can_be_thrown_away_and_an_empty_one_is_not_released(own, begin, head):
    actions.move_question(own, actor=head, version=own.version, key="q-2", up=True)
    actions.drop_draft(own, actor=head, version=version_of(own))
    assert [e.number for e in own.editions.all()] == [1]

    empty = begin()
    with pytest.raises(sets.SetProblem, match="Er staat nog geen vraag in"):
        release(empty, head)
    actions.drop_draft(empty, actor=head, version=version_of(empty))
    assert not OwnSet.objects.filter(pk=empty.pk).exists()


def test_of_two_people_who_change_a_set_one_is_told(own, head, world):
    actions.put_question(own, actor=head, version=own.version, wish=YES)

    with pytest.raises(Conflict):
        actions.put_question(own, actor=world.actor("coordinator"), version=own.version, wish=LIST)


def test_a_survey_of_an_own_set_keeps_its_questions(own, head, make_survey):
    survey = make_survey("", own=own.released, title="Wie kent De Vonk?")
    actions.put_question(own, actor=head, version=own.version, wish=YES)
    release(own, head)

    assert [q.text for q in survey.asked] == ["Was de zaal toegankelijk?", "Wat bleef je bij?"]
    assert (survey.set_key, survey.audience, survey.anonymous) == (
        f"own-{own.pk}-1",
        "anyone",
        False,
    )
    assert queries.uses_of([own]) == {own.pk: 1}


def test_a_set_that_was_put_away_or_replaced_is_not_asked_any_more(own, head, make_survey):
    actions.retire_set(own, actor=head)
    with pytest.raises(actions.Refused, match="opgeborgen"):
        make_survey("", own=own.released)
    actions.restore_set(own, actor=head)
    old = own.released
    actions.put_question(own, actor=head, version=own.version, wish=YES)
    release(own, head)
    with pytest.raises(actions.Refused, match="veranderd"):
        make_survey("", own=old)


def test_anonymous_stays_anonymous_with_an_own_set(begin, head, make_survey):
    """No name, no day, no link; nothing shows under five answers (mission M7)."""
    own_set = begin(audience="", base="pupils-lager")
    actions.put_question(
        own_set, actor=head, version=version_of(own_set), wish=LIST, key="want-to-say"
    )
    survey = make_survey("", own=release(own_set, head).released, anonymous=False)

    fill(survey, *[{"learned": 5, "want-to-say": "o-1"}] * 4)

    assert (survey.anonymous, survey.minimum_answers, bool(survey.code)) == (True, 5, True)
    assert set(survey.responses.values_list("invitation", "day")) == {(None, None)}
    actions.close_survey(survey, actor=head)
    assert queries.results_of(survey).state == "too-few"


def test_an_untouched_survey_takes_another_set_for_the_same_people(
    own, head, ask_around, teacher, begin
):
    taken = actions.change_set(
        ask_around, actor=teacher, version=ask_around.version, own=own.released
    )
    assert [q.key for q in taken.asked] == ["q-1", "q-2"]

    back = actions.change_set(taken, actor=teacher, version=taken.version, set_key="ask-around")
    assert (back.own, back.set_key) == (None, "ask-around")
    pupils = begin(audience="", base="pupils-lager")
    with pytest.raises(sets.SetProblem, match="past niet"):
        actions.change_set(
            back, actor=teacher, version=back.version, own=release(pupils, head).released
        )
    ask(back, teacher)
    with pytest.raises(actions.Refused, match="de vragen blijven zo"):
        actions.change_set(back, actor=teacher, version=back.version, own=own.released)


def test_what_the_school_asks_itself_stays_with_another_set(own, ask_around, teacher):
    mine = sets.OwnQuestion("Wat zei het secretariaat?")
    keys = [q.key for q in ask_around.asked]
    extra = actions.change_questions(
        ask_around, actor=teacher, version=ask_around.version, keys=keys[:-1], own=[mine]
    )

    taken = actions.change_set(extra, actor=teacher, version=extra.version, own=own.released)
    assert [q.key for q in taken.asked] == ["q-1", "q-2", "own-1"]
    back = actions.change_set(taken, actor=teacher, version=taken.version, set_key="ask-around")
    assert sets.own_of(back.questions) == [mine]


# Who


def test_the_head_builds_for_the_school_and_the_umbrella_for_its_schools(
    own, begin, world, framework
):
    keeper = world.actor("umbrella_admin")
    above = begin(world.umbrella, keeper)
    assert above.pk not in [s.pk for s in queries.own_sets(world.actor("teacher"))]
    actions.put_question(above, actor=keeper, version=1, wish=YES)
    release(above, keeper)

    people = ("teacher", "sister", "other_head", "umbrella_admin", "council")
    asks = {name: [s.pk for s in queries.own_sets(world.actor(name))] for name in people}
    assert asks == {
        "teacher": [own.pk, above.pk],
        "sister": [above.pk],
        "other_head": [above.pk],
        "umbrella_admin": [above.pk],
        "council": [],
    }
    assert [e.own_set_id for e in queries.usable_sets(world.school)] == [own.pk, above.pk]
    assert [e.own_set_id for e in queries.usable_sets(world.sister)] == [above.pk]


@pytest.mark.parametrize("who", ["teacher", "sister", "other_head", "umbrella_admin"])
def test_nobody_else_changes_the_set_of_a_school(own, world, who):
    with pytest.raises(PermissionDenied):
        actions.put_question(own, actor=world.actor(who), version=own.version, wish=YES)
    with pytest.raises(Http404):
        queries.get_own_set(world.actor(who), own.pk, to_change=True)


# The pages


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.user("head"))
    return client


def test_a_head_builds_previews_releases_and_asks(client, framework):
    made = client.post(
        reverse("surveys:own_new"), {"begin": "leeg-anyone", "title": "Onze vragen"}, follow=True
    )
    own_set = OwnSet.objects.get()
    page = reverse("surveys:own_question_new", args=[own_set.pk])
    typed = {"version": "1", "text": "Wat bleef?", "kind": "choice", "options": "alles\nniets"}

    wrong = client.post(page, {**typed, "options": "alles"})
    client.post(page, typed)
    late = client.post(page, {**typed, "text": "Te laat?"})
    preview = client.get(reverse("surveys:own_preview", args=[own_set.pk])).content.decode()
    act = reverse("surveys:own_act", args=[own_set.pk])
    client.post(act, {"wat": "klaar", "version": "2"})
    sent = client.post(reverse("surveys:new"), {"set_key": f"own-{own_set.pk}-1"})

    assert made.status_code == 200
    assert (wrong.status_code, "Schrijf 2 tot 12 antwoorden" in wrong.content.decode()) == (
        422,
        True,
    )
    assert (late.status_code, "Wat bleef?" in late.content.decode()) == (422, True)
    assert "Te laat?" in late.content.decode()
    assert "Wat bleef?" in preview
    assert 'value="o-2"' in preview
    survey = Survey.objects.get()
    assert sent.url == reverse("surveys:questions", args=[survey.pk])
    assert (survey.title, [q.text for q in survey.asked]) == ("Onze vragen", ["Wat bleef?"])


def test_the_pages_of_own_sets_ask_few_questions_of_the_database(client, own, begin, head):
    for number in range(4):
        begin(title=f"Lijst {number}")

    assert queries_of(client, reverse("surveys:own_list")) <= 12
    assert queries_of(client, reverse("surveys:own_set", args=[own.pk])) <= 12
