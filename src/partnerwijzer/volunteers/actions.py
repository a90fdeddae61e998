"""Asking parents, alumni and others to help; their consent, and wiping what was kept of them."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import links, versions
from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.dossiers.moment_change import Change, What, hours
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School
from partnerwijzer.volunteers.models import (
    InformationNote,
    NoteText,
    Offer,
    Section,
    Slot,
    Volunteer,
    Who,
)
from partnerwijzer.volunteers.queries import PURPOSE, known, note_of, open_slots, topics
from partnerwijzer.volunteers.roles import role, roles
from partnerwijzer.volunteers.several import MOST, Person

# How long a link works: until the end of most school years, so that one can withdraw for long.
DAYS = 300
# So long after a dossier closed there is still somebody to thank, or it opens again.
KEPT_AFTER_CLOSING = 60  # days
SIGNED_IN = "nl"
# What stands in a text where the school still has to fill something in.
GAP = "[…]"
WIPED = ("name", "email", "phone", "note_number", "note_read_on")


def _named(dossier: Dossier, key: str) -> str:
    return role(casework.content(dossier), key).label


# What a role is called: in the language of each reader.
_said = lazy(_named, str)


@action("volunteers.plan")
def want(dossier: Dossier, *, actor: Actor, activity: Activity, key: str, wanted: int) -> Slot:
    """Help is welcome at an activity, in a role; asking again changes the number."""
    if activity.dossier_id != dossier.pk or key not in roles(casework.content(dossier)):
        raise NotAllowedNow(_("Kies een activiteit en een rol van dit dossier."))
    row, _new = Slot.objects.update_or_create(
        activity=activity, role=key, defaults={"wanted": wanted}
    )
    words = _said(dossier, key)
    record("volunteers.slot", row, actor=actor, thread=dossier, title=activity.title, role=words)
    return row


@action("volunteers.plan")
def want_no_more(slot: Slot, *, actor: Actor) -> None:
    """Takes a place out, with who had chosen it: they get a mail, unless the day lies behind."""
    activity = slot.activity
    words = _said(activity.dossier, slot.role)
    dossier, title = activity.dossier, activity.title
    record("volunteers.slot_gone", slot, actor=actor, thread=dossier, title=title, role=words)
    _tell_not_needed(slot, words, actor)
    slot.delete()


def _tell_not_needed(slot: Slot, words: str, actor: Actor) -> None:
    """`words`: the role, as the reader knows it."""
    activity = slot.activity
    if activity.on < timezone.localdate() or activity.state == ActivityState.CANCELLED:
        return
    rows = Volunteer.objects.filter(slots=slot, wiped_on=None).select_related("link")
    with translation.override(SIGNED_IN):
        change = Change(activity, What.OFF, hours(activity))
        said: dict[str, object] = {
            "change": change,
            "school": activity.dossier.school,
            "sender": actor.name,
            "role": words,
        }
        for row in rows:
            if row.link.usable:
                template = "volunteers/mail/not_needed.txt"
                post.send(row.email, change.subject, template, said, link=row.link, renewed=False)


@action("volunteers.ask")
def ask(
    dossier: Dossier, *, actor: Actor, who: str, name: str, email: str, phone: str = ""
) -> Volunteer:
    """Mails somebody a link to choose where to help, and to say yes or no to being kept."""
    row = _asked(dossier, actor, who, name, email, phone)
    record("volunteers.asked", row, actor=actor, thread=dossier, sort=Who(who).label)
    return row


@action("volunteers.ask")
def ask_several(dossier: Dossier, *, actor: Actor, people: Collection[Person]) -> int:
    """Mails everybody of a list a link, or nobody. How many: who was asked in between by another
    is asked no second time.

    Raises:
        NotAllowedNow: a line has to be changed first, or nobody is left.
    """
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    before = known(dossier, actor)
    left = [one for one in people if not one.left_out and one.email not in before]
    if not left or len(left) > MOST or any(one.problem for one in left):
        raise NotAllowedNow(_("Er is niemand om te vragen. Kijk de lijst na."))
    for one in left:
        _asked(dossier, actor, one.who, one.name, one.email, one.phone)
    record("volunteers.asked_several", dossier, actor=actor, thread=dossier, many=len(left))
    return len(left)


def _asked(
    dossier: Dossier, actor: Actor, who: str, name: str, email: str, phone: str
) -> Volunteer:
    link, token = links.issue(PURPOSE, days=DAYS, email=email, name=name)
    row = Volunteer.objects.create(
        dossier=dossier, who=Who(who), name=name, email=email, phone=phone, link=link,
        asked_by_id=actor.uid,
    )  # fmt: skip
    with translation.override(SIGNED_IN):
        _mail(row, token, actor)
    return row


def _mail(row: Volunteer, token: str, actor: Actor) -> None:
    school = row.dossier.school
    post.send(
        row.email,
        _("Kom je helpen bij {school}?").format(school=school.name),
        "volunteers/mail/ask.txt",
        {
            "name": row.name,
            "school": school,
            "sender": actor.name,
            "address": f"{settings.SITE_URL}/vrijwilliger/{token}/",
            "until": row.link.expires_at,
        },
        link=row.link,
    )


@action("volunteers.answer", untraced="the link itself keeps when it was opened first")
def note_opened(row: Volunteer, *, actor: Actor) -> None:
    """Notes that the person saw the page."""
    links.mark(row.link, "opened_at")


@action("volunteers.answer")
def answer(row: Volunteer, *, actor: Actor, slots: Collection[Slot]) -> None:
    """The person agrees to be kept for this, and says where to help; may be changed later.

    Raises:
        NotAllowedNow: the link is over, or a place was taken in between.
    """
    if not row.link.usable or row.wiped_on is not None:
        raise NotAllowedNow(_("Deze link werkt niet meer."))
    free = {slot.pk for slot in open_slots(row, actor)}
    if any(slot.pk not in free for slot in slots):
        raise NotAllowedNow(_("Iemand anders koos die plaats net. Kies een andere."))
    # What lies behind stays: it is not in the form any more.
    row.offers.filter(slot__in=free).exclude(slot__in=slots).delete()
    Offer.objects.bulk_create(
        [Offer(slot=slot, volunteer=row) for slot in slots], ignore_conflicts=True
    )
    row.consent_on = timezone.localdate()
    row.save(update_fields=["consent_on"])
    for moment in ("opened_at", "done_at"):
        links.mark(row.link, moment)
    record("volunteers.answered", row, actor=actor, thread=row.dossier)


@action("volunteers.answer")
def read_note(row: Volunteer, *, actor: Actor, number: int) -> None:
    """The person read the information note; of a newer text it is asked again.

    Args:
        number: of the words that stood on the page.

    Raises:
        NotAllowedNow: the link is over, or the school changed the words in between.
    """
    note = note_of(row.dossier.school)
    if not row.link.usable or row.wiped_on is not None or note is None:
        raise NotAllowedNow(_("Deze link werkt niet meer."))
    if note.number != number:
        raise NotAllowedNow(_("De school paste deze tekst net aan. Lees hem nog eens."))
    row.note_number, row.note_read_on = number, timezone.localdate()
    row.save(update_fields=["note_number", "note_read_on"])
    record("volunteers.note_read", row, actor=actor, thread=row.dossier)


@action("volunteers.note")
def save_note(
    school: School, *, actor: Actor, version: int, texts: Mapping[str, str]
) -> InformationNote:
    """What a volunteer of this school has to know before the start. Other words are a new number,
    and are read again by who read the earlier ones.

    Args:
        version: that was read; 0 where there was no note.
        texts: by key of the topic. Each topic of the content has its words, without a gap.

    Raises:
        Conflict: a colleague saved in between.
        NotAllowedNow: something that has to be told is missing.
    """
    sections = _sections(actor, texts)
    note, new = InformationNote.objects.get_or_create(school=school)
    if not new:
        note = versions.claim(InformationNote, note.pk, version)
    if note.sections != sections:
        note.sections, note.number = sections, note.number + 1
        note.save(update_fields=["sections", "number"])
        NoteText.objects.create(note=note, number=note.number, sections=sections, by_id=actor.uid)
    record("volunteers.note_saved", note, actor=actor, thread=school)
    return note


def _sections(actor: Actor, texts: Mapping[str, str]) -> list[Section]:
    found = [
        {"key": str(topic.key), "title": str(topic.label), "text": texts.get(topic.key, "").strip()}
        for topic in topics(actor)
    ]
    if not found or any(not row["text"] or GAP in row["text"] for row in found):
        raise NotAllowedNow(_("Er ontbreekt nog iets in de informatienota."))
    return found


@action("volunteers.answer")
def withdraw(row: Volunteer, *, actor: Actor) -> None:
    """The person wants to be forgotten: everything of them is wiped at once. Also when the time to
    choose is over: as long as something is kept, its owner can have it wiped.

    Raises:
        NotAllowedNow: it was wiped, or the link withdrawn.
    """
    if not row.can_be_wiped:
        raise NotAllowedNow(_("Deze link werkt niet meer."))
    # Only where a place is lost it is news: not of who never chose, nor of what lies behind.
    lost = row.offers.filter(slot__in=open_slots(row, actor)).exists()
    wipe(row)
    verb = "volunteers.withdrew" if lost else "volunteers.wiped"
    record(verb, row, actor=actor, thread=row.dossier)


@action("volunteers.ask")
def forget(row: Volunteer, *, actor: Actor) -> None:
    """The lead wipes what was kept of somebody, because they asked it otherwise or it is over."""
    wipe(row)
    record("volunteers.wiped", row, actor=actor, thread=row.dossier)


def sweep() -> int:
    """Wipes who is not needed any more: the link ran out, or the dossier closed a while ago. How
    many. For the background worker."""
    now = timezone.now()
    closed = Q(dossier__closed_at__lt=now - timedelta(days=KEPT_AFTER_CLOSING))
    over = Volunteer.objects.filter(Q(link__expires_at__lt=now) | closed, wiped_on=None)
    gone = list(over.values_list("pk", flat=True))
    for pk in gone:
        _wipe_by_itself(pk)
    return len(gone)


@transaction.atomic
def _wipe_by_itself(pk: int) -> None:
    locked = Volunteer.objects.select_for_update(of=("self",)).select_related("link", "dossier")
    row = locked.filter(pk=pk, wiped_on=None).first()
    if row is not None:
        wipe(row)
        record("volunteers.wiped", row, actor=SYSTEM, thread=row.dossier)


def wipe(row: Volunteer) -> None:
    """Name, addresses, choices, and the mails that carry the address."""
    row.offers.all().delete()
    OutgoingMail.objects.filter(link=row.link).delete()
    links.mark(row.link, "withdrawn_at")
    row.link.email = row.link.name = ""
    row.link.save(update_fields=["email", "name"])
    row.name = row.email = row.phone = ""
    row.wiped_on = timezone.localdate()
    row.note_number = row.note_read_on = None
    row.save(update_fields=[*WIPED, "wiped_on"])
