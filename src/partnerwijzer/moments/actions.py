"""What is done on the day itself. Each tells who has to know it, within the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier, in_general
from partnerwijzer.dossiers.moment_change import (
    Change,
    Off,
    Stop,
    Told,
    What,
    all_off,
    changed,
    hours,
    in_words,
    let_go,
)
from partnerwijzer.dossiers.queries import partnermails
from partnerwijzer.mail import post
from partnerwijzer.moments import queries
from partnerwijzer.moments.models import Attendance, HouseRules, Incident, Pack, Replacement, Shift
from partnerwijzer.organisations.models import School, User

TAKE_OVER = gettext_noop("Neem over: {title}")
PARTNER_READS = "nl"
PACK = ("arrival", "needs", "material", "questions", "contact")


def when(activity: Activity) -> str:
    return in_words(*hours(activity))


def _now(activity: Activity) -> Activity:
    """The moment as it is now, held until this transaction ends."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("dossier__school")
    return rows.get(pk=activity.pk)


@action("moments.plan")
def replace_teacher(
    activity: Activity,
    *,
    actor: Actor,
    absent: User,
    substitute: User,
    note: str = "",
    partner_mail: Iterable[str] = (),
) -> tuple[Replacement, list[str]]:
    """Somebody else stays with the group (S5.2). In one step, also on the morning itself: a
    confirmed moment stays confirmed, and a mail leaves at once for the substitute, for who need
    not come, for whoever helps, and for each partner whose address is given.

    Returns:
        What is kept, and who else than these two were told, in words.

    Raises:
        NotAllowedNow: `absent` was not with it, `substitute` is already or does not work here, or
            the moment does not go on or lies behind.
    """
    fresh = _now(activity)
    if fresh.state == ActivityState.CANCELLED:
        raise NotAllowedNow(_("Deze activiteit gaat niet door."))
    change = Change(fresh, What.TEACHER, hours(fresh))
    if change.lies_behind:
        raise NotAllowedNow(_("De dag is voorbij. Noteer wie er echt bij was."))
    here = set(fresh.teachers.all())
    if absent not in here:
        raise NotAllowedNow(_("{name} staat hier niet meer bij.").format(name=absent.name))
    if substitute in here:
        raise NotAllowedNow(_("{name} staat hier al bij.").format(name=substitute.name))
    must_be_colleagues(fresh.dossier, [substitute], _("Kies een leerkracht van jullie school."))
    fresh.teachers.remove(absent)
    fresh.teachers.add(substitute)
    row = Replacement.objects.create(
        activity=fresh, absent=absent, substitute=substitute, note=note, by_id=actor.uid
    )
    _as_new(fresh)
    if substitute.pk != actor.user_id:
        _mail_substitute(substitute, fresh, note)
    let_go([absent], [fresh], actor=actor, instead=substitute)
    mailed = [absent.pk, *_mailed(change, actor)]
    told = _tell(change, actor, partner_mail, but=substitute)
    names = {"absent": absent.name, "substitute": substitute.name}
    _note("activity.replaced", fresh, actor, mailed=sorted({*mailed} - {actor.uid}), **names)
    return row, told


def _as_new(activity: Activity) -> None:
    """A new version: an open form elsewhere is told, agendas fetch it again."""
    activity.version += 1
    activity.save(update_fields=["version"])


def _note(verb: str, activity: Activity, actor: Actor, **data: Any) -> None:
    dossier = activity.dossier
    record(verb, activity, actor=actor, thread=dossier, title=activity.title, **data)
    touched(dossier)


def _mail_substitute(user: User, activity: Activity, note: str) -> None:
    with translation.override(user.language):
        words = _(TAKE_OVER).format(title=activity.title)
        path = reverse("moments:replace", args=[activity.dossier_id, activity.pk])
        cannot = f"{settings.SITE_URL}{path}"
        context = {"activity": activity, "when": when(activity), "note": note, "cannot": cannot}
        _mail_teacher(user, activity, words, "replaced", context)


def _mail_teacher(
    user: User, activity: Activity, subject: str, template: str, context: dict[str, object]
) -> None:
    """In the language that is active: the caller chose that of who reads it."""
    path = reverse("moments:day", args=[activity.dossier_id, activity.pk])
    same = {"name": user.get_short_name(), "address": f"{settings.SITE_URL}{path}"}
    post.send(user.email, subject, f"moments/mail/{template}.txt", {**same, **context})


@action("moments.plan")
def move(
    activity: Activity,
    *,
    actor: Actor,
    version: int,
    on: date,
    starts: time,
    ends: time,
    side: str,
    reason: str,
    partner_mail: Iterable[str] = (),
) -> Shift:
    """Another day or hour. A confirmed moment has to be confirmed again; the teachers get a mail,
    and each partner whose address is given. Of a day that lies behind, corrected to another one
    that does, nobody is told, and it stays as it was.

    Raises:
        Conflict: a colleague saved in between.
        NotAllowedNow: the moment does not go on.
    """
    fresh = versions.claim(Activity.objects.select_related("dossier__school"), activity.pk, version)
    if fresh.state == ActivityState.CANCELLED:
        raise NotAllowedNow(_("Deze activiteit gaat niet door. Zet ze eerst terug."))
    was = hours(fresh)
    fresh.on, fresh.starts, fresh.ends = on, starts, ends
    change = Change(fresh, What.MOVED, was, reason)
    if not change.lies_behind:
        fresh.state = ActivityState.PLANNED
    fresh.save(update_fields=["on", "starts", "ends", "state"])
    mailed = _mailed(change, actor)
    row = _shift(change, actor, side, _tell(change, actor, partner_mail))
    days = {"before": _said(*was), "after": _said(*hours(fresh))}
    _note("activity.moved", fresh, actor, **days, reason=reason, mailed=mailed)
    return row


@action("moments.plan")
def call_off(
    activity: Activity, *, actor: Actor, side: str, reason: str, partner_mail: Iterable[str] = ()
) -> Shift:
    """It does not go on: by whom and why, and who was told. It can be put back.

    Raises:
        NotAllowedNow: it was called off already.
    """
    fresh = Activity.objects.select_related("dossier__school").get(pk=activity.pk)
    change = Change(fresh, What.OFF, hours(fresh), reason)
    running.cancel_activity(fresh, actor=actor, reason=reason, mailed=_mailed(change, actor))
    return _shift(change, actor, side, _tell(change, actor, partner_mail))


@action("moments.plan", untraced="each moment that stays has a line, and what stopped them")
def call_off_all(dossier: Dossier, *, actor: Actor, stop: Stop) -> Told:
    """None of these moments of the dossier goes on, each as in call_off. Whoever has several of
    them in an agenda, gets one mail.

    Raises:
        NotAllowedNow: one was called off already.
    """
    moments = sorted((*stop.off, *stop.gone), key=lambda one: (*hours(one), one.pk))
    every = [Change(one, What.OFF, hours(one), stop.reason) for one in moments]
    told: dict[int, list[str]] = {change.activity.pk: [] for change in every}
    keys = _tell_teachers(every, actor, told)
    _tell_partners(every, actor, stop.partner_mail, told)
    staying = [change for change in every if change.activity in stop.off]
    names = tuple(dict.fromkeys(name for rows in told.values() for name in rows))
    others = _tell_others(staying, actor, told)
    for change in staying:
        one = change.activity
        running.cancel_activity(one, actor=actor, reason=stop.reason, tell=False)
        _shift(change, actor, stop.side, told[one.pk])
    return Told((*names, *others), keys)


def _tell_teachers(
    changes: Sequence[Change], actor: Actor, told: dict[int, list[str]]
) -> tuple[int, ...]:
    """Mails each teacher once; adds their names to `told`. Keys of who was told."""
    theirs: dict[User, list[Change]] = {}
    for change in changes:
        for teacher in _to_teachers(change, actor):
            theirs.setdefault(teacher, []).append(change)
            told[change.activity.pk].append(teacher.name)
    for teacher, rows in theirs.items():
        path = reverse("dossiers:activities", args=[rows[0].activity.dossier_id])
        who = {"name": teacher.get_short_name(), "address": f"{settings.SITE_URL}{path}"}
        with translation.override(teacher.language):
            _mail_off(teacher.email, rows, who)
    return tuple(sorted(teacher.pk for teacher in theirs))


def _tell_partners(
    changes: Sequence[Change],
    actor: Actor,
    addresses: Mapping[int, Iterable[str]],
    told: dict[int, list[str]],
) -> None:
    """The same for each address of a partner."""
    theirs: dict[str, list[Change]] = {}
    for change in changes:
        for address in addresses.get(change.activity.pk, ()):
            theirs.setdefault(address, []).append(change)
            told[change.activity.pk].append(address)
    with translation.override(PARTNER_READS):
        for address, rows in theirs.items():
            school = rows[0].activity.dossier.school
            _mail_off(address, rows, {"school": school, "sender": actor.name})


def _tell_others(changes: Sequence[Change], actor: Actor, told: dict[int, list[str]]) -> list[str]:
    """The same for whom other modules have at these moments; how many of all together, in words."""
    found: list[str] = []
    answers: list[Any] = all_off.send(Activity, changes=changes, actor=actor) if changes else []
    for _receiver, words in answers:
        for key, some in words.items():
            (told[key] if key else found).append(some)
    return found


def _mail_off(to: str, changes: Sequence[Change], more: dict[str, Any]) -> None:
    off = Off(tuple(changes))
    post.send(to, off.subject, "moments/mail/off.txt", {**more, "off": off})


@action("moments.plan")
def restore(activity: Activity, *, actor: Actor, partner_mail: Iterable[str] = ()) -> Shift:
    """What was called off is on the planning again; who was told that it did not go on hears it,
    unless its day lies behind.

    Raises:
        NotAllowedNow: it was not called off.
    """
    fresh = Activity.objects.select_related("dossier__school").get(pk=activity.pk)
    change = Change(fresh, What.BACK, hours(fresh))
    running.restore_activity(fresh, actor=actor, mailed=_mailed(change, actor))
    return _shift(change, actor, "", _tell(change, actor, partner_mail))


# A moment in words, for the log: in the language of each reader.
_said = lazy(in_words, str)


def _shift(change: Change, actor: Actor, side: str, told: list[str]) -> Shift:
    return Shift.objects.create(
        activity=change.activity,
        side=side,
        reason=change.reason,
        before="" if change.what is What.BACK else change.before,
        after="" if change.what is What.OFF else change.when,
        told=told,
        by_id=actor.uid,
    )


def _to_teachers(change: Change, actor: Actor, but: User | None = None) -> QuerySet[User]:
    """The teachers of the moment who get a mail; nobody where the day lies behind."""
    if change.lies_behind:
        return User.objects.none()
    return change.activity.teachers.exclude(pk__in=[actor.uid, but.pk if but else 0])


def _mailed(change: Change, actor: Actor) -> list[int]:
    """Keys of the teachers who get a mail: it is no news for them any more."""
    return sorted(_to_teachers(change, actor).values_list("pk", flat=True))


def _tell(
    change: Change, actor: Actor, partner_mail: Iterable[str], but: User | None = None
) -> list[str]:
    """Mails the teachers, where asked the partner, and whom other modules have at this moment.
    Names of who was told, the partner's address, and how many others; nobody where the day lies
    behind.

    Args:
        but: the teacher who gets another mail.
    """
    if change.lies_behind:
        return []
    told = []
    for teacher in _to_teachers(change, actor, but):
        with translation.override(teacher.language):
            _mail_teacher(teacher, change.activity, change.subject, "moved", {"change": change})
        told.append(teacher.name)
    with translation.override(PARTNER_READS):
        told += [_mail_partner(address, change, actor) for address in partner_mail]
    others = changed.send(Activity, change=change, actor=actor)
    return [*told, *(words for _receiver, words in others if words)]


def _mail_partner(address: str, change: Change, actor: Actor) -> str:
    school = change.activity.dossier.school
    context = {"change": change, "school": school, "sender": actor.name}
    post.send(address, change.subject, "moments/mail/moved.txt", context)
    return address


@action("moments.plan")
def note_attendance(
    activity: Activity,
    *,
    actor: Actor,
    version: int | None,
    teachers: Iterable[User],
    came: str,
    pupils: int | None,
    note: str,
) -> Attendance:
    """Who was really there, on or after the day.

    Args:
        version: of what was noted before; None for the first time.

    Raises:
        Conflict: a colleague noted it in between.
        NotAllowedNow: too early, it did not go on, or nobody of the school was there and nothing
            says what happened (S5.2: a teacher is present at every activity).
    """
    fresh = _now(activity)
    chosen = list(teachers)
    if fresh.state == ActivityState.CANCELLED:
        raise NotAllowedNow(_("Deze activiteit ging niet door."))
    if fresh.on > timezone.localdate():
        raise NotAllowedNow(_("Dat kan vanaf de dag zelf."))
    if not chosen and not note:
        raise NotAllowedNow(_("Er was geen leerkracht bij. Schrijf erbij wat er gebeurde."))
    must_be_colleagues(fresh.dossier, chosen, _("Kies een leerkracht van jullie school."))
    facts = {"came": came, "pupils": pupils, "note": note, "by_id": actor.uid, "at": timezone.now()}
    row: Attendance = _kept(Attendance, fresh, version, facts)
    row.teachers.set(chosen)
    names = ", ".join(teacher.name for teacher in chosen) or _("niemand van de school")
    _note("activity.attended", fresh, actor, teachers=names)
    return row


def _kept(model: Any, activity: Activity, version: int | None, facts: dict[str, Any]) -> Any:
    """The one row of this kind, made or changed. Who had no row before them loses to who had.

    Raises:
        Conflict: it was made or changed in between.
    """
    there = model.objects.filter(activity=activity).first()
    if there is None:
        return model.objects.create(activity=activity, **facts)
    row = versions.claim(model, there.pk, version or 0)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in facts])
    return row


@action("moments.plan")
def save_pack(
    activity: Activity, *, actor: Actor, version: int | None, facts: dict[str, str]
) -> Pack:
    """What the partner has to know.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = _now(activity)
    row: Pack = _kept(Pack, fresh, version, {name: facts[name] for name in PACK})
    _note("activity.pack", fresh, actor)
    return row


@action("moments.plan")
def send_pack(activity: Activity, *, actor: Actor, email: Iterable[str]) -> None:
    """Mails it to each partner that comes, as text: it opens everywhere.

    Raises:
        NotAllowedNow: there is nothing to send yet, or it does not go on.
    """
    fresh = _now(activity)
    row = queries.pack(fresh)
    if row is None:
        raise NotAllowedNow(_("Vul eerst de infofiche in."))
    if fresh.state == ActivityState.CANCELLED:
        raise NotAllowedNow(_("Deze activiteit gaat niet door."))
    addresses = list(email)
    with translation.override(PARTNER_READS):
        _mail_pack(fresh, row, actor, addresses)
    row.sent_to, row.sent_at = ", ".join(addresses), timezone.now()
    row.save(update_fields=["sent_to", "sent_at"])
    _note("activity.pack_sent", fresh, actor)


def _mail_pack(activity: Activity, row: Pack, actor: Actor, addresses: Iterable[str]) -> None:
    school = activity.dossier.school
    rules = queries.house_rules(school)
    context = {
        "activity": activity, "pack": row, "when": when(activity), "school": school,
        "groups": in_general(activity.groups.all()), "teachers": list(activity.teachers.all()),
        "rules": rules.text if rules else "", "sender": actor.name,
        "partners": [str(one) for one in partnermails.coming(activity)],
        "sheet": queries.sheet(activity),
    }  # fmt: skip
    subject = _("Bereid je bezoek voor: {title}").format(title=activity.title)
    for address in addresses:
        post.send(address, subject, "moments/mail/pack.txt", context)


@action("moments.rules")
def save_house_rules(school: School, *, actor: Actor, version: int | None, text: str) -> HouseRules:
    """What holds for every guest.

    Raises:
        Conflict: a colleague saved in between.
    """
    there = queries.house_rules(school)
    if there is None:
        row = HouseRules.objects.create(school=school, text=text)
    else:
        row = versions.claim(HouseRules, there.pk, version or 0)
        row.text = text
        row.save(update_fields=["text"])
    record("house_rules.saved", row, actor=actor, thread=school)
    return row


@action("moments.incident")
def write_incident(activity: Activity, *, actor: Actor, happened: str, done: str) -> Incident:
    """Something went wrong; who leads the school and who wrote it read it."""
    row = Incident.objects.create(activity=activity, happened=happened, done=done, by_id=actor.uid)
    _quietly("incident.written", row, actor)
    return row


@action("moments.incident")
def change_incident(
    incident: Incident, *, actor: Actor, version: int, happened: str, done: str, close: bool
) -> Incident:
    """What was done about it, and whether that is all.

    Raises:
        Conflict: somebody saved in between.
        NotAllowedNow: it is closed without a word on what was done.
    """
    if close and not done:
        raise NotAllowedNow(_("Schrijf eerst wat er gedaan is."))
    row = versions.claim(Incident, incident.pk, version)
    row.happened, row.done = happened, done
    row.closed_at = timezone.now() if close else None
    row.save(update_fields=["happened", "done", "closed_at"])
    _quietly("incident.closed" if close else "incident.changed", row, actor)
    return row


def _quietly(verb: str, row: Incident, actor: Actor) -> None:
    """In the log of the incident itself: the history of the dossier is read by more people."""
    record(verb, row, actor=actor, school_id=row.activity.dossier.school_id)
