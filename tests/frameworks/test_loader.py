"""Errors name file, line, place and remedy; all of them at once."""

from pathlib import Path

import pytest

from partnerwijzer.frameworks import loader
from partnerwijzer.frameworks.problems import ContentError, Problem
from tests.frameworks.conftest import SHIPPED, Edit


def said(problems: list[Problem]) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.place, p.message) for p in problems]


def test_the_shipped_content_has_nothing_to_mend() -> None:
    assert loader.check(SHIPPED) == []


def test_a_problem_reads_as_one_sentence_with_place_and_remedy(folder: Path, edit: Edit) -> None:
    line = edit(
        "framework", "step: know-partner\n    attention", "step: know-partnr\n    attention"
    )

    (problem,) = loader.check(folder)

    assert str(problem) == (
        f"framework.yaml, regel {line} (criteria[fits-school-project].step):"
        " ‘know-partnr’ kan hier niet. Kies een van: know-partner, hear-others, agree-first,"
        " decide-together, stay-in-charge, look-back."
    )


# file, what stood there, what stands there now, part of the message, part of the remedy
ON_ITS_LINE = [
    ("framework", "    guidance:\n", "    guidence:\n", "‘guidence’ is hier geen", "‘guidance’?"),
    ("framework", "essential: true", 'essential: "ja"', "Hier hoort ja of nee.", "true of false"),
    ("framework", "    order: 1\n", '    order: "1"\n', "Hier hoort een geheel getal.", "zonder"),
    ("framework", "rubrics: [policy]", "rubrics: policy", "Hier hoort een lijst.", "[a, b]"),
    ("framework", "rubrics: [policy]", "rubrics: [polici]", "‘polici’ bestaat niet", "‘policy’?"),
    ("framework", "point: own-project", "point: own", "‘own’ bestaat niet", "Kies een van"),
    ("framework", "[K1, S1.1]", "[K1, S1.9]", "‘S1.9’ bestaat niet: punt van de missie", "‘S1"),
    ("framework", "-partners, goals]", "-partners, goal]", "‘goal’ bestaat niet: bron", "‘goals’?"),
    ("framework", "when: [sensitive-theme]", "when: [sensitive]", "niet: situatie", "-theme’?"),
    (
        "framework",
        "themes: [dutch-and",
        "themes: [nope, dutch-and",
        "‘nope’ bestaat niet",
        "citize",
    ),
    ("framework", "trees: [council]", "trees: [councils]", "bestaat niet: boom.", "‘council’?"),
    ("framework", "gate: positive-decision", "gate: null", "is geen poort die", "Kies een poort"),
    ("framework", "    gate: null", "    gate: closing", "heeft een poort", "gate: null"),
    ("framework", "no-blocker]", "no-blockers]", "‘no-blockers’ kan hier niet.", "no-blocker,"),
    ("framework", "[not-in-order, not", "[bad, not", "‘bad’ kan hier niet.", "in-order"),
    (
        "framework",
        "key: identity-checked",
        "key: goals-named",
        "staat al op regel",
        "eigen sleutel",
    ),
    ("framework", "key: identity-checked", "key: Id_Ch", "geen goede sleutel", "Kleine letters"),
    ("framework", "key: identity-checked", f"key: {'x' * 61}", "Dit is te lang.", "60 tekens"),
    ("framework", 'version: "1.0.0"', 'version: "1.0"', "‘1.0’ is geen versie.", "1.4.0"),
    ("factors", "mission: [W2]", "mission: [W1]", "niet W1 tot W7", "één van die nummers"),
    ("factors", "group: contact", "group: contacts", "bestaat niet: groep.", "‘contact’?"),
    ("factors", "about: both", "about: all", "‘all’ kan hier niet.", "partner, school, both"),
    ("surveys", "levels: [kleuter,", "levels: [peuter,", "bestaat niet: niveau.", "‘kleuter’?"),
    ("surveys", "_answers: 5", "_answers: 4", "resultaten al vanaf 4", "vanaf 5"),
    ("surveys", "may_change: false}", "may_change: true}", "altijd anoniem", "may_change: false"),
    ("surveys", "core: learned", "core: learnt", "bestaat niet: kernvraag.", "‘learned’?"),
    ("surveys", "from: factors.smooth", "from: factors.smoth", "uit te kiezen", "s.smooth’?"),
    ("surveys", "band: negative", "band: bad", "‘bad’ bestaat niet: band.", "middle"),
    (
        "agreement",
        "is {school_contact}",
        "is {contact}",
        "{contact} staat in de tekst",
        "{school_c",
    ),
    ("agreement", "tree: photos", "tree: pictures", "‘pictures’ bestaat niet: boom.", "photos"),
    ("agreement", "when: grant", "when: grants", "bestaat niet: aanleiding.", "‘grant’?"),
    ("agreement", ". Dit komt niet aan bod:", ", niet", "mengt verplichte en vrije", "twee zinnen"),
    ("agreement", "group: money", "group: cash", "‘cash’ bestaat niet: groep.", "money"),
    ("agreement", "De partner stuurt de", "Voor 5 euro stuurt", "staat een bedrag.", "beheerder"),
    ("governance", "start: what-is-seen", "start: what-is-sen", "‘what-is-sen’", "‘what-is-seen’?"),
    ("governance", "next: good-taste}", "next: taste}", "vraag van deze boom.", "‘good-taste’?"),
    ("governance", "duty: inform\n", "duty: informs\n", "bestaat niet: plicht.", "‘inform’?"),
    (
        "governance",
        "clock: consultation\n",
        "clock: consult\n",
        "niet: termijn.",
        "‘consultation’?",
    ),
    ("governance", "[parents-share]", "[parent-share]", "bestaat niet: blok.", "‘parents-share’?"),
    ("governance", "during: council-holidays", "during: holidays", "niet: schorsing.", "council-h"),
    ("vocab", "parent: lager,", "parent: lagere,", "‘lagere’ bestaat niet: niveau.", "‘lager’?"),
    ("vocab", "situation: political", "situation: politics", "niet: situatie.", "‘political’?"),
    ("vocab", "competences: [2]", "competences: [17]", "sleutelcompetentie 17", "1 tot 16"),
    ("vocab", "rung: 3\n", "rung: 4\n", "De treden zijn", "0, 1, 2, 3, 4, 5"),
    ("vocab", "effect: supports", "effect: likes", "‘likes’ kan hier niet.", "supports"),
]


@pytest.mark.parametrize(("file", "old", "new", "message", "remedy"), ON_ITS_LINE)
def test_a_mistake_is_named_with_its_file_line_and_remedy(
    folder: Path, edit: Edit, file: str, old: str, new: str, message: str, remedy: str
) -> None:
    line = edit(file, old, new)

    found = [p for p in loader.check(folder) if message in p.message]

    assert [(p.file, p.line) for p in found] == [(f"{file}.yaml", line)]
    assert remedy in found[0].remedy
    with pytest.raises(ContentError):
        loader.load(folder)


@pytest.mark.parametrize(
    ("file", "old", "place", "message"),
    [
        (
            "framework",
            "    essential: true\n",
            "criteria[fits-school-project].essential",
            "‘essential’ ontbreekt.",
        ),
        (
            "surveys",
            "        max_length: 300\n",
            "sets[pupils-lager].questions[want-to-say]",
            "Een vraag met vrije tekst zonder grens.",
        ),
        (
            "governance",
            "[advertising-sponsoring, trade, politics, cost-for-parents]",
            "groups[careful-governance].trees",
            "Hier hoort een lijst.",
        ),
    ],
)
def test_what_is_missing_is_named_where_it_should_be(
    folder: Path, edit: Edit, file: str, old: str, place: str, message: str
) -> None:
    edit(file, old, "")

    assert (f"{file}.yaml", place, message) in {
        (p.file, p.place, p.message) for p in loader.check(folder)
    }


def test_a_missing_translation_is_named(folder: Path, edit: Edit) -> None:
    line = edit(
        "framework",
        'title: {nl: "Leer de organisatie kennen", en: "Get to know the organisation"}',
        'title: {nl: "Leer de organisatie kennen"}',
    )

    assert said(loader.check(folder)) == [
        (
            "framework.yaml",
            line,
            "steps[know-partner].title.en",
            "De tekst in het Engels ontbreekt.",
        )
    ]


def test_text_without_languages_is_named(folder: Path, edit: Edit) -> None:
    line = edit("vocab", "help: {nl: ", "help: Iemand # {nl: ")

    assert said(loader.check(folder)) == [
        (
            "vocab.yaml",
            line,
            "partner_kinds[subject-expert].help",
            "‘help’ is tekst voor mensen: die staat in twee talen.",
        )
    ]


def test_several_mistakes_in_several_files_are_told_at_once(folder: Path, edit: Edit) -> None:
    first = edit("framework", "    light: true\n", "")
    second = edit("agreement", "kind: money", "kind: cash")
    third = edit("vocab", "group: support", "group: supports")

    problems = loader.check(folder)

    assert [(p.file, p.message) for p in problems] == [
        ("framework.yaml", "‘light’ ontbreekt."),
        ("agreement.yaml", "‘cash’ kan hier niet."),
        ("vocab.yaml", "‘supports’ bestaat niet: groep."),
    ]
    assert abs(problems[0].line - first) < 30
    assert [problems[1].line, problems[2].line] == [second, third]
    with pytest.raises(ContentError) as error:
        loader.load(folder)
    assert error.value.problems == problems


def test_a_file_that_cannot_be_read_is_one_problem(folder: Path, edit: Edit) -> None:
    edit("vocab", "partner_groups:\n", "partner_groups: [\n")

    (problem,) = loader.check(folder)

    assert problem.file == "vocab.yaml"
    assert "niet te lezen" in problem.message


@pytest.mark.parametrize("file", ["framework", "factors", "vocab", "governance", "agreement"])
def test_a_missing_file_is_one_problem(folder: Path, file: str) -> None:
    (folder / f"{file}.yaml").unlink()

    (problem,) = loader.check(folder)

    assert (problem.file, problem.message) == (f"{file}.yaml", "Dit bestand ontbreekt.")


def test_a_folder_without_files_names_all_six(tmp_path: Path) -> None:
    assert len(loader.check(tmp_path)) == 6


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "factors.yaml").write_bytes("meta: é".encode("latin-1"))

    (problem,) = loader.check(folder)

    assert problem.message == "Dit bestand is niet als UTF-8 bewaard."


def test_six_files_have_one_version(folder: Path, edit: Edit) -> None:
    edit("surveys", 'version: "1.0.0"', 'version: "1.0.1"')

    (problem,) = loader.check(folder)

    assert problem.message == "De zes bestanden hebben niet dezelfde versie."
    assert problem.remedy == "Geef elk bestand versie 1.0.0."


def test_a_pupil_survey_has_six_questions_at_most(folder: Path, edit: Edit) -> None:
    edit("surveys", "max_questions: 6", "max_questions: 7")

    assert [p.remedy for p in loader.check(folder)] == ["Hou er hoogstens 6 over."]


def test_questions_that_go_round_are_named(folder: Path, edit: Edit) -> None:
    edit(
        "governance",
        "outcome: does-not-fit}\n      - key: still",
        "next: fits-task}\n      - key: still",
    )

    messages = [p.message for p in loader.check(folder)]

    assert "Deze vragen draaien in een kring: what-is-seen" in messages[0]


def test_an_outcome_that_is_never_reached_is_named(folder: Path, edit: Edit) -> None:
    line = edit("governance", "outcome: against-own-vision}", "outcome: sponsoring-ok}")

    (problem,) = loader.check(folder)

    assert problem.message == "Hier kom je nooit."
    assert problem.place == "trees[advertising-sponsoring].outcomes[against-own-vision]"
    assert problem.line > line


def test_nothing_is_forbidden_that_was_not_verified(folder: Path) -> None:
    text = (folder / "governance.yaml").read_text()
    start = text.index("- key: ask-place")
    spoiled = text[start:].replace("result: ask-further", "result: not-allowed", 1)
    (folder / "governance.yaml").write_text(text[:start] + spoiled)

    assert [p.message for p in loader.check(folder)] == ["Dit verbiedt iets wat niet nagekeken is."]


def test_who_leans_on_another_says_whether_it_was_read(folder: Path, edit: Edit) -> None:
    edit("framework", "    source: [own]\n", "    source: [own, kbo]\n")

    (problem,) = loader.check(folder)

    assert problem.message == "Er is een bron, maar niet gezegd of die nagekeken is."


def test_stiff_words_and_long_sentences_are_advice_and_stop_nothing(
    folder: Path, edit: Edit
) -> None:
    edit(
        "framework", "Je weet met wie je te maken hebt", "Gelieve te weten met wie je te maken hebt"
    )

    (problem,) = loader.check(folder)

    assert problem.advice
    assert problem.message == "‘Gelieve’ is een stijf of vreemd woord."
    assert loader.load(folder).framework.step["know-partner"].purpose.nl.startswith("Gelieve")


def test_a_level_cannot_be_part_of_itself(folder: Path, edit: Edit) -> None:
    edit("vocab", "{key: lager, parent: null,", "{key: lager, parent: lager-graad-1,")

    problems = loader.check(folder)

    assert {p.message for p in problems} == {"Dit niveau hoort bij zichzelf."}


def test_a_path_of_one_computer_does_not_belong_in_content(folder: Path, edit: Edit) -> None:
    line = edit("factors", "# Seven working factors", "# /home/jan/notes # Seven working factors")

    (problem,) = loader.check(folder)

    assert (problem.line, problem.message) == (line, "Hier staat een pad van één computer.")


def test_a_comment_does_not_change_the_digest(folder: Path, edit: Edit) -> None:
    before = loader.read(folder)
    edit("factors", "# Seven working factors", "# The seven working factors")
    after = loader.read(folder)

    assert after.digest == before.digest
    assert after.files_digest != before.files_digest


def test_a_changed_word_changes_the_digest(folder: Path, edit: Edit) -> None:
    before = loader.read(folder).digest
    edit("factors", "Goed bereikbaar", "Vlot bereikbaar")

    assert loader.read(folder).digest != before


def test_who_waits_for_each_answer_hides_no_positions(folder: Path, edit: Edit) -> None:
    """Somebody who is ill for long would keep the head from ever deciding."""
    edit("vocab", "counts_as: absent", "counts_as: waits")

    found = [p for p in loader.check(folder) if "standpunten niet verbergen" in p.message]

    assert ["op off" in p.remedy for p in found] == [True]
