"""One calm mail: the work that is new, what is due tomorrow, and the news. Nothing twice.

The worker calls sweep() every minute. Who wants one mail a day gets it from seven in the morning,
and only when there is something that no mail told yet; who chose ‘at once’ gets it when there is.
The mail, and the note of what it told, are written in one transaction: a worker that is killed in
between tells nothing twice and forgets nothing.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.audit import log
from partnerwijzer.dossiers.models import Silence
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.mail import post
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.worklist import queries
from partnerwijzer.worklist.board import board_of
from partnerwijzer.worklist.models import Pace, Reader, Told
from partnerwijzer.worklist.sources import CHANGE, CONFIRM, MESSAGE, POSITION
from partnerwijzer.worklist.task import Task

logger = logging.getLogger(__name__)

SALT = "partnerwijzer.worklist.mail"
MORNING = time(7)
# People looked at in one sweep: it may not keep the worker from other work for long.
BATCH = 25
# Who wants mail at once still gets no more than one in so long.
PAUSE = timedelta(minutes=15)
SOON = timedelta(days=1)
MOST = 12
# Lines of news that are read for one mail; of more than fit, how many there are is told.
READ = 200
# News of which the same is asked as work, as long as nobody did it.
AS_WORK = {
    "agreement.change_asked": (CHANGE, "dossiers:agreements"),
    "agreement.partner_wrote": (MESSAGE, "dossiers:agreements"),
    "decision.opened": (POSITION, "dossiers:decision"),
}


@dataclass(frozen=True)
class Parcel:
    """What a mail would tell somebody now."""

    tasks: list[Task]
    soon: list[Task]
    news: list[queries.Item]

    @property
    def empty(self) -> bool:
        return not (self.tasks or self.soon or self.news)

    @property
    def subject(self) -> str:
        """Begins with a verb: the first thing to do, or to read."""
        work = [*self.soon, *self.tasks]
        if not work:
            text = ngettext(
                "Lees wat er veranderde in een dossier",
                "Lees wat er veranderde in {n} dossiers",
                count := len({item.dossier.pk for item in self.news}),
            )
            return text.format(n=count)
        if len(work) == 1:
            return work[0].title
        rest = ngettext("en nog {n} taak", "en nog {n} taken", len(work) - 1)
        return f"{work[0].title}, {rest.format(n=len(work) - 1)}"


def sweep() -> int:
    """Writes the mails that are due. How many."""
    return sum(_told(user) for user in _due(timezone.now())[:BATCH])


def _due(now: datetime) -> "QuerySet[User]":
    """People with a role who want mail and were not looked at lately, longest ago first."""
    seated = Membership.objects.filter(user=OuterRef("pk"), ended_at=None)
    people = User.objects.filter(Exists(seated), is_active=True).annotate(
        pace=F("reader__pace"), told_at=F("reader__told_at")
    )
    never_looked = Q(told_at=None)
    lately = Q(pace=Pace.AT_ONCE, told_at__lte=now - PAUSE)
    wanted = Q(pace=Pace.AT_ONCE) & never_looked | lately
    local = timezone.localtime(now)
    if local.time() >= MORNING:
        morning = timezone.make_aware(datetime.combine(local.date(), MORNING))
        daily = Q(pace=None) | Q(pace=Pace.DAILY)
        wanted |= daily & (never_looked | Q(told_at__lt=morning))
    return people.filter(wanted).order_by(F("told_at").asc(nulls_first=True), "pk")


def _told(user: User) -> bool:
    """As _tell; what goes wrong for one person keeps nobody else from their mail. It is tried
    again when that person's turn comes round: tomorrow, or after the pause."""
    try:
        return _tell(user)
    except Exception:
        logger.exception("no mail of the day for user %s", user.pk)
        Reader.objects.update_or_create(user=user, defaults={"told_at": timezone.now()})
        return False


def _tell(user: User) -> bool:
    """Writes one mail where there is something to tell. Whether it did."""
    with transaction.atomic(), translation.override(user.language):
        reader, _made = Reader.objects.select_for_update().get_or_create(user=user)
        newest = log.newest_place()
        parcel = _pack(user, reader)
        Reader.objects.filter(pk=reader.pk).update(told=newest, told_at=timezone.now())
        if parcel.empty:
            return False
        _remember(user, parcel)
        _send(user, parcel)
    return True


def _pack(user: User, reader: Reader) -> Parcel:
    actor = actors.actor_of(user)
    tasks = board_of(actor).now
    told = set(Told.objects.filter(user=user).values_list("mark", flat=True))
    new = [task for task in tasks if task.mark not in told]
    soon = [t for t in tasks if t.mark in told and _is_soon(t) and _again(t) not in told]
    soon = _without_reminded(actor, soon)
    after = max(reader.told, reader.seen)
    news = queries.news(actor, after=after, limit=READ) if reader.told_at else []
    return Parcel(new, soon, _untold(user, news, tasks))


def _without_reminded(actor: Actor, soon: list[Task]) -> list[Task]:
    """Without the ballots of which a mail of its own tells that the last day is near."""
    if not any(task.key == POSITION for task in soon):
        return soon
    rows = waiting.positions(actor).filter(decision__silence=Silence.AFTER_REMINDER)
    dossiers = rows.values_list("decision__dossier_id", flat=True)
    pages = {reverse("dossiers:decision", args=[pk]) for pk in dossiers}
    return [task for task in soon if task.key != POSITION or task.href not in pages]


def _untold(user: User, news: list[queries.Item], tasks: list[Task]) -> list[queries.Item]:
    """Without what stands among the work as well, and without what a mail of its own told: nothing
    is told twice."""
    keys = {task.key for task in tasks}
    pages = {(task.key.split("-")[0], task.href) for task in tasks}
    left = [item for item in news if user.pk not in item.entry.data.get("mailed", ())]
    return [item for item in left if not _is_work(item, keys, pages)]


def _is_work(item: queries.Item, keys: set[str], pages: set[tuple[str, str]]) -> bool:
    verb = item.entry.verb
    if verb == "agreement.confirmed_partner":
        return f"{CONFIRM}{item.subject}" in keys
    if verb not in AS_WORK:
        return False
    kind, view = AS_WORK[verb]
    return (kind.rstrip("-"), reverse(view, args=[item.dossier.pk])) in pages


def _is_soon(task: Task) -> bool:
    return task.due is not None and task.due <= timezone.localdate() + SOON


def _again(task: Task) -> str:
    """The mark under which it is remembered that the day itself was announced."""
    return f"{task.mark}!"


def _remember(user: User, parcel: Parcel) -> None:
    marks = [t.mark for t in parcel.tasks]
    marks += [_again(t) for t in [*parcel.soon, *filter(_is_soon, parcel.tasks)]]
    Told.objects.bulk_create([Told(user=user, mark=m) for m in marks], ignore_conflicts=True)


def _send(user: User, parcel: Parcel) -> None:
    stop = f"{settings.SITE_URL}{stop_address(user)}"
    context = {
        "name": user.get_short_name(),
        "soon": parcel.soon,
        "tasks": parcel.tasks[:MOST],
        "more": max(0, len(parcel.tasks) - MOST),
        "news": parcel.news[:MOST],
        "more_news": max(0, len(parcel.news) - MOST),
        "stop": stop,
    }
    post.send(user.email, parcel.subject, "worklist/mail/digest.txt", context, stop=stop)


def stop_address(user: User) -> str:
    """Where this person stops mail without signing in."""
    return reverse("worklist:stop_mail", args=[signing.dumps(user.pk, salt=SALT)])


def reader_behind(token: str) -> User | None:
    """Whose mail a signed address stops; nothing when the address is not ours."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, is_active=True).first()


def forget() -> int:
    """Forgets what was told of work that nobody has any more, after half a year. How many."""
    return Told.objects.filter(at__lt=timezone.now() - timedelta(days=183)).delete()[0]
