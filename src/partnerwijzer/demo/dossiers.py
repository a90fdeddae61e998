"""Dossiers in every step, made with the same actions as people use."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import ANONYMOUS, Actor, guest
from partnerwijzer.demo import agreements, wording
from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.people import Places, actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import (
    advising,
    agreeing,
    asking,
    basics,
    council,
    deciding,
    evaluating,
    running,
    screening,
    walking,
)
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import User
from partnerwijzer.papers.actions import letters, style
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys import actions as surveys

Users = dict[str, User]
QUIET = ("contact-with-minors",)
ONE_AFTERNOON = {
    "new-or-changed": "yes",
    "adult": "yes",
    "kind-of-work": "yes",
    "structural-contact": "no",
}


class Storyteller:
    """Makes dossiers step by step. Each method takes a dossier one step further."""

    def __init__(self, places: Places, users: Users, partners: dict[str, Partner]) -> None:
        self.places, self.users, self.partners = places, users, partners
        self.head = actor(users["directie"], places.school)
        self.coordinator = actor(users["coordinator"], places.school)
        self.teacher = actor(users["leerkracht"], places.school)
        self.framework = frameworks.latest(self.head)
        self.today = timezone.localdate()
        self.goals = list(Goal.objects.order_by("pk"))

    def open(self, title: str, partner: str, kind: str, aim: str, **more: Any) -> Dossier:
        found = self.partners[partner]
        dossier = basics.open_dossier(
            self.places.school,
            actor=self.coordinator,
            framework=self.framework,
            title=title,
            kind=kind,
            aim=aim,
            impact=more.get("impact", ["pupils"]),
            partner=found,
            offer=found.offers.first(),
        )
        for level, label, pupils in more.get("groups", (("lager-graad-3", "5A", 23),)):
            basics.add_group(
                dossier, actor=self.coordinator, level=level, label=label, pupils=pupils
            )
        basics.add_member(
            dossier, actor=self.coordinator, user=self.users["leerkracht"], part="works"
        )
        basics.choose_goals(dossier, actor=self.coordinator, goals=self.goals[:2])
        return dossier

    def situations(self, dossier: Dossier) -> None:
        every = casework.content(dossier).framework.situations
        basics.answer_situations(
            dossier, actor=self.coordinator, answers={s.key: s.key in QUIET for s in every}
        )

    def assess(self, dossier: Dossier, *, step: str = "", most: int = 99) -> None:
        """Answers criteria with a reason and a piece of proof each."""
        fresh = Dossier.objects.get(pk=dossier.pk)
        rows = [r for r in casework.asked_of(fresh, step) if not r.done][:most]
        for row in rows:
            self._answer(dossier, row.criterion.key)

    def _show_proof(self, dossier: Dossier, key: str) -> None:
        """One conversation supports many answers."""
        title = "Gesprek met de partner en een blik in het lesmateriaal"
        seen = dossier.evidence.filter(title=title).first()
        if seen is not None:
            screening.use_evidence(dossier, actor=self.teacher, evidence=seen, criterion=key)
            return
        day = self.today - timedelta(days=14)
        screening.add_evidence(
            dossier, actor=self.teacher, criterion=key, kind="own-observation", title=title,
            dated_on=day,
        )  # fmt: skip

    def _answer(self, dossier: Dossier, key: str) -> None:
        self._show_proof(dossier, key)
        saved = dossier.assessments.get(criterion=key)
        screening.save_assessment(
            dossier,
            actor=self.teacher,
            criterion=key,
            version=saved.version,
            judgement="in-order",
            argument=wording.reason(key),
        )

    def walk(self, dossier: Dossier, tree: str, answers: dict[str, str]) -> None:
        """Walks a helper tree to its end, about the only partner where it is about one."""
        row = dossier.partners.select_related("partner").first()
        found = casework.content(dossier).governance.tree[tree]
        assert row is not None
        walking.keep_run(
            dossier,
            actor=self.coordinator,
            tree=found,
            answers=answers,
            partner=None if found.per == "dossier" else row.partner,
        )

    def ask(self, dossier: Dossier, name: str, mailbox: str, relation: str) -> None:
        row = dossier.partners.select_related("partner").first()
        assert row is not None
        asking.ask_experience(
            dossier,
            actor=self.coordinator,
            partner=row.partner,
            relation=relation,
            email=f"{mailbox}@elders.example",
            name=name,
            organisation="Basisschool De Linde",
        )

    def agree(self, dossier: Dossier, *, confirm: bool, **term: str) -> None:
        row = dossier.partners.select_related("partner").first()
        assert row is not None
        fresh = Dossier.objects.get(pk=dossier.pk)
        draft = agreeing.draft_of(fresh, row.partner)
        draft.fields = {**wording.blanks(fresh, self.today), **draft.fields, **term}
        saved = agreeing.save_draft(
            dossier,
            actor=self.coordinator,
            partner=row.partner,
            version=draft.version,
            blocks=[],
            fields=draft.fields,
            extra="",
        )
        version = agreeing.fix_version(saved, actor=self.coordinator)
        agreeing.send_version(
            version, actor=self.coordinator, email="scholen@partner.example", name="Lowie Staepen"
        )
        if confirm:
            agreeing.confirm_for_school(version, actor=self.head)
            version.refresh_from_db()
            agreeing.confirm_by_partner(version, actor=guest("Lowie Staepen"), name="Lowie Staepen")

    def council(self, dossier: Dossier, duty: str, *, done: bool) -> None:
        dossier = council.set_council_duty(
            dossier,
            actor=self.head,
            version=Dossier.objects.get(pk=dossier.pk).version,
            duty=duty,
            reason="Het gaat om een langere samenwerking met een organisatie van buiten."
            if duty == "consult"
            else "Het gaat om één activiteit.",
        )
        item = council.save_council_item(
            dossier,
            actor=self.head,
            item=None,
            version=0,
            duty=duty,
            note=f"De school wil samenwerken rond: {dossier.title}.\n\n{dossier.aim}",
            draft=f"Het schoolbestuur beslist om van start te gaan met: {dossier.title}.",
            meeting_on=school_day(self.today + timedelta(days=-5 if done else 6)),
            show=True,
        )
        if done:
            council.note_council_outcome(
                item,
                actor=self.head,
                version=item.version,
                outcome="agreed" if duty == "consult" else "informed",
                on=school_day(self.today - timedelta(days=5)),
                words="De raad vraagt om na een half jaar samen te kijken.",
            )

    def decide(self, dossier: Dossier, *, sign: bool) -> None:
        people = [self.users[n] for n in ("leerkracht", "coordinator", "anke", "bram")]
        decision = deciding.open_decision(
            dossier,
            actor=self.coordinator,
            question=f"Doen we dit: {dossier.title}?",
            template="advice",
            closes_on=self.today + timedelta(days=5),
            people=people,
        )
        said = {
            "coordinator": ("do", "Dit is wat we zochten."),
            "anke": ("do", "Ik keek al eens mee."),
        }
        if sign:
            said |= {"leerkracht": ("do", ""), "bram": ("do-if", "Als er tijd is voor overleg.")}
        for name, (option, reason) in said.items():
            position = decision.positions.get(user=self.users[name])
            deciding.give_position(
                position, actor=actor(self.users[name]), option=option, reason=reason
            )
        if sign:
            deciding.sign_decision(
                decision,
                actor=self.head,
                outcome="yes-with-conditions",
                reasons="Het past bij onze prioriteiten, en collega’s staan erachter.",
                conditions=[
                    deciding.Wanted(
                        "Vooraf een uur overleg met de partner",
                        self.users["leerkracht"],
                        self.today + timedelta(days=9),
                    )
                ],
                review_on=self.today + timedelta(days=120),
            )

    def write(self, dossier: Dossier) -> None:
        """A letter to the partner that waits to be looked at; papers with the school's lines."""
        style.save_letterhead(
            dossier.school,
            actor=self.head,
            version=0,
            name="",
            lines="Kerkplein 4, 9999 Veerdegem\nwww.school-veerdegem.example",
        )
        decision, row = dossier.decisions.signed().get(), dossier.partners.get()
        draft = letters.draft_of(decision, row.partner)
        values = {name: getattr(draft, name) for name in letters.FIELDS}
        values["to_email"] = values["to_email"] or "scholen@partner.example"
        letters.save_letter(
            decision, actor=self.head, partner=row.partner, version=0, values=values
        )

    def plan(self, dossier: Dossier, days: int, *, teacher: str = "leerkracht") -> Activity:
        when = school_day(self.today + timedelta(days=days))
        return running.plan_activity(
            dossier,
            actor=self.coordinator,
            facts={
                "title": dossier.title,
                "on": when,
                "starts": time(9, 0),
                "ends": time(10, 40),
                "place": "Klas van de groep",
                "preparation": "We vertellen wie er komt en verzamelen vragen.",
                "follow_up": "We bespreken wat bijbleef.",
            },
            groups=list(dossier.groups.all()),
            teachers=[self.users[teacher]] if teacher else [],
        )

    def pupils_answer(self, activity: Activity, count: int) -> None:
        """A survey by code with answers. Only after the minimum do results show."""
        survey = running.start_pupil_survey(activity, actor=self.teacher).survey
        assert survey is not None
        for number in range(count):
            answers = {q.key: _pupil_answer(q, number) for q in survey.asked}
            given = {key: value for key, value in answers.items() if value is not None}
            surveys.answer_anonymously(survey, actor=ANONYMOUS, answers=given)

    def look_back(self, dossier: Dossier, who: Actor, again: str, advice: str = "") -> None:
        content = casework.content(dossier)
        evaluating.save_evaluation(
            dossier,
            actor=who,
            version=0,
            answers={
                "aim_result": "reached" if again == "yes" else "partly",
                "aim_note": "Leerlingen kwamen er zelf op terug.",
                "impact": {key: "reached" for key in dossier.impact},
                "working_factors": {f.key: 4 for f in content.factors.working_factors},
                "again": again,
                "advice": advice,
                "share_advice": bool(advice),
            },
            factors=[
                {"factor": "easy-to-reach", "effect": "smooth", "note": "Antwoordt dezelfde dag."},
                {"factor": "linked-to-lessons", "effect": "difficult", "note": ""},
            ],
        )

    def share(self, dossier: Dossier, audience: str, advice: str) -> None:
        evaluating.choose_follow_up(dossier, actor=self.head, choice="go-on")
        evaluating.share(
            dossier,
            actor=self.head,
            version=0,
            audience=audience,
            again="yes",
            factors=[{"factor": "easy-to-reach", "effect": "smooth", "note": ""}],
            advice=advice,
            text_consent=True,
        )


def _pupil_answer(question: Any, number: int) -> Any:
    """Mostly content, sometimes not; open questions stay empty."""
    pattern = (5, 4, 5, 3, 4, 5, 2, 4)
    if question.kind in ("smiley5", "scale5"):
        return pattern[number % len(pattern)]
    if question.kind == "smiley3":
        return (3, 3, 2)[number % 3]
    if question.kind == "choice":
        return question.options[number % len(question.options)].value
    return None


def make_dossiers(teller: Storyteller) -> list[Callable[[], None]]:
    """The stories, one for each step; each is a piece of work that can be counted."""
    return [
        lambda: _step_one(teller),
        lambda: _step_two(teller),
        lambda: _step_three(teller),
        lambda: _step_four(teller),
        lambda: _step_five(teller),
        lambda: _step_six(teller),
        lambda: _elsewhere(teller),
    ]


def _step_one(t: Storyteller) -> None:
    agreements.make_blocks(t)
    dossier = t.open(
        "Mediawijs in het vijfde leerjaar",
        "Schermlicht vzw",
        "one-off",
        "Leerlingen herkennen reclame op een scherm en kiezen bewuster.",
        groups=(("lager-graad-3", "5A", 23), ("lager-graad-3", "5B", 23)),
    )
    t.situations(dossier)
    t.assess(dossier, step="know-partner", most=4)
    keys = [
        r.criterion.key for r in casework.asked_of(Dossier.objects.get(pk=dossier.pk)) if not r.done
    ]
    screening.assign_criterion(
        dossier,
        actor=t.coordinator,
        criterion=keys[0],
        user=t.users["leerkracht"],
        due_on=t.today + timedelta(days=12),
    )
    advising.ask_adviser(
        dossier,
        actor=t.coordinator,
        adviser=t.users["anker"],
        question="Er staat een logo op de website van de partner. Waar let jij dan op?",
    )


def _step_two(t: Storyteller) -> None:
    dossier = t.open(
        "Kriebeldiertjes in de tweede klas",
        "Natuurpunt Lindebos",
        "one-off",
        "Leerlingen kijken aandachtig en benoemen wat ze zien.",
        groups=(("lager-graad-1", "2A", 21),),
    )
    t.situations(dossier)
    t.assess(dossier, step="know-partner")
    t.ask(dossier, "Hanne", "hanne", "other-school")
    t.ask(dossier, "Koen", "koen", "colleague")
    asking.ask_by_file(  # who will not use a link
        dossier,
        actor=t.coordinator,
        partner=dossier.partners.select_related("partner")[0].partner,
        relation="parent",
        name="Fien Abrams",
    )


def _step_three(t: Storyteller) -> None:
    dossier = t.open(
        "Kunst in de klas met de academie",
        "Kunstacademie De Linde",
        "structural",
        "Een schooljaar lang samen beeld maken rond de buurt.",
        impact=["pupils", "school-team"],
        groups=(("lager-graad-2", "4A", 22),),
    )
    museum = t.partners["Museum De Steenbakkerij"]
    basics.add_partner(dossier, actor=t.coordinator, partner=museum)  # before anything is found
    t.situations(dossier)
    t.assess(dossier, step="know-partner")
    t.assess(dossier, step="hear-others")
    looks = {60: "Halfweg: wat leren de kinderen en wij?", 150: "Tonen we het werk aan de buurt?"}
    t.agree(dossier, confirm=False, **agreements.term(t, starts=-20, ends=220, looks=looks))
    agreements.talk(t, dossier)


def _step_four(t: Storyteller) -> None:
    dossier = t.open(
        "Taalcoach voor twee schooljaren",
        "Taalkompas Oostmaarle",
        "structural",
        "Het team geeft in elke les kansen om te praten.",
        impact=["team-member", "school-team"],
    )
    t.situations(dossier)
    t.council(dossier, "consult", done=False)
    for step in ("know-partner", "hear-others", "agree-first"):
        t.assess(dossier, step=step)
    looks = {4: "Loopt het goed in de klassen?", 30: "Gaan we volgend jaar voort?"}
    t.agree(dossier, confirm=True, **agreements.term(t, starts=-200, ends=35, looks=looks))
    t.decide(dossier, sign=False)


def _step_five(t: Storyteller) -> None:
    dossier = t.open(
        "Een dag in de steenbakkerij",
        "Museum De Steenbakkerij",
        "one-off",
        "Leerlingen ontdekken hoe de buurt vroeger werkte.",
        impact=["pupils", "neighbourhood"],
    )
    _until_decided(t, dossier)
    t.write(dossier)
    first = t.plan(dossier, 4, teacher="coordinator")
    running.confirm_activity(first, actor=t.coordinator)
    agreements.follow_agenda(dossier)
    t.plan(dossier, (first.on - t.today).days + 7, teacher="")


def _step_six(t: Storyteller) -> None:
    dossier = t.open(
        "Lezen met de bib",
        "Bibliotheek Veerdegem",
        "one-off",
        "Leerlingen kiezen zelf een boek en lezen het uit.",
        groups=(("lager-graad-2", "3A", 22), ("lager-graad-2", "3B", 24)),
    )
    _until_decided(t, dossier)
    agreements.hand_over(t, dossier)
    activity = t.plan(dossier, -20)
    t.pupils_answer(activity, 31)
    t.look_back(dossier, t.teacher, "yes", "Laat kinderen zelf kiezen.")
    t.look_back(dossier, t.coordinator, "changed")
    t.share(dossier, "everyone", "Laat kinderen zelf kiezen. Vraag de bib om dubbele exemplaren.")


def _until_decided(t: Storyteller, dossier: Dossier) -> None:
    t.situations(dossier)
    t.council(dossier, "inform", done=True)
    t.assess(dossier)
    t.walk(dossier, "minors-check", ONE_AFTERNOON)
    t.agree(dossier, confirm=True)
    t.decide(dossier, sign=True)


def _elsewhere(t: Storyteller) -> None:
    """Other schools have dossiers of their own, which nobody of the first school may find."""
    for mailbox, school, title, partner in (
        ("andere-school", t.places.other, "Onze eigen klaskrant", "Redactie op Wielen vzw"),
        ("vijver", t.places.sister, "Fietsen naar school", "Fietspunt Klei-Aarde"),
        ("academie", t.places.academy, "Een lied met de buurt", "Muziekatelier Klank"),
    ):
        head = actor(t.users[mailbox], school)
        dossier = basics.open_dossier(
            school,
            actor=head,
            framework=t.framework,
            title=title,
            kind="one-off",
            aim="Leerlingen doen mee van begin tot einde.",
            partner=t.partners[partner],
        )
        basics.add_group(dossier, actor=head, level="lager-graad-3", label="6", pupils=19)
