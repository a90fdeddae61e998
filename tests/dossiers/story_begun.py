"""The beginning of each story: the databank, a dossier that is opened, and its screening."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import basics, screening, second, walking
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    DossierGoal,
    Evidence,
    SecondReading,
    TreeRun,
)
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks import walking as trees_of
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Partner
from tests.personas import World


class Begun:
    """One school that works with a partner: what is done before anybody outside is asked."""

    def __init__(self, world: World, *, say: Callable[[str], str] = str.capitalize) -> None:
        self.world, self.say = world, say
        self.head, self.coordinator = world.actor("head"), world.actor("coordinator")
        self.teacher = world.actor("teacher")
        self.framework = frameworks.latest(self.head)
        self.content = frameworks.content_of(self.framework.pk)
        self.today = timezone.localdate()

    # The databank

    def make_partner(self, name: str = "", number: str = "", **facts: Any) -> Partner:
        given = {
            "name": name or self.say("partner"),
            "kind": self.content.vocab.partner_kinds[0].key,
            "enterprise_number": number,
            **facts,
        }
        return partners.create_partner(self.world.school, actor=self.coordinator, facts=given)

    def make_goal(self, number: int = 1) -> Goal:
        group = GoalSet.objects.get_or_create(
            source_id=900,
            defaults={"name": "Doelen om te proberen", "search_text": "", "fingerprint": ""},
        )[0]
        text = f"De leerlingen oefenen {number}."
        return Goal.objects.create(
            source_id=9000 + number,
            goal_set=group,
            code=f"1.{number}",
            text=text,
            search_text=text,
            fingerprint="",
        )

    # Opening

    def open(
        self,
        partner: Partner | None = None,
        *,
        school: School | None = None,
        actor: Actor | None = None,
        title: str = "",
        kind: str = "one-off",
        **more: Any,
    ) -> Dossier:
        return basics.open_dossier(
            school or self.world.school,
            actor=actor or self.coordinator,
            framework=self.framework,
            title=title or self.say("title"),
            kind=kind,
            aim=self.say("aim"),
            impact=["pupils"],
            partner=partner,
            **more,
        )

    def begin(self, dossier: Dossier) -> None:
        """For whom, with whom, and the situations: nothing special is going on."""
        basics.add_group(
            dossier,
            actor=self.coordinator,
            level="lager-graad-3",
            label=self.say("group")[:60],
            pupils=23,
        )
        basics.add_member(
            dossier, actor=self.coordinator, user=self.world.user("teacher"), part="works"
        )
        every = casework.content(dossier).framework.situations
        basics.answer_situations(
            dossier, actor=self.coordinator, answers={s.key: False for s in every}
        )

    def choose_goal(self, dossier: Dossier, goal: Goal) -> None:
        basics.choose_goals(dossier, actor=self.coordinator, goals=[goal])
        row = dossier.goals.get(goal=goal)
        self.explain(dossier, row, self.say("how")[:400])

    def explain(self, dossier: Dossier, row: DossierGoal, how: str) -> None:
        basics.explain_goal(dossier, actor=self.coordinator, row=row, version=row.version, how=how)

    # Step 1

    def proof(self, dossier: Dossier, criterion: str, **more: Any) -> Evidence:
        given = {"kind": "own-observation", "title": self.say("evidence"), **more}
        return screening.add_evidence(dossier, actor=self.teacher, criterion=criterion, **given)

    def judge(
        self, dossier: Dossier, criterion: str, judgement: str = "in-order", **more: Any
    ) -> Assessment:
        """Answers one criterion; "in order" gets the proof that it needs."""
        fresh = Dossier.objects.get(pk=dossier.pk)
        row = fresh.assessments.filter(criterion=criterion).first()
        if judgement == "in-order" and not (row and row.evidence.exists()):
            self._show_proof(fresh, criterion)
            row = fresh.assessments.get(criterion=criterion)
        given = {"argument": self.say("argument"), "actor": self.teacher, **more}
        return screening.save_assessment(
            fresh,
            criterion=criterion,
            version=row.version if row else 0,
            judgement=judgement,
            **given,
        )

    def _show_proof(self, dossier: Dossier, criterion: str) -> None:
        """One piece of proof serves all criteria."""
        earlier = dossier.evidence.filter(kind="own-observation", facts={}, removed_at=None).first()
        if earlier is None:
            self.proof(dossier, criterion)
        else:
            screening.use_evidence(
                dossier, actor=self.teacher, evidence=earlier, criterion=criterion
            )

    def judge_all(self, dossier: Dossier, *, but: tuple[str, ...] = ()) -> None:
        fresh = Dossier.objects.get(pk=dossier.pk)
        for row in casework.asked_of(fresh):
            if not row.done and row.criterion.key not in but:
                self.judge(fresh, row.criterion.key)

    def second(
        self, dossier: Dossier, *criteria: str, who: str = "teacher2", blind: bool = True
    ) -> SecondReading:
        """Asks a colleague to read these too; gives the first of the readings."""
        return second.ask_second_reader(
            Dossier.objects.get(pk=dossier.pk),
            actor=self.coordinator,
            reader=self.world.user(who),
            criteria=criteria,
            blind=blind,
        )[0]

    def assign(self, dossier: Dossier, criterion: str, who: str = "teacher") -> Assessment:
        return screening.assign_criterion(
            dossier,
            actor=self.coordinator,
            criterion=criterion,
            user=self.world.user(who),
            due_on=self.today + timedelta(days=9),
        )

    # Helper trees

    def situation(self, dossier: Dossier, **answers: bool) -> Dossier:
        """Answers some of the situations; gives the dossier as it is then."""
        given = {key.replace("_", "-"): answer for key, answer in answers.items()}
        basics.answer_situations(dossier, actor=self.coordinator, answers=given)
        return Dossier.objects.get(pk=dossier.pk)

    def walk(self, dossier: Dossier, tree: str, *answers: str, **more: Any) -> TreeRun:
        """Walks a tree from its start with these answers, one after the other."""
        found = self.content.governance.tree[tree]
        given: dict[str, str] = {}
        for answer in answers:
            asked = trees_of.walk(found, given).next
            assert asked is not None
            given[asked.key] = answer
        fresh = Dossier.objects.get(pk=dossier.pk)
        return walking.keep_run(
            fresh, **{"actor": self.coordinator, "tree": found, "answers": given, **more}
        )
