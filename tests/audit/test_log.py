"""The log: what is written, and how it reads."""

from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from partnerwijzer.access.actor import ANONYMOUS, SYSTEM, Actor, guest
from partnerwijzer.audit import log
from partnerwijzer.audit.log import history, history_length, record
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.models import Part
from partnerwijzer.organisations.models import School, SchoolBoard
from tests import worded
from tests.personas import World, make_world

RENAMED, JOINED, UNNAMED = "tests.renamed", "tests.joined", "tests.unnamed"


@pytest.fixture(autouse=True)
def sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(log._sentences, RENAMED, gettext_lazy("{who} noemde de school {name}."))
    monkeypatch.setitem(log._sentences, UNNAMED, "Een collega noemde iets.")
    monkeypatch.setitem(log._sentences, JOINED, "{who} vroeg {members} mee voor {count} dagen.")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def school(world: World) -> School:
    return world.school


@pytest.fixture
def head(world: World) -> Actor:
    return world.actor("head")


def lines(thing: Any, **window: int) -> list[str]:
    return [entry.sentence for entry in history(thing, **window)]


def test_a_line_says_who_did_what(school: School, head: Actor) -> None:
    record(RENAMED, school, actor=head, name="De Linde")

    entry = history(school)[0]
    assert (entry.who, entry.sentence, entry.verb, entry.data) == (
        "Head", "Head noemde de school De Linde.", RENAMED, {"name": "De Linde"},
    )  # fmt: skip


def test_a_day_is_kept_as_a_day_and_read_in_the_language_of_the_reader(
    school: School, head: Actor
) -> None:
    """Issue 4, 20: an English digest told of ‘8 juni 2026’."""
    with translation.override("nl"):
        record(JOINED, school, actor=head, members=[date(2026, 6, 8), "An"], count="2026-13-40")

    assert AuditRecord.objects.get(verb=JOINED).data["members"] == ["2026-06-08", "An"]
    assert lines(school) == ["Head vroeg 8 juni 2026, An mee voor 2026-13-40 dagen."]
    with translation.override("en"):
        assert "8 June 2026" in lines(school)[0]


def test_a_label_is_kept_as_it_is_called_in_each_language(school: School, head: Actor) -> None:
    label = Part.LEAD.label
    with translation.override("nl"):
        record(RENAMED, school, actor=head, name=label)
        said = str(label)

    kept = AuditRecord.objects.get(verb=RENAMED).data["name"]
    assert kept["nl"] == said
    assert lines(school) == [f"Head noemde de school {said}."]
    with translation.override("en"):
        assert kept["en"] == str(label) != said
        assert lines(school)[0].endswith(f"{kept['en']}.")


@pytest.mark.parametrize(
    ("data", "found"),
    [({"on": "8 juni 2026"}, 1), ({"on": "maandag 8 juni, 9.00 uur"}, 1), ({"on": "08/06/2026"}, 1),
     ({"days": ["2026-06-08", "8 June 2026"]}, 1), ({"on": "2026-06-08", "title": "Op 8 juni"}, 0),
     ({"when": {"nl": "8 juni", "en": "8 June"}}, 0)],
)  # fmt: skip
def test_a_day_in_words_is_noticed_in_whatever_test_writes_it(
    data: dict[str, Any], found: int
) -> None:
    assert len(list(worded.days_in_words(data))) == found


def test_a_list_reads_with_commas_and_a_number_as_a_number(school: School, head: Actor) -> None:
    record(JOINED, school, actor=head, members=["An", "Bo"], count=3)

    assert lines(school) == ["Head vroeg An, Bo mee voor 3 dagen."]


def test_a_verb_without_a_sentence_is_refused(school: School, head: Actor) -> None:
    with pytest.raises(KeyError):
        record("tests.unknown", school, actor=head)

    assert not AuditRecord.objects.exists()


def test_a_verb_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="already registered"):
        log.sentences({RENAMED: "Iets anders."})


def test_a_line_of_before_still_reads_when_its_words_changed(
    school: School, head: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(RENAMED, school, actor=head, name="De Linde")
    monkeypatch.setitem(log._sentences, RENAMED, "{who} koos {name} om {reason}.")
    assert lines(school) == ["Head koos De Linde om …"]

    monkeypatch.delitem(log._sentences, RENAMED)
    assert lines(school) == [RENAMED]


def test_names_stay_as_they_were(school: School, world: World, head: Actor) -> None:
    record(RENAMED, school, actor=head, name="De Linde")
    world.user("head").__class__.objects.filter(pk=head.user_id).update(name="Iemand anders")

    assert lines(school) == ["Head noemde de school De Linde."]


@pytest.mark.parametrize("text", ["{who}", "{0}", "{name.__class__}", "{", "%s", "}{"])
def test_what_somebody_typed_is_not_read_as_a_pattern(
    text: str, school: School, head: Actor
) -> None:
    record(RENAMED, school, actor=head, name=text)

    assert lines(school) == [f"Head noemde de school {text}."]


def test_what_somebody_typed_is_shown_as_text(school: School, head: Actor) -> None:
    record(RENAMED, school, actor=head, name="<script>alert(1)</script>")

    html = Template("{% timeline entries %}").render(Context({"entries": history(school)}))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_people_without_account_are_named_as_they_came(school: School) -> None:
    for actor in (guest("Lowie"), SYSTEM, ANONYMOUS):
        record(RENAMED, school, actor=actor, name="De Linde")

    rows = AuditRecord.objects.order_by("id").values_list("actor_kind", "actor_id", "actor_name")
    assert list(rows) == [
        ("link", None, "Lowie"),
        ("system", None, "Partnerwijzer"),
        ("anonymous", None, "iemand zonder account"),
    ]


def test_a_history_is_of_one_thing_newest_first(school: School, world: World, head: Actor) -> None:
    for name in ("een", "twee", "drie"):
        record(RENAMED, school, actor=head, name=name)
    record(RENAMED, world.sister, actor=head, name="van de zus")

    assert [line.split()[-1] for line in lines(school)] == ["drie.", "twee.", "een."]
    assert lines(world.sister) == ["Head noemde de school van de zus."]
    assert history_length(school) == 3


def test_a_line_that_does_not_say_who_tells_the_day_alone_and_stands_after_it(
    school: School, head: Actor
) -> None:
    """Design 6: anonymity is in the storage, dates to the day; a place between others tells too."""
    for verb in (RENAMED, UNNAMED, RENAMED):
        record(verb, school, actor=head, name="zo")
    noon = timezone.localtime().replace(year=2026, month=3, day=9, hour=12, minute=34)
    AuditRecord.objects.update(at=noon)

    found = history(school)

    assert [(entry.sentence.split()[0], entry.at) for entry in found] == [
        ("Head", noon),
        ("Head", noon),
        ("Een", noon.replace(hour=0, minute=0, second=0, microsecond=0)),
    ]


def test_a_history_comes_in_pieces(school: School, head: Actor) -> None:
    for number in range(25):
        record(RENAMED, school, actor=head, name=str(number))

    assert len(history(school)) == 20
    assert lines(school, limit=2, offset=1) == [
        "Head noemde de school 23.",
        "Head noemde de school 22.",
    ]
    assert history(school, offset=25) == []


def test_a_line_stands_in_the_thread_and_names_its_subject(
    school: School, world: World, head: Actor
) -> None:
    membership = world.user("teacher").memberships.get()

    record(RENAMED, membership, actor=head, thread=school, name="x")

    row = AuditRecord.objects.get()
    assert (row.subject_type, row.subject_id) == (
        "organisations.membership", str(membership.pk),
    )  # fmt: skip
    assert (row.thread_type, row.thread_id) == ("organisations.school", str(school.pk))
    assert history_length(membership) == 0
    assert history_length(school) == 1


def test_a_line_belongs_to_the_school_of_its_thread_or_the_one_given(
    school: School, world: World, head: Actor
) -> None:
    membership = world.user("teacher").memberships.get()

    record(RENAMED, membership, actor=head, name="x")
    record(RENAMED, membership, actor=head, school_id=0, name="x")

    rows = AuditRecord.objects.order_by("id").values_list("school_id", flat=True)
    assert list(rows) == [school.pk, 0]


def test_things_of_different_kinds_with_one_number_have_their_own_history(
    world: World, head: Actor
) -> None:
    record(RENAMED, world.board, actor=head, name="bestuur")

    same_number = School(pk=world.board.pk)

    assert history_length(world.board) == 1
    assert history_length(same_number) == 0


def test_subjects_can_be_left_out_of_a_history(world: World, school: School, head: Actor) -> None:
    record(RENAMED, school, actor=head, name="De Linde")
    for board in (world.board, world.other_board):
        record(RENAMED, board, actor=head, thread=school, name=board.name)
    some, none = {SchoolBoard: [world.board.pk]}, {SchoolBoard: []}

    every = [entry.data["name"] for entry in history(school)]
    assert every == [world.other_board.name, world.board.name, "De Linde"]
    assert [e.data["name"] for e in history(school, only=some)] == every[1:]
    assert [e.data["name"] for e in history(school, only=none)] == every[2:]
    lengths = (history_length(school), history_length(school, only=some))
    assert lengths == (3, 2)
