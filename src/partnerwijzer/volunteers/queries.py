"""Reading slots and who helps. Who is not the lead of the dossier reads no name and no address."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier, DossierState, Part
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.schema.governance import NoteTopic
from partnerwijzer.organisations.models import School
from partnerwijzer.volunteers.models import InformationNote, NoteText, Slot, Volunteer

PURPOSE = "volunteer"


def leads(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor leads this dossier, as somebody who works at its school now."""
    if not actor.works_at(dossier.school_id):
        return False
    return dossier.members.filter(user_id=actor.uid, part=Part.LEAD).exists()


def slots(actor: Actor, dossier: Dossier) -> QuerySet[Slot]:
    """Places at activities that go on, with how many are taken (`taken`)."""
    rows = Slot.objects.filter(
        activity__dossier__in=Dossier.objects.visible_to(actor), activity__dossier=dossier
    ).exclude(activity__state=ActivityState.CANCELLED)
    return rows.select_related("activity").annotate(taken=Count("offers"))


def get_slot(actor: Actor, dossier_pk: int, pk: int) -> Slot:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Slot.objects.select_related("activity__dossier")
    return get_object_or_404(rows, pk=pk, activity__dossier__in=visible)


def activities(actor: Actor, dossier: Dossier) -> QuerySet[Activity]:
    """Where a place can be asked for."""
    visible = Dossier.objects.visible_to(actor)
    rows = Activity.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.exclude(state=ActivityState.CANCELLED)


@dataclass(frozen=True)
class Helper:
    """Somebody who helps, as far as the reader may know. Name and addresses: the lead only."""

    pk: int
    who: str
    state: str
    slots: tuple[Slot, ...]
    name: str = ""
    email: str = ""
    phone: str = ""
    # "read" or "unread": the information note of the school as it is now; "" for who does not help.
    note: str = ""


def helpers(actor: Actor, dossier: Dossier, note: InformationNote | None) -> list[Helper]:
    """Who was asked in a dossier that the actor may see, and who of them read the note."""
    visible = Dossier.objects.visible_to(actor)
    rows = Volunteer.objects.filter(dossier__in=visible, dossier=dossier)
    rows = rows.select_related("link").prefetch_related("slots__activity")
    full = leads(actor, dossier)
    return [_helper(row, note, full=full) for row in rows]


def _helper(row: Volunteer, note: InformationNote | None, *, full: bool) -> Helper:
    known = {"name": row.name, "email": row.email, "phone": row.phone} if full else {}
    state = "wiped" if row.wiped_on else row.link.state
    who = str(row.get_who_display())
    told = ""
    if note and row.wiped_on is None:
        told = "read" if row.note_number == note.number else "unread" if row.consent_on else ""
    return Helper(row.pk, who, state, tuple(row.slots.all()), **known, note=told)


def note_of(school: School) -> InformationNote | None:
    """The information note of a school that the caller found; None where there is none."""
    return InformationNote.objects.filter(school=school).first()


def earlier_notes(actor: Actor, school: School) -> list[NoteText]:
    """The words that a school had before those of now, newest first."""
    rows = NoteText.objects.filter(note__school__in=actor.schools(), note__school=school)
    return list(rows.select_related("by"))[1:]


def topics(actor: Actor) -> tuple[NoteTopic, ...]:
    """What has to be told, with the words to begin with."""
    return frameworks.content_of(frameworks.latest(actor).pk).governance.volunteer_note


def get_volunteer(actor: Actor, dossier_pk: int, pk: int) -> Volunteer:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Volunteer.objects.select_related("link", "dossier__school")
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def known(dossier: Dossier, actor: Actor) -> set[str]:
    """The addresses that were asked in a dossier already, in lower case; for who leads it."""
    if not leads(actor, dossier):
        return set()
    rows = Volunteer.objects.filter(dossier=dossier, wiped_on=None)
    return {email.lower() for email in rows.values_list("email", flat=True)}


def by_token(actor: Actor, token: str) -> Volunteer | None:
    """Whom a secret link belongs to, also when it is over; None when there is none."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    related = ("link", "dossier__school", "dossier__framework", "asked_by")
    return Volunteer.objects.select_related(*related).filter(link=link).first()


def open_slots(volunteer: Volunteer, actor: Actor) -> list[Slot]:
    """The places that this person may take: of activities that are still to come in a dossier that
    goes on, still free or taken by this very person."""
    rows = Slot.objects.filter(
        activity__dossier=volunteer.dossier,
        activity__dossier__state=DossierState.OPEN,
        activity__on__gte=timezone.localdate(),
    )
    rows = rows.exclude(activity__state=ActivityState.CANCELLED)
    mine = set(volunteer.offers.values_list("slot_id", flat=True))
    counted = rows.select_related("activity").annotate(taken=Count("offers"))
    return [s for s in counted if s.pk in mine or s.taken < s.wanted]


def chosen_before(volunteer: Volunteer, actor: Actor) -> list[Slot]:
    """What this person chose and cannot change any more: it lies behind."""
    still = {slot.pk for slot in open_slots(volunteer, actor)}
    rows = volunteer.slots.select_related("activity")
    return [slot for slot in rows if slot.pk not in still]
