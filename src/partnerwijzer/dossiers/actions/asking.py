"""Step 2: asking people for their experience with the partner, by link without account."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Dossier, DossierSurvey, ExperienceRequest, Relation
from partnerwijzer.dossiers.pasted import Person
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys.models import OwnEdition, Survey, SurveyInvitation

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
    own: OwnEdition | None = None,
) -> ExperienceRequest:
    """Asks one person by mail. The questions are those of the set for this kind of person.

    Args:
        own: a question set of the school or its umbrella, in place of the usual one.

    Raises:
        NotAllowedNow: the address is wrong or was asked already; the text says which.
    """
    kind = Relation(relation)
    survey = _survey(dossier, partner, SETS.get(kind, USUAL_SET), actor, own=own)
    try:
        invitation = surveys.invite(survey, actor=actor, email=email, name=name, message=message)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    return _asked(dossier, actor, partner, invitation, kind, organisation)


@action("dossiers.ask")
def ask_by_file(
    dossier: Dossier,
    *,
    actor: Actor,
    partner: Partner,
    relation: str,
    name: str,
    organisation: str = "",
    own: OwnEdition | None = None,
) -> ExperienceRequest:
    """Asks somebody with a spreadsheet that is sent on by hand: no mail goes out.

    Raises:
        NotAllowedNow: this person has a sheet already.
    """
    kind = Relation(relation)
    survey = _survey(dossier, partner, SETS.get(kind, USUAL_SET), actor, own=own)
    try:
        invitation = surveys.ask_by_file(survey, actor=actor, name=name)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    return _asked(dossier, actor, partner, invitation, kind, organisation)


def _asked(
    dossier: Dossier,
    actor: Actor,
    partner: Partner,
    invitation: SurveyInvitation,
    kind: Relation,
    organisation: str,
) -> ExperienceRequest:
    request = ExperienceRequest.objects.create(
        dossier=dossier,
        partner=partner,
        invitation=invitation,
        relation=kind,
        organisation=organisation,
        asked_by_id=actor.uid,
    )
    record("experience.asked", request, actor=actor, thread=dossier, relation=kind.label)
    touched(dossier)
    return request


@action("dossiers.ask")
def ask_many(
    dossier: Dossier,
    *,
    actor: Actor,
    partner: Partner,
    relation: str,
    people: Sequence[Person],
    message: str = "",
    own: OwnEdition | None = None,
) -> list[ExperienceRequest]:
    """Asks several people, each by a mail and a link of their own: all of them or nobody.

    Raises:
        NotAllowedNow: somebody was asked in between; the text says who.
    """
    return [
        ask_experience(
            dossier,
            actor=actor,
            partner=partner,
            relation=relation,
            email=person.email,
            name=person.name,
            message=message,
            own=own,
        )
        for person in people
    ]


@action("dossiers.ask")
def remind_waiting(dossier: Dossier, *, actor: Actor) -> int:
    """One reminder to each who has not answered and was not reminded yet. How many.

    Raises:
        NotAllowedNow: there is nobody to remind.
    """
    rows = dossier.experience_requests.select_related(
        "invitation__link", "invitation__survey", "dossier"
    )
    waiting = [r for r in rows if r.invitation.may_be_reminded]
    if not waiting:
        raise NotAllowedNow(_("Er is niemand om te herinneren."))
    for request in waiting:
        remind(request, actor=actor)
    return len(waiting)


def _survey(
    dossier: Dossier,
    partner: Partner,
    set_key: str,
    actor: Actor,
    *,
    own: OwnEdition | None = None,
    untouched: bool = False,
) -> Survey:
    """The dossier's survey about this partner with this set; made when it is first needed.

    Args:
        own: a set of the school's own, in place of `set_key`.
        untouched: one in which nobody was asked yet.
    """
    # Of the usual set also the one in which the school took other questions; a set of one's own
    # is chosen by name, and then exactly that one is asked.
    named = Q(set_key=set_key) | Q(in_dossier__wanted=set_key)
    rows = Survey.objects.filter(
        Q(own=own) if own is not None else named,
        in_dossier__dossier=dossier,
        in_dossier__partner=partner,
    )
    if untouched:
        rows = rows.filter(invitations=None)
    existing = next((survey for survey in rows.order_by("-pk") if survey.is_open), None)
    return existing or _new_survey(dossier, partner, set_key, actor, own)


def _new_survey(
    dossier: Dossier, partner: Partner, set_key: str, actor: Actor, own: OwnEdition | None
) -> Survey:
    survey = surveys.create_survey(
        dossier.school,
        actor=actor,
        set_key=set_key,
        own=own,
        framework=dossier.framework,
        anonymous=False,
        title=_("Ervaring met {name}").format(name=partner.name),
        about=partner.name,
        situations=[key for key, so in dossier.situations.items() if so],
    )
    wanted = own.key if own is not None else set_key
    DossierSurvey.objects.create(dossier=dossier, partner=partner, survey=survey, wanted=wanted)
    return survey


@action("dossiers.ask")
def prepare_questions(
    dossier: Dossier,
    *,
    actor: Actor,
    partner: Partner,
    relation: str,
    own: OwnEdition | None = None,
) -> Survey:
    """Makes the questions for this kind of person ready, so that the school can change them first.

    Somebody who was asked already keeps what they were asked: then a new survey is made.
    """
    set_key = SETS.get(Relation(relation), USUAL_SET)
    survey = _survey(dossier, partner, set_key, actor, own=own, untouched=True)
    record("experience.prepared", survey, actor=actor, thread=dossier)
    return survey


@action("dossiers.ask")
def remind(request: ExperienceRequest, *, actor: Actor) -> None:
    """Reminds somebody who has not answered; once."""
    try:
        surveys.remind(request.invitation, actor=actor)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    relation = Relation(request.relation).label
    record("experience.reminded", request, actor=actor, thread=request.dossier, relation=relation)


@action("dossiers.ask")
def withdraw_request(request: ExperienceRequest, *, actor: Actor) -> None:
    """Takes the question back; the link stops working. An answer that came stays."""
    try:
        surveys.withdraw_invitation(request.invitation, actor=actor)
    except surveys.Refused as reason:
        raise NotAllowedNow(str(reason)) from None
    relation = Relation(request.relation).label
    record("experience.withdrawn", request, actor=actor, thread=request.dossier, relation=relation)
    touched(request.dossier)
