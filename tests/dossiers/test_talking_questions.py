"""What was said about an earlier question is not taken for talk about this one (issue 3, E21)."""

from django.urls import reverse

from partnerwijzer.dossiers.actions import deciding, talking
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story


def say(story: Story, dossier: Dossier, text: str, readers: str = "team") -> None:
    talking.write(
        dossier, actor=story.teacher, part="decision", readers=readers, text=text, called=[]
    )


def thread(sign_in: SignIn, dossier: Dossier, who: str = "teacher") -> str:
    return words(sign_in(who).get(reverse("dossiers:talk", args=[dossier.pk, "decision"])))


def test_before_and_after_the_signature_of_one_question_is_one_talk(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    say(story, screened, "Nog geen vraag.")
    decision = story.propose(screened)
    say(story, screened, "Bij de stembrief.")
    story.sign(decision)
    say(story, screened, "Na de beslissing.")

    shown = thread(sign_in, screened)

    assert "Na de beslissing." in shown
    assert "Bij de vraag van" not in shown


def test_what_was_said_about_an_earlier_question_says_so(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.ask_adviser(screened)
    say(story, screened, "Nog geen vraag.")
    first = story.propose(screened)
    say(story, screened, "De prijs is te hoog.", readers="adviser")
    say(story, screened, "Dat vind ik ook.")
    deciding.cancel_decision(first, actor=story.head)
    second = story.propose(screened)
    before = thread(sign_in, screened)
    say(story, screened, "Nu is hij goed.")

    shown = thread(sign_in, screened)

    assert f": {first.question} Teacher" in before
    marks = ("Voor er een vraag voorlag", f": {first.question} Teacher", f": {second.question} ")
    order = [shown.index(mark) for mark in marks]
    assert order == sorted(order)
    assert shown.count("Bij de vraag van") == 2
    assert shown.index(marks[2]) < shown.index("Nu is hij goed.")
    theirs = thread(sign_in, screened, "adviser")  # what was asked of the team is the team's
    assert "De prijs is te hoog." in theirs
    assert "Bij de vraag van" not in theirs
