"""Who comes from outside knows a group as level and number, never by the name of the class (D16;
domain.md 7.1: the group in general terms)."""

import io

import docx
import pytest

from partnerwijzer.documents.paper import Facts
from partnerwijzer.dossiers import data_register, drafting
from partnerwijzer.dossiers.models import Activity, DossierGroup
from partnerwijzer.dossiers.queries import registering
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions, pack_paper
from partnerwijzer.moments.models import Pack
from tests.documents.test_letterhead import text_of
from tests.dossiers.conftest import SignIn
from tests.dossiers.story import Story

CLASS = "5A van juf Ann"
LEVEL = "lager, derde graad (5-6)"


@pytest.fixture
def group(story: Story, moment: Activity) -> DossierGroup:
    found = moment.dossier.groups.get()
    found.label, found.level, found.pupils = CLASS, "lager-graad-3", 22
    found.save()
    return found


@pytest.fixture
def pack(story: Story, moment: Activity, group: DossierGroup) -> Pack:
    facts = {**dict.fromkeys(actions.PACK, ""), "arrival": "Poort"}
    actions.save_pack(moment, actor=story.head, version=None, facts=facts)
    return Pack.objects.get()


def test_the_mail_with_the_pack(story: Story, moment: Activity, pack: Pack) -> None:
    actions.send_pack(moment, actor=story.head, email=["lowie@schermlicht.example"])

    body = OutgoingMail.objects.get().body
    assert f"Groep: {LEVEL}, 22 leerlingen" in body
    assert CLASS not in body


def test_the_pack_on_paper(moment: Activity, pack: Pack, sign_in: SignIn) -> None:
    address = f"/dossiers/{moment.dossier_id}/activiteiten/{moment.pk}/infofiche/docx/"
    file = sign_in("teacher").get(address).content

    tables = docx.Document(io.BytesIO(file)).tables
    cells = {row.cells[0].text: row.cells[1].text for table in tables for row in table.rows}
    assert cells["Groep"] == f"{LEVEL}, 22 leerlingen"
    assert CLASS not in "\n".join([*text_of(file), *cells.values()])


def test_several_groups_are_told_apart(moment: Activity, pack: Pack, group: DossierGroup) -> None:
    other = moment.dossier.groups.create(level="okan", label="Onthaal", pupils=1)
    moment.groups.set([group, other])

    paper = pack_paper.of(Activity.objects.get(pk=moment.pk), pack)

    okan = "OKAN (onthaalklas voor nieuwkomers), 1 leerling"
    facts = paper.blocks[0]
    assert isinstance(facts, Facts)
    assert ("Groep", f"{LEVEL}, 22 leerlingen; {okan}") in facts.rows


def test_the_draft_of_the_agreement(moment: Activity, group: DossierGroup) -> None:
    dossier = moment.dossier
    dossier.groups.create(level="lager-graad-3", label="5B", pupils=20)

    known = drafting.known_fields(dossier, dossier.partners.get().partner)

    assert known["group.group_description"] == LEVEL
    assert known["group.group_size"] == "42"


def test_the_register_of_processing(story: Story, moment: Activity, group: DossierGroup) -> None:
    dossier = story.situation(moment.dossier, pupil_data=True)
    partner = dossier.partners.get().partner
    story.walk(dossier, "data-role", "individual", "no", "school", partner=partner)

    told = [data_register.cells(line) for line in registering.lines(story.head)]

    assert any(f"leerlingen: {LEVEL}, 22 leerlingen" in cells for cells in told)
