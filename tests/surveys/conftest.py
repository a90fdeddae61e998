"""A school with a published framework, and surveys of each sort."""

from collections.abc import Callable
from typing import Any

import pytest

from partnerwijzer.access.actor import ANONYMOUS, Actor, guest
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.surveys import actions, tries
from partnerwijzer.surveys.models import Survey, SurveyInvitation
from tests.personas import World, make_world

GUEST = guest("Jo Peeters")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def framework(db: None) -> FrameworkVersion:
    frameworks.ensure_published()
    return FrameworkVersion.objects.get()


@pytest.fixture
def content(framework: FrameworkVersion) -> Content:
    return content_of(framework.pk)


@pytest.fixture
def teacher(world: World) -> Actor:
    return world.actor("teacher")


@pytest.fixture(autouse=True)
def _fresh_tries() -> None:
    tries.forget()


@pytest.fixture
def make_survey(world: World, framework: FrameworkVersion, teacher: Actor) -> Callable[..., Survey]:
    """make_survey() is one for pupils; other sets and arguments go to create_survey."""

    def make(set_key: str = "pupils-lager", **arguments: Any) -> Survey:
        given = {"title": "Hoe was het theater?", "about": "Theater De Vonk", **arguments}
        return actions.create_survey(
            world.school, actor=teacher, framework=framework, set_key=set_key, **given
        )

    return make


@pytest.fixture
def pupils(make_survey: Callable[..., Survey]) -> Survey:
    return make_survey(expected=24)


@pytest.fixture
def ask_around(make_survey: Callable[..., Survey]) -> Survey:
    return make_survey("ask-around", title="Wie kent Theater De Vonk?")


@pytest.fixture
def asked(ask_around: Survey, teacher: Actor) -> SurveyInvitation:
    """Somebody who was asked by mail. `asked.token` is what stands in the mail."""
    return ask(ask_around, teacher)


def ask(survey: Survey, actor: Actor, **arguments: Any) -> SurveyInvitation:
    given = {"email": "jo@elders.example", "name": "Jo Peeters", **arguments}
    invitation = actions.invite(survey, actor=actor, **given)
    invitation.token = token_in_last_mail()  # type: ignore[attr-defined]
    return invitation


def send_mails() -> None:
    """What the background worker does every few seconds."""
    post.sweep()


def token_in_last_mail() -> str:
    body = OutgoingMail.objects.latest("pk").body
    return body.split("/antwoord/")[1].split("/")[0]


def fill(survey: Survey, *answers: dict[str, Any]) -> None:
    for given in answers:
        assert actions.answer_anonymously(survey, actor=ANONYMOUS, answers=given)
