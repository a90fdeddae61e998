"""Where a dossier can go: a newer release, the framework of the umbrella, new own questions."""

from partnerwijzer.access.actor import Actor
from partnerwijzer.authoring import queries as authoring
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.dossiers.moving import Target


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
