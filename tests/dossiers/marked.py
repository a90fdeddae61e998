"""A world in which every text that belongs to one school is an unmistakable word of its own.

Dossier `a` went through all six steps and was shared with everyone; dossier `b` is open. The words
of one dossier differ from those of the other, so that what leaks can be told by its name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, guest
from partnerwijzer.authoring import actions as authoring
from partnerwijzer.authoring import drafting
from partnerwijzer.councils import actions as councils
from partnerwijzer.dossiers.actions import (
    advising,
    agreeing,
    conversing,
    outside,
    ownblocks,
    partneragenda,
    running,
    screening,
    talking,
)
from partnerwijzer.dossiers.models import AgreementVersion, CouncilItem, Dossier, Remark
from partnerwijzer.elections import actions as elections
from partnerwijzer.exchange.actions import lists
from partnerwijzer.exchange.columns import layout
from partnerwijzer.exchange.models import PartnerList
from partnerwijzer.exchange.sheets.table import Line, Table
from partnerwijzer.frameworks import actions as publishing
from partnerwijzer.frameworks import loader, writing
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations import actions as organisations
from partnerwijzer.organisations.models import AdviserAssignment, Membership, Role, School, User
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import LikelyPair, Partner
from partnerwijzer.schooldays import actions as schooldays
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys import building
from partnerwijzer.surveys.models import OwnSet, Survey
from tests.dossiers import marked_beside
from tests.dossiers.story import PARTNER_SIDE, Story, last_token, smooth, text_file
from tests.frameworks.conftest import SHIPPED
from tests.personas import World, make_world

WORD = re.compile(r"zzmerk[a-z]+?zz")
SHARED = "zzmerksharedzz"  # what the school shared with everyone
OFFER = {
    "title": "Workshop", "shape": "one-off", "working_form": "workshop", "place": "at-school",
    "audience": ["pupils"],
}  # fmt: skip


def marker(group: str, key: str) -> str:
    """One lower-case word, the same in HTML, in an address and in an agenda."""
    return f"zzmerk{group}{re.sub('[^a-z]', '', key.lower())}zz"


def say_in(group: str) -> Callable[[str], str]:
    def say(key: str) -> str:
        return SHARED if key == "shared advice" else marker(group, key)

    return say


@dataclass(frozen=True)
class Marked:
    """The world, keys for each address, and who holds which secret."""

    world: World
    a: dict[str, Any]
    b: dict[str, Any]
    secrets: dict[str, str]
    stories: dict[str, Story] = field(default_factory=dict)


def build() -> Marked:
    world = make_world(lambda who: marker("name", who), marker("school", "name"))
    story, second = Story(world, say=say_in("a")), Story(world, say=say_in("b"))
    shared = _databank(story)
    school = _school(world)
    a, secrets = _whole_dossier(story, shared["partner_object"])
    b = _open_dossier(second, shared["partner_object"])
    secrets["invitation"] = school.pop("token")
    day, secrets["feed"] = _calendar(world)
    school["day"] = day
    secrets["profile"] = _profile_link(story, shared["partner_object"])
    _other_schools(world, shared["partner_object"])
    ceiling = marked_beside.ceiling(story)
    council = {key: a[key] for key in ("body", "meeting", "seat", "point", "advice")}
    every = {**shared, **school, **council, **_frameworks(world), "ceiling": ceiling}
    return Marked(world, {**every, **a}, {**every, **b}, secrets, {"a": story, "b": second})


def _frameworks(world: World) -> dict[str, Any]:
    """Two releases to lay beside each other, open to all with an account; what an umbrella and the
    school are writing."""
    newest = frameworks.latest(SYSTEM)
    older = {**loader.read(SHIPPED).data, "meta": {}}
    texts = writing.texts_of(older)
    again = {
        name: text.replace("version: 1.0.0", "version: 0.9.0", 1) for name, text in texts.items()
    }
    first = publishing.keep(loader.read_texts(again), actor=SYSTEM)
    umbrella = authoring.begin_framework(
        world.umbrella, actor=world.actor("umbrella_admin"), title="Koepelkader", base=newest
    )
    draft = authoring.begin_questions(world.school, actor=world.actor("head"), base=newest)
    row = own_criterion(newest.pk, "school-merk", marker("school", "question"))
    how = partial(drafting.put, name="criteria", key=row["key"], thing=row)
    draft = authoring.change(draft, actor=world.actor("head"), version=1, how=how, what="vraag")
    authoring.publish_questions(draft, actor=world.actor("head"), version=2)
    return {
        "framework": newest.pk, "older": first.pk, "own": umbrella.own_id, "draft": draft.pk,
        "own_key": row["key"],
    }  # fmt: skip


def own_criterion(framework_pk: int, key: str, question: str) -> dict[str, Any]:
    """A criterion of the school's own: as one of the framework, with its own key and words."""
    like = frameworks.content_of(framework_pk).framework.criterion["plain-language"]
    words = {"question": {"nl": question}, "key": key, "source": ["own"], "rubrics": []}
    return {**like.model_dump(mode="json"), **words}


def _databank(story: Story) -> dict[str, Any]:
    """Shared over all schools: no marked words."""
    partner = story.make_partner("Schermlicht vzw")
    contact = partners.save_contact(
        partner,
        actor=story.coordinator,
        contact=None,
        facts={"name": "Lowie Staepen", "function": "", "email": "", "phone": ""},
    )
    # Whoever checks a fact stands beside it for all: here the umbrella, so that no school shows.
    recognition = partners.save_recognition(
        partner,
        actor=story.world.actor("umbrella_admin"),
        recognition=None,
        facts={"by": "Overheid", "what_for": "", "since": None, "until": None, "source": ""},
    )
    offer = partners.create_offer(partner, actor=story.coordinator, facts=OFFER)
    source = partners.add_source(
        offer,
        actor=story.world.actor("umbrella_admin"),
        facts={"rung": 1, "title": "Handboek"},
        upload=text_file("Hoe het gaat", "handboek.txt"),
    )
    return {
        "partner_object": partner, "partner": partner.pk, "contact": contact.pk,
        "recognition": recognition.pk, "offer": offer.pk, "source": source.pk,
        **_twice(story), "election": _election(story),
    }  # fmt: skip


def _election(story: Story) -> int:
    day = story.today + timedelta(days=400)
    row = elections.enter_election(
        None, actor=story.world.actor("umbrella_admin"),
        name="Verkiezingen", on=day, source="overheid.example", read_on=story.today,
    )  # fmt: skip
    return row.pk


def _profile_link(story: Story, partner: Partner) -> str:
    """The organisation keeps its own page and answered all experiences."""
    row = partners.send_profile_link(
        partner,
        actor=story.world.actor("umbrella_admin"),
        school=None,
        email="an@partner.example",
        name="An",
    )
    partners.reply(row, actor=PARTNER_SIDE, text="Dank voor de eerlijke woorden.")
    return last_token("/organisatie/")


def _twice(story: Story) -> dict[str, Any]:
    """A pair that looks alike, and two that were merged."""
    one, other = story.make_partner("De Zolder"), story.make_partner("Zolder vzw")
    gone = story.make_partner("Oude Zolder")
    umbrella = story.world.actor("umbrella_admin")
    merge = partners.merge(one, actor=umbrella, gone=gone)
    tie = partners.relate(
        one, actor=umbrella, kind="works-with", other=other, since=None, source=""
    )
    return {
        "relation": tie.pk,
        "other": other.pk,
        "pair": LikelyPair.objects.get(other=other).pk,
        "merge": merge.pk,
    }


def _school(world: World) -> dict[str, Any]:
    """What the school says of itself, and who is invited."""
    head = world.actor("head")
    organisations.save_profile(
        world.school,
        actor=head,
        version=0,
        project=marker("school", "project"),
        themes=[],
        levels=[],
    )
    priority = organisations.add_priority(
        world.school, actor=head, text=marker("school", "priority")
    )
    invitation = organisations.invite(
        world.school,
        actor=head,
        email=f"{marker('school', 'invited')}@elders.example",
        name=marker("school", "invitee"),
        role=Role.TEACHER,
    )
    return {
        "list": _list(world).pk,
        "token": last_token("/uitnodiging/"),
        "school": world.school.pk,
        "priority": priority.pk,
        "invitation": invitation.pk,
        "membership": Membership.objects.get(user=world.user("teacher")).pk,
        "assignment": AdviserAssignment.objects.get().pk,
    }


def _list(world: World) -> PartnerList:
    """A list of partners that was looked at and not yet read in."""
    rows = [
        ("Organisatie", "Uitleg"),
        (marker("school", "listed"), marker("school", "listed words")),
    ]
    table = Table("csv", lines=[Line(number, row) for number, row in enumerate(rows, start=1)])
    head, found = world.actor("head"), layout(table)
    name = f"{marker('school', 'list')}.csv"
    made = lists.choose_list(world.school, actor=head, layout=found, name=name)
    kind = "library"
    return lists.say_columns(made, actor=head, version=1, fields=found.fields, default_kind=kind)


def _whole_dossier(story: Story, partner: Partner) -> tuple[dict[str, Any], dict[str, str]]:
    dossier = story.open(partner)
    story.begin(dossier)
    story.choose_goal(dossier, story.make_goal())
    evidence = story.proof(
        dossier,
        "fits-age",
        kind="document",
        title=story.say("file title"),
        url=f"https://{story.say('url')}.example/",
        source=story.say("source"),
        upload=text_file(story.say("file content"), f"{story.say('filename')}.txt"),
    )
    story.duty(dossier)
    story.judge_all(dossier)
    story.assign(dossier, "fits-age")
    request = story.ask(dossier)
    secrets = {"survey": last_token("/antwoord/")}
    _answer(request.invitation, story.say("answer"))
    change, version, secrets["agreement"] = _agreement(story, dossier)
    secrets["partner_feed"] = partneragenda.make(version.agreement, actor=PARTNER_SIDE)
    item = story.council_said(story.council_item(dossier), "informed")
    bodies = _bodies(story, item)
    decision = story.decide(dossier)
    condition = decision.conditions.create(
        text=story.say("condition"), user=story.world.user("teacher"), by_on=story.today
    )
    activity, code = _activities(story, dossier)
    secrets["code"] = code
    question = story.ask_adviser(dossier)
    adviser = story.world.actor("adviser")
    advising.answer_as_adviser(question, actor=adviser, answer=story.say("adviser answer"))
    remark = _said(story, dossier)
    advice = outside.ask_outside(
        dossier,
        actor=story.teacher,
        email="clb@elders.example",
        name=story.say("outside name"),
        organisation=story.say("outside place"),
        question=SHARED,  # the only thing that who holds the link reads
    )
    secrets["advice"] = last_token("/advies/")
    story.look_back(dossier)
    story.follow_up(dossier)
    story.share(dossier, factors=[smooth("easy-to-reach")])
    run = story.walk(dossier, "minors-check", "since-before")
    keys = {
        "tree": "minors-check", "run": run.pk, "condition": condition.pk,
        "dossier": dossier.pk, "row": dossier.partners.get().pk, "criterion": "fits-age",
        "evidence": evidence.pk, "request": request.pk, "version": version.pk,
        "change": change.pk, "activity": activity.pk, "decision": decision.pk, "item": item.pk,
        **_talk(story, version),
        **marked_beside.around(story, dossier),
        "question": question.pk, "survey": _survey(story).pk, "advice": advice.pk,
        "own_set": _own_set(story).pk, "own_question": "q-1",
        "remark": remark.pk, **bodies,
    }  # fmt: skip
    secrets["factors"] = keys.pop("factors_token")
    secrets["volunteers"] = keys.pop("volunteers_token")
    return keys, secrets


def _said(story: Story, dossier: Dossier) -> Remark:
    """Two remarks beside the decision: for the team, and for the adviser too."""
    for readers in ("adviser", "team"):
        remark = talking.write(
            dossier,
            actor=story.head,
            part="decision",
            readers=readers,
            text=story.say(f"remark for {readers}"),
        )
    return remark


def _bodies(story: Story, item: CouncilItem) -> dict[str, Any]:
    """The body of an item, with a seat, a point of its own and advice."""
    head, meeting = story.head, item.meeting
    assert meeting is not None
    seat = councils.add_member(
        item.body, actor=head, section="parents", name=story.say("member"), user=None,
        since=story.today, until=None,
    )  # fmt: skip
    point = councils.add_point(
        meeting, actor=head, title=story.say("point"), text=story.say("point text")
    )
    advice = councils.receive_advice(
        item.body,
        actor=head,
        title=story.say("council advice"),
        text=story.say("council advice text"),
        received_on=story.today,
    )
    return {
        "body": item.body.pk, "meeting": meeting.pk, "seat": seat.pk, "point": point.pk,
        "advice": advice.pk,
    }  # fmt: skip


def _answer(invitation: Any, text: str) -> None:
    written = next(q for q in invitation.survey.asked if q.kind == "text")
    surveys.answer_by_link(invitation, actor=guest("Hanne"), answers={written.key: text})


def _agreement(story: Story, dossier: Dossier) -> tuple[Any, AgreementVersion, str]:
    """A version on which the partner asks a change, and then one that both confirm."""
    first = story.fix(dossier)
    story.send(first)
    change = agreeing.ask_change(
        AgreementVersion.objects.get(pk=first.pk),
        actor=PARTNER_SIDE,
        name=story.say("wisher"),
        wishes={"": story.say("wish")},
    )[0]
    version = story.fix(dossier, note=story.say("change note"), **{"content.topics": "Anders"})
    token = story.send(version)
    agreeing.confirm_for_school(version, actor=story.head)
    fresh = AgreementVersion.objects.get(pk=version.pk)
    agreeing.confirm_by_partner(fresh, actor=PARTNER_SIDE, name=story.say("partner signer"))
    return change, version, token


def _talk(story: Story, version: AgreementVersion) -> dict[str, Any]:
    """Both sides wrote about the agreement; and the school keeps a text block of its own."""
    note = version.agreement
    message = conversing.write_for_school(
        note,
        actor=story.teacher,
        text=story.say("message"),
        files=[text_file(story.say("message file"), f"{story.say('attachment')}.txt")],
    )
    conversing.write_for_partner(note, actor=PARTNER_SIDE, text=story.say("partner message"))
    block = ownblocks.add_block(
        story.world.school,
        actor=story.head,
        facts={
            "group": "safe", "title": story.say("block title"), "text": story.say("block text"),
            "required": False, "kinds": [], "situations": [],
        },
    )  # fmt: skip
    return {"file": message.files.get().pk, "block": block.pk}


def _activities(story: Story, dossier: Dossier) -> tuple[Any, str]:
    cancelled = story.plan(dossier, title=story.say("cancelled activity"))
    running.cancel_activity(cancelled, actor=story.teacher, reason=story.say("cancel reason"))
    activity = story.plan(dossier, on=story.today + timedelta(days=1))
    survey = running.start_pupil_survey(activity, actor=story.teacher).survey
    assert survey is not None
    return activity, survey.code


def _own_set(story: Story) -> OwnSet:
    """A question set of the school itself, released, with a draft of the next version."""
    actor, school = story.head, story.world.school
    own = surveys.begin_set(
        school,
        actor=actor,
        framework=story.framework,
        title=story.say("own set"),
        audience="anyone",
    )
    wish = building.Wish(story.say("own question"), "text")
    surveys.put_question(own, actor=actor, version=1, wish=wish)
    surveys.release_set(own, actor=actor, version=2)
    draft = building.Wish(story.say("drafted question"), "text")
    surveys.put_question(own, actor=actor, version=3, wish=draft)
    return own


def _survey(story: Story) -> Survey:
    """A survey of the school itself, with somebody who answered."""
    survey = surveys.create_survey(
        story.world.school,
        actor=story.teacher,
        framework=story.framework,
        set_key="ask-around",
        title=story.say("survey title"),
        about=story.say("survey about"),
    )
    invitation = surveys.invite(
        survey,
        actor=story.teacher,
        email="jo@elders.example",
        name=story.say("survey person"),
        message=story.say("survey message"),
    )
    _answer(invitation, story.say("survey answer"))
    return survey


def _open_dossier(story: Story, partner: Partner) -> dict[str, Any]:
    """Nothing of this one was shown to anybody outside the staff."""
    dossier = story.open(partner)
    story.begin(dossier)
    evidence = story.proof(dossier, "fits-age", kind="document", upload=text_file())
    screening.use_evidence(
        dossier, actor=story.teacher, evidence=evidence, criterion="fits-school-project"
    )
    story.judge(dossier, "fits-age", "partly")
    request = story.ask(dossier, email="jan@elders.example")
    version = story.fix(dossier)
    story.send(version)
    change = agreeing.ask_change(
        AgreementVersion.objects.get(pk=version.pk),
        actor=PARTNER_SIDE,
        name="Lowie",
        wishes={"": story.say("wish")},
    )[0]
    item = story.council_item(dossier, show=False)
    decision = story.propose(dossier)
    story.speak(decision, "teacher")
    activity = story.plan(dossier)
    story.look_back(dossier)
    run = story.walk(dossier, "minors-check", "since-before")
    return {
        "tree": "minors-check", "run": run.pk,
        "dossier": dossier.pk, "row": dossier.partners.get().pk, "criterion": "fits-age",
        "evidence": evidence.pk, "request": request.pk, "version": version.pk,
        "change": change.pk, "activity": activity.pk, "decision": decision.pk, "item": item.pk,
        **_talk(story, version),
        **marked_beside.around(story, dossier),
        "question": 0, "advice": 1, "survey": _survey(story).pk, "remark": _said(story, dossier).pk,
        "condition": 0, "own_set": _own_set(story).pk, "own_question": "q-1",
    }  # fmt: skip


def _calendar(world: World) -> tuple[int, str]:
    """A free day of the school, and an address that an agenda follows."""
    head = world.actor("head")
    day = schooldays.add_day(
        world.school, actor=head, first=timezone.localdate(), last=None, kind="free",
        name=marker("school", "day off"),
    )  # fmt: skip
    return day.pk, schooldays.make_school_feed(world.school, actor=head)[1]


def _other_schools(world: World, partner: Partner) -> None:
    """Two more schools share, so that what is shared with everyone shows to everyone."""
    third = School.objects.create(name="School C", kind="basis")
    somebody = User.objects.create_user("derde@school.example", name="Derde")
    Membership.objects.create(user=somebody, role=Role.HEAD, school=third)
    world.users["third_head"] = somebody
    for who, school in (("other_head", world.other_school), ("third_head", third)):
        partners.publish_experience(
            partner, actor=world.actor(who), school=school, source=f"elsewhere:{who}",
            audience="everyone", again="yes", factors=[], advice="", text_consent=False,
            structural=False, levels=[], school_year=timezone.localdate().year,
        )  # fmt: skip
    post.sweep()
    assert not OutgoingMail.objects.exclude(body="").exists()
