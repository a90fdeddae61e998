"""Step 2: asking people for their experience with the partner, by link without account."""

from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Dossier, ExperienceRequest, Relation
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys.models import Survey

# Which ready question set suits whom (content: surveys.yaml).
SETS = {Relation.OTHER_SCHOOL: "experience-request"}
USUAL_SET = "ask-around"


@action("dossiers.ask")
def ask_experience(
    dossier: Dossier,
    *,
    actor: Actor,
    partner: Partner,
    relation: str,
    email: str,
    name: str = "",
    organisation: str = "",
    message: str = "",
) -> ExperienceRequest:
    """Asks one person by mail. The questions are those of the set for this kind of person.

    Raises:
        NotAllowedNow: the address is wrong or was asked already; the text says which.
    """
    kind = Relation(relation)
    survey = _survey(dossier, partner, SETS.get(kind, USUAL_SET), actor)
    try:
        invitation = surveys.invite(survey, actor=actor, email=email, name=name, message=message)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    request = ExperienceRequest.objects.create(
        dossier=dossier,
        partner=partner,
        invitation=invitation,
        relation=kind,
        organisation=organisation,
        asked_by_id=actor.uid,
    )
    record("experience.asked", request, actor=actor, thread=dossier, relation=str(kind.label))
    touched(dossier)
    return request


def _survey(dossier: Dossier, partner: Partner, set_key: str, actor: Actor) -> Survey:
    """The dossier's survey about this partner with this set; made when it is first needed."""
    existing = Survey.objects.filter(
        invitations__request__dossier=dossier,
        invitations__request__partner=partner,
        set_key=set_key,
        closed_at=None,
    ).first()
    if existing is not None and existing.is_open:
        return existing
    return surveys.create_survey(
        dossier.school,
        actor=actor,
        set_key=set_key,
        framework=dossier.framework,
        title=_("Ervaring met {name}").format(name=partner.name),
        about=partner.name,
        situations=[key for key, so in dossier.situations.items() if so],
    )


@action("dossiers.ask")
def remind(request: ExperienceRequest, *, actor: Actor) -> None:
    """Reminds somebody who has not answered; once."""
    try:
        surveys.remind(request.invitation, actor=actor)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    relation = str(request.get_relation_display())
    record("experience.reminded", request, actor=actor, thread=request.dossier, relation=relation)


@action("dossiers.ask")
def withdraw_request(request: ExperienceRequest, *, actor: Actor) -> None:
    """Takes the question back; the link stops working. An answer that came stays."""
    try:
        surveys.withdraw_invitation(request.invitation, actor=actor)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    relation = str(request.get_relation_display())
    record("experience.withdrawn", request, actor=actor, thread=request.dossier, relation=relation)
    touched(request.dossier)
