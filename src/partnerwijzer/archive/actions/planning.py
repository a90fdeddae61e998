"""The moments of a dossier that goes on in a new school year: alone or in a series, with which
partner comes, at which goals they work and where help is asked. Nobody goes along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive import occasions, repeating
from partnerwijzer.dossiers import casework, together
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
from partnerwijzer.quality import actions as quality
from partnerwijzer.quality.models import QualityTag
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.trajectories.models import Series
from partnerwijzer.volunteers import actions as volunteers
from partnerwijzer.volunteers.roles import roles

Groups = Mapping[int, DossierGroup]


@dataclass
class _Planning:
    """Plans in `dossier`. groups: the new one for each of then. rows: the new DossierPartner for
    each of then."""

    dossier: Dossier
    actor: Actor
    groups: Groups
    rows: Mapping[int, int]

    def moment(self, moment: occasions.Moment, usual: "_Who | None" = None) -> Activity:
        """Planned, without a teacher: that is asked for each anew."""
        names = ("title", "on", "starts", "ends", "place", "preparation", "follow_up")
        facts = {name: getattr(moment, name) for name in (*names, "working_form")}
        who = self.who(moment, usual)
        made = running.plan_activity(
            self.dossier,
            actor=self.actor,
            facts={**facts, "details": moment.details or {}},
            groups=who.groups,
            teachers=(),
            partners=who.parts,
            tell=usual is None,
        )
        self._help(made, moment)
        return made

    def who(self, moment: occasions.Moment, usual: "_Who | None") -> "_Who":
        """Who is at it of those that go along; as usual where only the rule of its series gives
        it."""
        if moment.of is None and usual is not None:
            return usual
        groups = self.those(moment.of.groups.all()) if moment.of else []
        return _Who(groups, self.parts(moment.parts or {}))

    def _help(self, made: Activity, moment: occasions.Moment) -> None:
        """Places for who helps, all of them free."""
        for role, many in moment.places:
            if role in roles(casework.content(self.dossier)):
                volunteers.want(
                    self.dossier, actor=self.actor, activity=made, key=role, wanted=many
                )

    def those(self, groups: Iterable[DossierGroup]) -> list[DossierGroup]:
        return [self.groups[g.pk] for g in groups if g.pk in self.groups]

    def parts(self, parts: Mapping[int, str]) -> dict[int, str]:
        """What each partner does that still takes part; nothing where who leads is gone."""
        found = {self.rows[key]: part for key, part in parts.items() if key in self.rows}
        return {} if together.why_not(self.dossier.partners.all(), found) else found


@dataclass(frozen=True)
class _Who:
    """Who is at a moment, or at each of a series."""

    groups: list[DossierGroup]
    parts: dict[int, str]

    def others_than(self, usual: "_Who") -> bool:
        return (set(self.groups), self.parts) != (set(usual.groups), usual.parts)


def plan_again(
    dossier: Dossier, source: Dossier, found: repeating.Plan, groups: Groups, *, actor: Actor
) -> None:
    """Plans all moments and series of the plan, with the goals that they work at and what each is
    meant to contribute to."""
    planning = _Planning(dossier, actor, groups, _rows(dossier, source))
    made = [(planning.moment(one), one) for one in found.moments]
    known: dict[int, Series] = {}
    for again in found.series:
        made += _series(planning, again, known)
    goals = {row.goal_id: row.pk for row in dossier.goals.all()}
    links = [
        (activity.pk, goals[goal.goal_id])
        for activity, moment in made
        for goal in moment.goals
        if goal.goal_id in goals
    ]
    QualityTag.objects.bulk_create(
        QualityTag(
            dossier=dossier,
            activity=activity,
            part=tag.part,
            rubric=tag.rubric,
            expectation=tag.expectation,
        )
        for activity, moment in made
        for tag in moment.tags
    )
    if links:
        quality.link_goals(dossier, actor=actor, add=links, remove=())


def _rows(dossier: Dossier, source: Dossier) -> dict[int, int]:
    """The new row of each partner of then; one that was merged since, is the other."""
    new = {row.partner_id: row.pk for row in dossier.partners.all()}
    was = {row.pk: row.partner.merged_into_id or row.partner_id for row in source.partners.all()}
    return {key: new[partner] for key, partner in was.items() if partner in new}


def _series(
    planning: _Planning, again: occasions.Again, known: dict[int, Series]
) -> list[tuple[Activity, occasions.Moment]]:
    """A series with its moments; `known` gets it, by the key of the one of then."""
    old = again.series
    parts = {row.row_id: row.part for row in old.partners.all()}
    usual = _Who(planning.those(old.groups.all()), planning.parts(parts))
    made = [(planning.moment(one, usual), one) for one in again.moments]
    known[old.pk] = trajectories.gather(
        planning.dossier,
        actor=planning.actor,
        facts=again.facts,
        groups=usual.groups,
        partners=usual.parts,
        moments=[
            trajectories.Planned(activity, moment.on, _own(planning, moment, again, usual))
            for activity, moment in made
        ],
        follows=known.get(old.follows_id or 0),
    )
    return made


def _own(
    planning: _Planning, moment: occasions.Moment, again: occasions.Again, usual: _Who
) -> bool:
    """Whether it is otherwise than the rest of its series, by what it is or by who is there."""
    return moment.other_than(again) or planning.who(moment, usual).others_than(usual)
