"""A second reader: reads alone first, sees nothing of the first, and the two settle it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics, deciding, outside, second, talking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Assessment, Dossier, OutsideAdvice, SecondReading
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks.words import ConclusionKey
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, words
from tests.dossiers.story import PARTNER_SIDE, Story, last_token
from tests.dossiers.test_page_cost import PAGES

FITS = "fits-age"
SECRET = "Veel te moeilijk voor deze groep"


@pytest.fixture
def doubted(story: Story, screened: Dossier) -> Dossier:
    """The teacher found something that stops a yes; another teacher reads it too, alone."""
    story.judge(screened, FITS, "not-in-order", argument=SECRET)
    story.second(screened, FITS)
    return Dossier.objects.get(pk=screened.pk)


def read(story: Story, dossier: Dossier, judgement: str, argument: str = "Zo zie ik het.") -> None:
    row = SecondReading.objects.get(dossier=dossier, criterion=FITS)
    actor = story.world.actor("teacher2")
    second.read_second(row, actor=actor, judgement=judgement, argument=argument)


def everywhere(dossier: Dossier, client: Any) -> dict[str, str]:
    """All pages on which the dossier shows."""
    addresses = {name: make(dossier) for name, make in PAGES.items()}
    addresses |= {
        "list": reverse("dossiers:list"),
        "start": "/",
        "tasks": "/taken/",
        "news": "/nieuws/",
        "earlier": reverse("dossiers:earlier", args=[dossier.pk]),
        "fits": reverse("dossiers:criterion", args=[dossier.pk, FITS]),
        "other": reverse("dossiers:criterion", args=[dossier.pk, "plain-language"]),
        "read": reverse("dossiers:second_read", args=[dossier.pk, FITS]),
        "ask": reverse("dossiers:second_ask", args=[dossier.pk]),
    }
    found = {}
    for name, address in addresses.items():
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            found[name] = answer.content.decode()
    return found


def test_the_second_reader_finds_no_trace_of_the_first(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    stop = casework.content(doubted).framework.criterion[FITS].blocker_when
    assert stop is not None

    shown = everywhere(doubted, sign_in("teacher2"))
    others = everywhere(doubted, sign_in("coordinator"))

    assert {"detail", "history", "criterion", "decision", "list", "start", "fits"} <= set(shown)
    for word in (SECRET, stop.text.nl, "iets houdt een", "niet in orde."):
        assert [name for name, page in shown.items() if word in page] == [], word
    assert SECRET in others["fits"]
    assert stop.text.nl in others["detail"]
    assert "iets houdt een" in others["list"]


def test_after_the_own_reading_both_stand_side_by_side(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    read(story, doubted, "in-order", "Net goed voor hen")

    page = words(sign_in("teacher2").get(reverse("dossiers:criterion", args=[doubted.pk, FITS])))

    assert SECRET in page
    assert "Net goed voor hen" in page
    assert "De twee lezers verschillen" in page
    line = [e.sentence for e in reading.history(story.world.actor("teacher2"), doubted, limit=50)]
    assert any("Niet in orde".lower() in text.lower() for text in line)


def test_who_is_not_asked_to_read_alone_sees_the_first_reading(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.judge(screened, FITS, "partly", argument=SECRET)
    story.second(screened, FITS, blind=False)

    page = sign_in("teacher2").get(reverse("dossiers:criterion", args=[screened.pk, FITS]))

    assert SECRET in words(page)


def test_the_second_reader_does_not_write_in_the_first_reading(
    story: Story, doubted: Dossier
) -> None:
    with pytest.raises(NotAllowedNow, match="eigen lezing"):
        story.judge(doubted, FITS, "partly", actor=story.world.actor("teacher2"))


def test_hiding_stores_nothing(story: Story, doubted: Dossier) -> None:
    before = Assessment.objects.filter(dossier=doubted).values_list("judgement", "argument")
    kept = sorted(before)

    hidden = reading.get_whole(story.world.actor("teacher2"), doubted.pk)
    basics.choose_screening(hidden, actor=story.world.actor("teacher2"), screening="normal")

    assert sorted(before.all()) == kept
    assert Dossier.objects.get(pk=doubted.pk).steps["know-partner"]["state"] == "blocked"


# What it does to the conclusion


def test_a_criterion_with_a_second_reader_is_not_done_before_both_read(
    story: Story, screened: Dossier
) -> None:
    assert deciding.obstacles(screened) == []

    story.second(screened, FITS)

    fresh = Dossier.objects.get(pk=screened.pk)
    assert casework.conclude(fresh).kind is ConclusionKey.INCOMPLETE


def test_the_same_judgement_needs_no_conclusion(story: Story, screened: Dossier) -> None:
    story.second(screened, FITS)
    read(story, screened, "in-order")

    assert deciding.obstacles(Dossier.objects.get(pk=screened.pk)) == []


def test_a_difference_is_not_averaged_the_graver_one_counts_until_it_is_settled(
    story: Story, screened: Dossier
) -> None:
    """Decision 0004: a doubt does not wait."""
    story.second(screened, FITS)
    read(story, screened, "not-in-order")

    fresh = Dossier.objects.get(pk=screened.pk)

    assert casework.conclude(fresh).kind is ConclusionKey.BLOCKER
    assert Assessment.objects.get(dossier=screened, criterion=FITS).judgement == "in-order"


def test_the_two_settle_with_a_reason_and_both_readings_stay(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order", "Te moeilijk")
    address = reverse("dossiers:second_read", args=[screened.pk, FITS])
    client = sign_in("teacher")
    version = Assessment.objects.get(dossier=screened, criterion=FITS).version
    sent = {"judgement": "in-order", "version": version}
    assert client.post(address, {**sent, "argument": ""}).status_code == 200  # no reason

    client.post(address, {**sent, "argument": "Met een kortere tekst lukt het."})

    row = SecondReading.objects.get(dossier=screened, criterion=FITS)
    answer = Assessment.objects.get(dossier=screened, criterion=FITS)
    assert (answer.judgement, answer.argument) == ("in-order", "Met een kortere tekst lukt het.")
    assert (row.first_judgement, row.judgement, row.argument) == (
        "in-order",
        "not-in-order",
        "Te moeilijk",
    )
    assert deciding.obstacles(Dossier.objects.get(pk=screened.pk)) == []
    page = words(client.get(reverse("dossiers:criterion", args=[screened.pk, FITS])))
    assert "Samen besloten" in page
    assert "Te moeilijk" in page


def test_nothing_is_signed_while_a_second_reader_has_not_read(
    story: Story, agreed: Dossier
) -> None:
    story.second(agreed, FITS)
    with pytest.raises(NotAllowedNow, match="tweede lezer"):
        story.decide(agreed, "no")


def test_after_the_decision_nobody_can_read_alone_any_more(story: Story, decided: Dossier) -> None:
    with pytest.raises(NotAllowedNow):
        story.second(decided, FITS)


def test_who_found_it_cannot_be_the_second_reader(story: Story, screened: Dossier) -> None:
    with pytest.raises(NotAllowedNow):
        story.second(screened, FITS, who="teacher")


def test_a_second_reader_can_be_changed_until_the_reading_is_there(
    story: Story, screened: Dossier
) -> None:
    story.second(screened, FITS)
    row = story.second(screened, FITS, who="head")
    assert row.reader == story.world.user("head")

    second.read_second(row, actor=story.head, judgement="partly", argument="Zo.")

    with pytest.raises(NotAllowedNow):
        story.second(screened, FITS)
    with pytest.raises(NotAllowedNow):
        second.withdraw_second_reader(SecondReading.objects.get(pk=row.pk), actor=story.coordinator)


def test_two_who_differ_do_not_change_the_first_reading_apart(
    story: Story, screened: Dossier
) -> None:
    story.second(screened, FITS)
    read(story, screened, "not-in-order")

    with pytest.raises(NotAllowedNow, match="samen"):
        story.judge(screened, FITS, "partly")


# What the content proposes: drugs, suicide, sexuality, radicalisation, money


@pytest.mark.parametrize(
    "theme",
    [
        "drugs-and-gaming",
        "suicide-prevention",
        "relations-and-sexuality",
        "radicalisation",
        "money-and-buying",
        "mental-wellbeing",
    ],
)
def test_a_sensitive_theme_proposes_a_second_reader_for_the_whole_dossier(
    theme: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    detail = reverse("dossiers:detail", args=[screened.pk])
    assert "Laat een tweede collega meelezen" not in words(sign_in("teacher").get(detail))
    Dossier.objects.filter(pk=screened.pk).update(themes=[theme])

    fresh = Dossier.objects.get(pk=screened.pk)

    assert "Laat een tweede collega meelezen" in words(sign_in("teacher").get(detail))
    assert FITS in casework.second_reader_proposed(fresh)


def test_a_criterion_that_asks_for_one_is_proposed_without_such_a_theme(
    story: Story, screened: Dossier
) -> None:
    fresh = story.situation(screened, sensitive_theme=True)

    assert casework.second_reader_proposed(fresh) == ["sensitive-theme-care"]


def test_the_reading_waits_on_the_list_of_the_reader_only(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    assert "tweede lezer" in words(sign_in("teacher2").get("/"))
    assert "Lees een vraag als tweede lezer" not in words(sign_in("teacher").get("/"))


def test_a_screening_with_second_readers_costs_no_more(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:criterion", args=[screened.pk, "plain-language"])
    basics.choose_screening(screened, actor=story.teacher, screening="full")

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    before = cost()
    keys = [row.criterion.key for row in casework.asked_of(Dossier.objects.get(pk=screened.pk))]
    story.second(screened, *keys[:8])

    assert cost() <= before + 1  # the names of the readers
    assert before <= 15


# Advice from outside


def ask_clb(story: Story, dossier: Dossier) -> OutsideAdvice:
    return outside.ask_outside(
        dossier,
        actor=story.teacher,
        email="an@clb.example",
        name="An",
        organisation="CLB Veer",
        question="Is dit veilig voor wie rouwt?",
        criterion=FITS,
    )


def test_a_clb_answers_by_link_and_sees_only_the_question(
    story: Story, screened: Dossier, client: Any, sign_in: SignIn
) -> None:
    ask_clb(story, screened)
    address = f"/advies/{last_token('/advies/')}/"

    page = words(client.get(address))
    assert "Is dit veilig voor wie rouwt?" in page
    assert screened.title not in page
    client.post(address, {"answer": "Zorg voor een vangnet."})

    detail = sign_in("teacher").get(reverse("dossiers:detail", args=[screened.pk]))
    assert "Zorg voor een vangnet." in words(detail)
    assert "CLB Veer" in words(detail)
    there = reverse("dossiers:criterion", args=[screened.pk, FITS])
    assert f'Bij de vraag: <a href="{there}">' in detail.content.decode()
    assert "Zorg voor een vangnet." in words(sign_in("teacher").get(there))
    assert OutgoingMail.objects.filter(to="an@clb.example").count() == 1


def test_a_withdrawn_question_opens_nothing(story: Story, screened: Dossier, client: Any) -> None:
    row = ask_clb(story, screened)
    address = f"/advies/{last_token('/advies/')}/"
    outside.withdraw_outside(row, actor=story.teacher)

    answer = client.get(address)

    assert answer.status_code == 404
    assert "rouwt" not in words(answer)
    with pytest.raises(NotAllowedNow):
        outside.answer_outside(
            OutsideAdvice.objects.get(pk=row.pk), actor=PARTNER_SIDE, answer="Toch."
        )


def test_an_adviser_reads_nothing_of_what_was_asked_outside(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.ask_adviser(screened)
    ask_clb(story, screened)
    client = sign_in("adviser")

    pages = [
        client.get(reverse(f"dossiers:{n}", args=[screened.pk])) for n in ("detail", "history")
    ]

    assert [("CLB Veer" in words(p), "rouwt" in words(p)) for p in pages] == [(False, False)] * 2


# What the two could say to each other


def test_what_is_said_beside_a_criterion_waits_for_the_own_reading(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    reader = story.world.user("teacher2")
    part = f"criterion-{FITS}"
    talking.write(
        doubted, actor=story.teacher, part=part, readers="team", text=SECRET, called=[reader]
    )
    place = reverse("dossiers:talk", args=[doubted.pk, part])
    client = sign_in("teacher2")

    for answer in (client.get(place), client.get(place, headers=HTMX)):
        assert "Overleg lees je na jouw lezing." in words(answer)
        assert SECRET not in words(answer)
    assert SECRET not in words(client.post(place, {"readers": "team", "text": "En?"}))
    client.post(reverse("dossiers:talk_seen", args=[doubted.pk, part]))
    assert "Lees wat Teacher schreef" not in words(client.get("/"))
    assert SECRET in words(sign_in("coordinator").get(place))

    read(story, doubted, "in-order")

    assert "Lees wat Teacher schreef" in words(client.get("/"))
    assert SECRET in words(client.get(place))


def test_who_reads_alone_does_not_end_that_themselves(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher2")
    address = reverse("dossiers:second_read", args=[doubted.pk, FITS])

    answer = client.post(address, {"wat": "intrekken"}, follow=True)

    assert "Jij leest hier zelf nog" in words(answer)
    assert SECRET not in words(answer)
    with pytest.raises(NotAllowedNow, match="zelf nog"):
        second.ask_second_reader(
            doubted,
            actor=story.world.actor("teacher2"),
            reader=story.world.user("head"),
            criteria=[FITS],
            blind=True,
        )
    assert SecondReading.objects.get(dossier=doubted).reader == story.world.user("teacher2")
    sign_in("coordinator").post(address, {"wat": "intrekken"})
    assert not SecondReading.objects.filter(dossier=doubted).exists()
