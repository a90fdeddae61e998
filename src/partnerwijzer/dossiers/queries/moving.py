"""Where a dossier can go: a newer release, the framework of the umbrella, new own questions."""

from partnerwijzer.access.actor import Actor
from partnerwijzer.authoring import queries as authoring
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.dossiers.moving import Target
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion


def other_frameworks(actor: Actor, dossier: Dossier) -> list[FrameworkVersion]:
    """The newest release of each framework that this dossier does not use."""
    found = frameworks.by_framework(actor)
    return [rows[0] for key, rows in found.items() if key != dossier.framework.key]


def target_of(actor: Actor, dossier: Dossier) -> Target | None:
    """What this dossier can go over to; None where it is at the newest, or over."""
    if dossier.state != DossierState.OPEN:
        return None
    newest = authoring.newest_of(actor, told.of(dossier, "own_framework"))
    if newest.key == dossier.framework.key and newest.order < dossier.framework.order:
        newest = dossier.framework
    same_criteria = told.of(dossier, "newest_criteria") == dossier.own_criteria_id
    if newest.pk == dossier.framework_id and same_criteria:
        return None
    return Target(newest, authoring.newest_criteria(dossier.school))
