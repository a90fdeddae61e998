"""Whose work something is once it was given to a person. Pure: conditions, no question asked."""

from django.db.models import Exists, F, OuterRef, Q

from partnerwijzer.access.actor import LEADS, STAFF, Actor
from partnerwijzer.dossiers.models import DossierMember, Part
from partnerwijzer.organisations.models import Membership


def falls_to(actor: Actor, person: str, dossier: str, *, lead: bool = True) -> Q:
    """What waits for the actor: what was given to the actor, and what was given to somebody who
    works at the school no more. That falls to who leads the dossier; where nobody who works there
    does, to who leads the school. Work that was given to nobody is not in it.

    Args:
        person, dossier: the fields of the row.
        lead: False where only who leads the school can do it in another's place.
    """
    school = f"{dossier}__school"
    works = Membership.objects.working().filter(user=OuterRef(person), school=OuterRef(school))
    left = Q(~Exists(works), **{f"{person}__isnull": False})
    leads = DossierMember.objects.filter(dossier=OuterRef(dossier), part=Part.LEAD)
    mine = leads.filter(user_id=actor.uid)
    there = leads.filter(
        user__is_active=True,
        user__memberships__ended_at=None,
        user__memberships__role__in=STAFF,
        user__memberships__school=F("dossier__school"),
    )
    head = Q(**{f"{school}_id__in": actor.schools(LEADS)})
    takes = Q(Exists(mine)) | Q(~Exists(there)) & head if lead else head
    return Q(**{person: actor.uid}) | left & takes
