"""What other modules keep beside a dossier, in words that can be told by their name."""

import re
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from partnerwijzer.costs import actions as costs
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions as factors
from partnerwijzer.moments import actions as moments
from partnerwijzer.papers.actions import letters, style
from partnerwijzer.quality import actions as quality
from partnerwijzer.quality.loading import Line
from partnerwijzer.quality.models import Expectation
from partnerwijzer.research import actions as research
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.volunteers import actions as volunteers
from tests.documents.test_letterhead import picture, upload, word
from tests.dossiers.story import PARTNER_SIDE, Story, last_token


def of_school(key: str) -> str:
    """A word that belongs to the school and to none of its dossiers."""
    return f"zzmerkschool{re.sub('[^a-z]', '', key)}zz"


def around(story: Story, dossier: Dossier) -> dict[str, Any]:
    """Keys of what stands beside this dossier."""
    return {
        **_costs(story, dossier),
        **_letter(story, dossier),
        **_quality(story, dossier),
        **_moment(story, dossier),
        **_factors(story, dossier),
        **_trajectory(story, dossier),
        **_volunteer(story, dossier),
        **_research(story, dossier),
    }


def _trajectory(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A series, a milestone and the plan that it belongs to."""
    coordinator, day = story.coordinator, story.today + timedelta(days=30)
    facts = {"title": story.say("series"), "rule": "weekly", "first": day, "until": day,
             "starts": time(13, 0), "ends": time(14, 0), "place": "",
             "skip_off": False}  # fmt: skip
    series = trajectories.make_series(
        dossier, actor=coordinator, facts=facts, groups=[], teachers=[]
    )
    milestone = trajectories.add_milestone(
        dossier, actor=coordinator, title=story.say("milestone"), on=day
    )
    plan = {"title": story.say("plan"), "inspected_on": None, "url": "", "part": ""}
    upload = SimpleUploadedFile("plan.txt", story.say("plan file").encode())
    trajectories.save_improvement(dossier, actor=coordinator, version=0, facts=plan, upload=upload)
    return {"series": series.pk, "milestone": milestone.pk}


def _research(story: Story, dossier: Dossier) -> dict[str, Any]:
    """What a research asks of ethics, with its approval."""
    answers = {"question": story.say("research question")}
    upload = SimpleUploadedFile("ja.txt", story.say("approval").encode())
    research.note_facts(dossier, actor=story.coordinator, version=0, answers=answers, upload=upload)
    return {}


def _moment(story: Story, dossier: Dossier) -> dict[str, Any]:
    """What the partner has to know of a moment, and what went wrong."""
    activity = dossier.activities.exclude(state="cancelled").order_by("-pk").first()
    assert activity is not None
    texts = {name: story.say(f"pack {name}") for name in moments.PACK}
    moments.save_pack(activity, actor=story.coordinator, version=None, facts=texts)
    incident = moments.write_incident(
        activity, actor=story.coordinator, happened=story.say("happened"), done=story.say("done")
    )
    return {"incident": incident.pk}


def _costs(story: Story, dossier: Dossier) -> dict[str, Any]:
    facts = {"what": story.say("cost"), "school_year": 2026, "parents_each": Decimal(4),
             "duration": "one-day", "need": "extra"}  # fmt: skip
    line = costs.add_line(
        dossier,
        actor=story.coordinator,
        facts={**facts, "unit": "pupil", "amount": Decimal(9), "times": 1},
        groups=dossier.groups.all(),
    )
    costs.explain(dossier, actor=story.coordinator, version=1, text=story.say("cost words"))
    other = costs.add_other(
        story.world.school,
        actor=story.coordinator,
        facts={**facts, "what": story.say("other cost"), "level": "lager", "label": "5A"},
    )
    return {"line": line.pk, "other_cost": other.pk}


def _letter(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A letter about the decision, if there is one, that went to the partner."""
    decision, partner = dossier.decisions.signed().first(), dossier.partners.get().partner
    if decision is None:
        return {"letter": 0, "template": 0}
    given: dict[str, Any] = {"actor": story.head, "partner": partner}
    values = {"to_name": "", "to_email": "x@partner.example", "subject": story.say("subject"),
              "body": story.say("letter")}  # fmt: skip
    draft = letters.save_letter(decision, version=0, values=values, **given)
    letter = letters.send_letter(decision, version=draft.version, **given)
    return {"letter": letter.pk, "template": _style(story)}


def _style(story: Story) -> int:
    """A letterhead with a logo, and a Word template: on papers of the school only."""
    school, head = story.world.school, story.head
    style.save_letterhead(
        school, actor=head, version=0, name="", lines="", picture=upload(picture())
    )
    template = upload(word("{{ inhoud }}"), "sjabloon.docx")
    return style.set_template(school, actor=head, kind="letter", upload=template).pk


def _quality(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A goal at which an activity works, a tag, and a vision text of the school."""
    activity = dossier.activities.exclude(state="cancelled").first()
    goal = dossier.goals.first()
    if activity and goal:
        pair = {(activity.pk, goal.pk)}
        quality.link_goals(dossier, actor=story.teacher, add=pair, remove=set())
    school, head = story.world.school, story.head
    words = [of_school("expectation one"), of_school("expectation two")]
    lines = [Line("policy", "", text) for text in words]
    if not Expectation.objects.filter(school=school).exists():
        quality.load_expectations(school, actor=head, lines=lines)
    chosen = Expectation.objects.filter(school=school)[:1]
    quality.tag(
        dossier, actor=story.teacher, version=0, part="aim", rubrics=["policy"], expectations=chosen
    )
    facts = {"title": of_school("vision title"), "publisher": of_school("vision publisher"),
             "url": "", "themes": [], "summary": of_school("vision summary"),
             "dated_on": story.today}  # fmt: skip
    return {"text": quality.add_text(school, actor=head, facts=facts).pk}


def _factors(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A colleague scored, the partner was asked and scored, and an action was agreed on."""
    answers = {s.key: 2 for f in story.content.factors.working_factors for s in f.statements}
    factors.score(dossier, actor=story.teacher, moment="start", answers=answers)
    ask = factors.ask(
        dossier, actor=story.coordinator, row=dossier.partners.get(), moment="start",
        email="x@partner.example", name=story.say("scorer"),
    )  # fmt: skip
    factors.answer(ask, actor=PARTNER_SIDE, answers=answers)
    agreed = factors.plan(
        dossier, actor=story.teacher, moment="start", factor="common-goal",
        what=story.say("factor action"), owner=story.world.user("teacher"), due=story.today,
    )  # fmt: skip
    return {"factors_token": last_token("/werking/"), "action": agreed.pk}


def _volunteer(story: Story, dossier: Dossier) -> dict[str, Any]:
    """A parent who was asked to help and chose a place."""
    activity = dossier.activities.exclude(state="cancelled").first()
    if activity is None:
        return {}
    slot = volunteers.want(
        dossier, actor=story.teacher, activity=activity, key="reading-parents", wanted=2
    )
    person = volunteers.ask(
        dossier, actor=story.coordinator, who="parent", name=story.say("volunteer"),
        email="ouder@elders.example",
    )  # fmt: skip
    token = last_token("/vrijwilliger/")
    volunteers.answer(person, actor=PARTNER_SIDE, slots=[slot])
    return {"volunteers_token": token}


def ceiling(story: Story) -> int:
    """An amount of the umbrella, which all its schools may read: no marked words."""
    facts = {"kind": "one-day", "level": "lager", "school_year": 2026, "amount": Decimal(100),
             "source": "Omzendbrief", "url": "", "read_on": story.today}  # fmt: skip
    keeper = story.world.actor("umbrella_admin")
    return costs.enter_ceiling(story.world.umbrella, actor=keeper, facts=facts).pk
