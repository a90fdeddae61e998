"""What people do together in the demo: a day that is prepared, a remark, something asked."""

from datetime import timedelta

from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.actions import talking
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.moments import actions as moments
from partnerwijzer.worklist import actions as worklist

RULES = (
    "Meld je aan aan het onthaal. Er blijft altijd een leerkracht bij de groep. "
    "Foto’s neem je alleen als de school dat vooraf zei. Bij alarm volg je de leerkracht."
)
PACK = {
    "arrival": "Onthaal aan de groene poort, parkeren kan op het plein.",
    "contact": "Secretariaat, 09 000 00 00",
    "needs": "Enkele leerlingen spreken nog maar kort Nederlands: toon wat je zegt.",
    "material": "Een groot scherm, twee lange tafels, een wastafel.",
    "questions": "Hoe heet wordt een oven? Mogen we zelf een steen maken?",
}
HAPPENED = (
    "Bij het uitpakken viel een bak met materiaal om. Een paar leerlingen schrokken; "
    "niemand was gekwetst."
)
DONE = "Samen opgeruimd en met de groep besproken. De partner zet de bakken voortaan op de grond."


def make_day(t: Storyteller) -> None:
    """House rules, one pack, who was there, something that went wrong and that few people read, a
    remark that calls somebody, and a task."""
    school = t.places.school
    moments.save_house_rules(school, actor=t.head, version=None, text=RULES)
    rows = Activity.objects.filter(dossier__school=school).exclude(state=ActivityState.CANCELLED)
    coming = rows.filter(on__gte=t.today, teachers__isnull=False).order_by("on", "pk").first()
    if coming is not None:
        moments.save_pack(coming, actor=t.teacher, version=None, facts=PACK)
    _was_there(t, rows.filter(on__lt=t.today, teachers__isnull=False).order_by("-on").first())
    _says(t, Dossier.objects.get(school=school, title="Taalcoach voor twee schooljaren"))


def _was_there(t: Storyteller, over: Activity | None) -> None:
    if over is None:
        return
    moments.note_attendance(
        over,
        actor=t.teacher,
        version=None,
        teachers=over.teachers.all(),
        came="yes",
        pupils=sum(group.pupils for group in over.groups.all()) or None,
        note="De groep was in twee gesplitst: dat werkte goed.",
    )
    moments.write_incident(over, actor=t.teacher, happened=HAPPENED, done=DONE)


def _says(t: Storyteller, dossier: Dossier) -> None:
    talking.write(
        dossier,
        actor=t.teacher,
        part="decision",
        readers="team",
        text="Kan de coach ook op donderdag? Dan is het vierde leerjaar vrij.",
        called=[t.users["directie"]],
    )
    worklist.ask(
        t.places.school,
        actor=t.head,
        owner=t.users["coordinator"],
        title="Bel de academie over het lokaal",
        due=t.today + timedelta(days=5),
        dossier=dossier,
    )
