"""A language coach for a school year: a structural cooperation, and people of both worlds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions
from partnerwijzer.factors.models import Ask
from tests.dossiers import one
from tests.dossiers.story import Story, last_token


def _half_way(story: Story) -> Dossier:
    """A structural cooperation that began yesterday."""
    made = story.open(story.make_partner("Taalkompas"), title="Taalcoach", kind="structural")
    story.begin(made)
    Dossier.objects.filter(pk=made.pk).update(
        planned_from=story.today - timedelta(days=1),
        planned_until=story.today + timedelta(days=99),
    )
    return made


SignIn = one.SignIn
world, story, dossier, sign_in = one.world, one.story, one.dossier, one.sign_in
built = one.keeps(_half_way)


Give = Callable[..., Any]


@pytest.fixture
def give(story: Story, dossier: Dossier) -> Give:
    """give("teacher", 4) scores every statement with 4; `but` says which get something else."""

    def make(who: str, value: int, moment: str = "start", **but: int) -> Any:
        answers = all_answers(story, value) | {k.replace("_", "-"): v for k, v in but.items()}
        return actions.score(dossier, actor=story.world.actor(who), moment=moment, answers=answers)

    return make


def all_answers(story: Story, value: int) -> dict[str, int]:
    factors = story.content.factors.working_factors
    return {s.key: value for f in factors for s in f.statements}


@pytest.fixture
def asked(story: Story, dossier: Dossier) -> tuple[Ask, str]:
    """The partner was asked at the start; with the secret in the mail."""
    ask = actions.ask(
        dossier,
        actor=story.coordinator,
        row=dossier.partners.get(),
        moment="start",
        email="an@partner.example",
        name="An",
    )
    return ask, last_token("/werking/")
