"""Keeping where a helper tree led, with the day that it asks for (K4, K6, M6)."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework, trees
from partnerwijzer.dossiers.actions import derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.known_facts import Facts
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence, TreeRun
from partnerwijzer.frameworks import walking
from partnerwijzer.frameworks.schema import Tree
from partnerwijzer.frameworks.walking import Walk
from partnerwijzer.frameworks.words import Result
from partnerwijzer.partners.models import Partner


@action("dossiers.edit")
def keep_run(
    dossier: Dossier,
    *,
    actor: Actor,
    tree: Tree,
    answers: Mapping[str, str],
    partner: Partner | None = None,
    run: TreeRun | None = None,
    version: int = 0,
) -> TreeRun:
    """Keeps the outcome of a tree that was walked to its end; of a tree that names what it stores,
    only that (domain.md 7.2). Who it is about gets a number, never a name.

    Args:
        run: the earlier run that this one replaces, with the `version` that was read.

    Raises:
        NotAllowedNow: the tree is not finished, or it was walked for this partner already.
        Conflict: a colleague walked it again in between.
    """
    walked = walking.walk(tree, answers)
    if walked.outcome is None:
        raise NotAllowedNow(_("Deze boom is nog niet tot het einde afgelopen."))
    _check_subject(dossier, tree, partner, run)
    row = (
        versions.claim(dossier.tree_runs.all(), run.pk, version)
        if run
        else TreeRun(dossier=dossier, tree=tree.key, number=_next_number(dossier, tree))
    )
    other_partner = row.partner_id is not None and row.partner != partner
    same_end = row.outcome == walked.outcome.key and not other_partner
    row.partner, row.framework = partner, dossier.framework
    row.outcome, row.result = walked.outcome.key, walked.outcome.result
    if tree.stores:
        row.answers, row.facts = {}, {}
        row.overruled = not trees.follows(dossier, tree, row.outcome, partner)
    else:
        row.answers, row.facts = walked.way, _facts_on(dossier, walked, partner)
    if not same_end:
        row.noted_on, row.noted_by = None, None
    row.walked_by_id, row.walked_at = actor.user_id, timezone.now()
    row.save()
    result = casework.content(dossier).governance.result[walked.outcome.result].label
    record("tree.walked", row, actor=actor, thread=dossier, tree=tree.title, result=result)
    _show_at_criteria(dossier, actor, row)
    touched(dossier)
    return row


def _check_subject(
    dossier: Dossier, tree: Tree, partner: Partner | None, run: TreeRun | None
) -> None:
    """A partner is one of this dossier, and no partner is looked at twice."""
    if partner is not None and not dossier.partners.filter(partner=partner).exists():
        raise NotAllowedNow(_("Deze organisatie is geen partner van dit dossier."))
    others = dossier.tree_runs.filter(tree=tree.key, partner=partner, number=0)
    if tree.per != "person" and others.exclude(pk=run.pk if run else 0).exists():
        raise NotAllowedNow(
            _("Hiervoor staat al een uitkomst in het dossier. Open die en pas ze aan.")
        )


def _next_number(dossier: Dossier, tree: Tree) -> int:
    """Of who is looked at now; 0 where the tree is not about a person. A number that was taken
    away is not given out again as long as a later one stands."""
    if tree.per != "person":
        return 0
    Dossier.objects.select_for_update().get(pk=dossier.pk)  # two colleagues at once
    last = dossier.tree_runs.filter(tree=tree.key).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _facts_on(dossier: Dossier, walked: Walk, partner: Partner | None) -> dict[str, str]:
    """What is known now at the questions of the way, to see later on what changed."""
    facts = Facts(dossier, partner)
    found = ((turn.node.key, facts.of(turn.node)) for turn in walked.turns)
    return {key: known.value for key, known in found if known is not None}


def _show_at_criteria(dossier: Dossier, actor: Actor, run: TreeRun) -> None:
    """Lays the outcome as evidence beside the criteria that name the tree; an older one goes.

    "Ask further" shows nothing yet: nobody knows.
    """
    _forget(dossier, run)
    if run.result == Result.ASK_FURTHER:
        return
    content = casework.content(dossier)
    shown = trees.shown(dossier, run)
    words = _("Beslisboom ‘{tree}’: {result}").format(tree=shown.tree.title, result=shown.label)
    evidence = Evidence.objects.create(
        dossier=dossier,
        kind=derived.KIND,
        title=(f"{words} ({shown.subject})" if shown.subject else words)[:200],
        facts={"tree_run": run.pk},
        dated_on=timezone.localdate(),
        added_by_id=actor.user_id,
    )
    for criterion in content.framework.criteria:
        if run.tree in criterion.trees:
            row, _new = Assessment.objects.get_or_create(dossier=dossier, criterion=criterion.key)
            evidence.assessments.add(row)


def _forget(dossier: Dossier, run: TreeRun) -> None:
    rows = Evidence.objects.filter(dossier=dossier, facts__tree_run=run.pk, removed_at=None)
    rows.update(removed_at=timezone.now())


@action("dossiers.edit")
def note_day(run: TreeRun, *, actor: Actor, version: int, on: date) -> TreeRun:
    """Writes down the day that an outcome asks for: of a confirmation, or of the head's check.

    Only the day and who wrote it are kept (domain.md 7.2).

    Raises:
        NotAllowedNow: nothing has to be noted, the day is still to come, or only the head may.
        Conflict: a colleague changed the run in between.
    """
    shown = trees.shown(run.dossier, run)
    if shown.outcome.to_note is None:
        raise NotAllowedNow(_("Bij deze uitkomst hoort geen datum."))
    if on > timezone.localdate():
        raise NotAllowedNow(_("Kies vandaag of een dag die voorbij is."))
    if not may_note(actor, run):
        raise NotAllowedNow(_("De directie kijkt dit zelf na en noteert de dag."))
    row = versions.claim(TreeRun, run.pk, version)
    row.noted_on, row.noted_by_id = on, actor.user_id
    row.save(update_fields=["noted_on", "noted_by"])
    tree = shown.tree.title
    record("tree.noted", row, actor=actor, thread=row.dossier, day=on, tree=tree)
    touched(row.dossier)
    return row


def may_note(actor: Actor, run: TreeRun) -> bool:
    """Whether this person writes down the day: the head alone where the content says so."""
    if trees.shown(run.dossier, run).outcome.noted_by == "head":
        return Role.HEAD in actor.roles_at(run.dossier.school_id)
    return actor.works_at(run.dossier.school_id)


@action("dossiers.edit")
def remove_run(run: TreeRun, *, actor: Actor) -> None:
    """Takes a run out: this person does not come, or the tree was walked by mistake."""
    dossier = run.dossier
    tree = trees.shown(dossier, run).tree.title
    record("tree.removed", run, actor=actor, thread=dossier, tree=tree)
    _forget(dossier, run)
    run.delete()
    touched(dossier)
