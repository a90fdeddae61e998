"""What goes out can come back in: the same databank, in an installation that had none."""

import base64
import hashlib
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.documents import intake
from partnerwijzer.exchange.actions.databank import bring_in
from partnerwijzer.exchange.databank import contents, writing
from partnerwijzer.exchange.databank.importer import SOMEBODY, BadExport
from partnerwijzer.exchange.models import DatabankMove, ExternalId
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import School, SchoolBoard, User
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners import field_names
from partnerwijzer.partners import models as databank
from partnerwijzer.partners.models import Offer, Partner
from tests.exchange.workbooks import upload
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell
from tests.partners.pages import text_of
from tests.personas import World

Filled = tuple[Partner, Offer]


def exported(actor: Actor = SYSTEM) -> bytes:
    return "".join(writing.as_json(actor)).encode()


def brought_in(content: bytes) -> dict[str, int]:
    return bring_in(io.BytesIO(content), actor=SYSTEM)


@pytest.fixture
def filled(world: World, make_partner: MakePartner, make_offer: MakeOffer, tell: Tell) -> Filled:
    """A databank with a row of every model, and in it every field that can be filled in."""
    goal_set = GoalSet.objects.create(source_id=7, name="Set", fingerprint="x", search_text="x")
    goal = Goal.objects.create(
        source_id=12, goal_set=goal_set, text="Doel", fingerprint="x", search_text="x"
    )
    partner = make_partner(
        "Bib “Élodie” = 1", enterprise_number="0999000030", themes=["music"], description="a\nb"
    )
    other = make_partner("Museum")
    offer = make_offer(partner, "Les", price=Decimal("7.50"), price_unit="pupil")
    offer.goals.set([goal])
    factors = [{"factor": "easy-to-reach", "effect": "smooth", "note": "Vlot."}]
    words = {"advice": "Begin vroeg.", "text_consent": True, "factors": factors}
    tell(partner, world.school, source="dossier:3", offer=offer, **words)
    tell(partner, world.sister, audience="school")
    actor = world.actor("teacher")
    contact = {"name": "Onthaal", "email": "bib@bib.example"}
    partners.save_contact(partner, actor=actor, contact=None, facts=contact)
    recognised = {"by": "Vlaanderen", "since": date(2020, 1, 31)}
    partners.save_recognition(partner, actor=actor, recognition=None, facts=recognised)
    ExternalId.objects.create(
        source="uit", key="abc", partner=partner, seen_on=date(2026, 11, 22), said={"a": 1}
    )
    file = intake.accept(upload(b"De inhoud", "bron.txt"), school_id=None, actor=actor)
    _the_rest(partner, other, offer, file, world.user("umbrella_admin"))
    return partner, offer


def _the_rest(partner: Partner, other: Partner, offer: Offer, file: Any, user: User) -> None:
    """A row of each model that has none yet, with something in each of its fields."""
    given: dict[str, Any] = {"file": file, "rung": 3, "user": user}
    for part in contents.own():
        if not part.model._base_manager.exists():
            values = {f.name: _something(f, partner, other, offer, given) for f in part.fields}
            values.pop("id")
            if part.model is databank.Proposal:
                values["offer"] = None  # it is about one thing
            part.model._base_manager.create(**values)


def _something(
    field: Any, partner: Partner, other: Partner, offer: Offer, given: dict[str, Any]
) -> Any:
    if isinstance(field, models.ForeignKey):
        known = {Partner: partner, Offer: offer, User: given["user"]}
        if field.name in ("other", "gone"):
            return other
        if field.related_model in known:
            return known[field.related_model]
        return given["file"] if field.name == "file" else field.related_model.objects.first()
    if field.name in given:
        return given[field.name]
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[Any, Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, "2026-01-02T03:04:05.678901+00:00"),
        (models.DateField, date(2026, 1, 2)),
        (models.IntegerField, 2),
        (models.JSONField, _json(field)),
        (models.URLField, "https://bron.example/"),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), "x")


def _json(field: Any) -> Any:
    if field.name == "moved":
        return [{"model": "partners.offer", "field": "partner", "pks": [1]}]
    return ["x"] if field.default is list else {"a": ["b", "c"]}


def emptied() -> None:
    """As a new installation: no databank, no schools of it."""
    databank.Partner.objects.update(merged_into=None)
    for part in reversed(contents.own()):
        part.model._base_manager.all().delete()
    Goal.objects.all().delete()
    GoalSet.objects.all().delete()


PEOPLE = {f"{p.label}.{f.name}" for p in contents.own() for f in p.fields if f.related_model in contents.PEOPLE}  # fmt: skip  # noqa: E501


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the databank, without what does not go along."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in contents.own():
        rows = list(part.model._base_manager.order_by("pk").values())
        found[part.label] = [
            {
                name: value
                for name, value in row.items()
                if f"{part.label}.{name.removesuffix('_id')}" not in PEOPLE | set(contents.CHANGED)
                and name != "file_id"
            }
            for row in rows
        ]
    return found


# Nothing is forgotten


def test_every_model_and_field_of_the_databank_is_in_the_export_or_named_as_left_out() -> None:
    """A new model that refers to something new fails here: say in contents.py what happens."""
    every = apps.get_app_config("partners").get_models(include_auto_created=True)
    known = {part.label: set(part.names) for part in contents.own()}
    targets = {*contents.ALONG, *contents.PEOPLE, *(part.model for part in contents.own())}

    for model in every:
        label = model._meta.label_lower
        fields = {field.name for field in model._meta.concrete_fields}
        assert (label in known) != (label in contents.LEFT_OUT), label
        if label in known:
            assert known[label] | _left_behind(label) == fields
            unknown = [
                f"{label}.{field.name}"
                for field in model._meta.concrete_fields
                if field.is_relation and field.related_model not in targets
            ]
            assert unknown == []


def _left_behind(label: str) -> set[str]:
    return {n.rpartition(".")[2] for n in contents.LEFT_BEHIND if n.startswith(f"{label}.")}


def test_each_exception_is_of_something_that_is_there() -> None:
    named = {*contents.LEFT_BEHIND, *contents.CHANGED, *contents.CHANGERS}

    for name in named:
        label, _dot, field = name.rpartition(".")
        apps.get_model(label)._meta.get_field(field)
    assert [apps.get_model(label) for label in contents.LEFT_OUT]
    assert set(contents.CHANGED) == set(contents.CHANGERS)


# Out and in


def test_an_export_read_in_where_nothing_is_gives_the_same_databank(filled: Filled) -> None:
    before = everything()
    assert [label for label, rows in before.items() if not rows] == []
    content = exported()
    emptied()

    counts = brought_in(content)

    assert everything() == before
    assert counts["partners.partner"] == 2
    assert "".join(writing.as_json(SYSTEM)).count('"dossier:3"') == 0


def test_what_an_offer_rests_on_comes_with_its_file(filled: Filled) -> None:
    content = exported()
    emptied()

    brought_in(content)

    source = databank.GroundingSource.objects.get()
    assert source.file is not None
    assert source.file.location.read_bytes() == b"De inhoud"


def with_file(export: bytes, content: bytes, **changes: Any) -> bytes:
    """An export with something else in the place of its file."""
    whole = json.loads(export)
    for label, values in whole["rows"]:
        if label == "documents.storedfile":
            values["content"] = base64.b64encode(content).decode()
            values["sha256"] = hashlib.sha256(content).hexdigest()
            values.update(changes)
    return json.dumps(whole).encode()


def test_the_kind_of_a_file_in_an_export_is_found_in_its_content(filled: Filled) -> None:
    content = with_file(exported(), b"Gewone tekst", kind="pdf", name="bron.txt")
    emptied()

    brought_in(content)

    source = databank.GroundingSource.objects.get()
    assert source.file is not None
    assert (source.file.kind, source.file.name) == ("txt", "bron.txt")


@pytest.mark.parametrize(
    ("content", "changes", "words"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00" * 20, {"kind": "pdf", "name": "x.pdf"}, "bewaren we niet"),
        (b"%PDF-1.7 no pdf at all", {"kind": "pdf", "name": "x.pdf"}, "bewaren we niet"),
        (b"iets", {"sha256": "0" * 64}, "beschadigd"),
        (b"iets", {"name": ".."}, "beschadigd"),
    ],
)
def test_a_file_that_nobody_could_add_does_not_come_in_by_an_export(
    content: bytes, changes: dict[str, Any], words: str, filled: Filled
) -> None:
    export = with_file(exported(), content, **changes)
    emptied()

    with pytest.raises(BadExport, match=words):
        brought_in(export)

    assert everything() == {label: [] for label in everything()}


def test_schools_and_boards_are_found_again_by_number_or_made(filled: Filled, world: World) -> None:
    School.objects.filter(pk=world.school.pk).update(number="123456")
    School.objects.filter(pk=world.sister.pk).update(name="Verdwenen", postcode="9999")
    content = exported()
    emptied()
    School.objects.filter(pk=world.sister.pk).update(name="Heel anders")
    other = School.objects.exclude(pk__in=[world.school.pk, world.sister.pk]).count()

    brought_in(content)

    made = School.objects.get(name="Verdwenen")
    assert School.objects.count() == other + 3
    assert {e.school for e in databank.Experience.objects.all()} == {world.school, made}
    assert (made.board, made.umbrella) == (world.board, None)
    assert SchoolBoard.objects.filter(name=world.board.name).count() == 1


def test_people_do_not_come_along(filled: Filled, world: World) -> None:
    content = exported()
    names = [user.email for user in world.users.values()]

    assert [name for name in names if name.encode() in content] == []
    emptied()
    brought_in(content)
    mark = databank.PartnerMark.objects.get()
    assert (mark.by.email, mark.by.is_active) == (SOMEBODY, False)


def test_new_rows_get_keys_of_their_own(filled: Filled, make_partner: MakePartner) -> None:
    content = exported()
    emptied()
    brought_in(content)

    made = make_partner("Nieuw")

    assert Partner.objects.count() == 3
    assert made.pk > filled[0].pk


# What cannot be read in


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text[:-40], "afgebroken"),
        (lambda text: text.replace('"end": true', '"end": false'), "afgebroken"),
        (lambda text: text.replace("partnerwijzer-databank", "iets"), "geen export"),
        (lambda text: text.replace('"edition": 1', '"edition": 2'), "versie die we niet kennen"),
        (lambda text: text.replace('"regions"', '"gewesten"'), "nieuwere versie"),
        (lambda text: text.replace('"partners.offer"', '"partners.other"'), "niet kennen"),
        (lambda text: text.replace('"price": "7.50"', '"price": "veel"'), "kan niet bij price"),
        (lambda text: text.replace('"name": "Bib', '"name": 5, "x": "Bib'), "nieuwere versie"),
        (lambda text: "nee", "geen geldige json"),
    ],
)
def test_what_is_no_whole_export_is_refused_and_leaves_nothing(
    change: Any, words: str, filled: Filled
) -> None:
    text = change(exported().decode())
    emptied()

    with pytest.raises(BadExport, match=words):
        brought_in(text.encode())

    assert everything() == {label: [] for label in everything()}


def test_rows_that_do_not_belong_together_are_refused(filled: Filled) -> None:
    lines = exported().decode().splitlines(keepends=True)
    kept = [line for line in lines if '["partners.partner", ' not in line]
    content = "".join(kept).replace('"partners.partner": 2, ', "")
    emptied()

    with pytest.raises(BadExport, match="passen de rijen niet bij elkaar"):
        brought_in(content.encode())


def test_where_a_databank_is_none_is_read_in(filled: Filled) -> None:
    with pytest.raises(BadExport, match="al een databank"):
        brought_in(exported())


# Who may, and what they take


SCHOOLS = ("School A", "School Zus", "School B")


@pytest.fixture
def told(filled: Filled, world: World, tell: Tell) -> Filled:
    """As filled, and three schools told of the first partner; of the other one school did."""
    partner, _offer = filled
    words = {"advice": "Kom op tijd.", "text_consent": True}
    tell(partner, world.sister, source="dossier:4", **words)
    tell(partner, world.other_school, source="dossier:5")
    tell(partner, world.school, source="dossier:6", school_year=2025)
    few = {"advice": "Van één school.", "text_consent": True, "again": "no"}
    tell(Partner.objects.get(name="Museum"), world.school, source="dossier:7", **few)
    databank.Merge.objects.update(
        moved=[
            {"model": "dossiers.dossier", "field": "partner", "pks": [991]},
            {"model": "partners.experience", "field": "partner", "pks": [992]},
            {"model": "partners.offer", "field": "partner", "pks": [993]},
        ]
    )
    return filled


def rows_of(content: bytes, label: str) -> list[dict[str, Any]]:
    return [values for name, values in json.loads(content)["rows"] if name == label]


def test_a_person_is_not_told_which_school_it_was(told: Filled, world: World) -> None:
    content = exported(world.actor("umbrella_admin"))

    rows = rows_of(content, "partners.experience")
    assert json.loads(content)["whole"] is False
    assert [(r["audience"], r["board"], r["offer"]) for r in rows] == [("everyone", None, None)] * 4
    assert len({r["school"] for r in rows}) == 3
    assert {r["created_by_school"] for r in rows_of(content, "partners.partner")} == {None}
    schools = rows_of(content, "organisations.school")
    assert {r["id"] for r in schools} == {r["school"] for r in rows} == {1, 2, 3}
    assert rows_of(content, "organisations.schoolboard") == []
    text = json.dumps([*rows, *schools, *rows_of(content, "partners.merge")])
    assert [word for word in (*SCHOOLS, world.board.name, "dossier") if word in text] == []
    assert [r["moved"] for r in rows_of(content, "partners.merge")] == [
        [{"model": "partners.offer", "field": "partner", "pks": [993]}]
    ]


def test_below_the_minimum_a_person_is_told_nothing_that_a_school_shared(
    told: Filled, world: World
) -> None:
    person, command = exported(world.actor("umbrella_admin")), exported()

    assert ("Kom op tijd." in person.decode(), "Van één school." in person.decode()) == (
        True,
        False,
    )
    assert "Van één school." in command.decode()
    databank.Experience.objects.filter(school=world.other_school).delete()
    fewer = exported(world.actor("umbrella_admin"))
    assert rows_of(fewer, "partners.experience") == []
    assert rows_of(fewer, "partners.experiencefactor") == []
    assert rows_of(fewer, "organisations.school") == []


def test_the_workbook_of_a_person_names_no_school_beside_an_experience(
    told: Filled, world: World
) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, world.actor("umbrella_admin"))

    book = openpyxl.load_workbook(file)
    cells = [
        str(cell.value)
        for name in ("Ervaringen", "Samengevoegd")
        for row in book[name]
        for cell in row
    ]
    assert "Kom op tijd." in cells
    secret = [word for word in (*SCHOOLS, world.board.name, "dossier") for c in cells if word in c]
    assert secret == []


def test_what_a_person_took_along_can_be_read_in_with_schools_that_have_no_name(
    told: Filled, world: World
) -> None:
    content = exported(world.actor("umbrella_admin"))
    emptied()

    counts = brought_in(content)

    assert (counts["partners.experience"], counts["organisations.school"]) == (4, 3)
    schools = {e.school for e in databank.Experience.objects.select_related("school")}
    assert len(schools) == 3
    assert not {school.name for school in schools} & set(SCHOOLS)


def test_a_command_takes_everything_and_names_no_dossier(told: Filled) -> None:
    content = exported()

    assert len(rows_of(content, "partners.experience")) == 6
    assert {r["name"] for r in rows_of(content, "organisations.school")} == set(SCHOOLS)
    assert "dossiers.dossier" not in content.decode()


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("umbrella_admin")


def test_the_page_gives_both_kinds_and_notes_it(filled: Filled, admin: Client) -> None:
    address = reverse("exchange:databank")

    answer = admin.post(address, {"neem": "json"})
    book = admin.post(address, {"neem": "xlsx"})

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert json.loads(content)["counts"]["partners.partner"] == 2
    sheets = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))  # type: ignore[attr-defined]
    assert sheets["Partners"]["B2"].value == "Bib “Élodie” = 1"
    offer = [cell.value for cell in sheets["Aanbod"][2]]
    assert "workshop" in offer
    assert offer[-1] == "Bib “Élodie” = 1"
    assert [m.kind for m in DatabankMove.objects.order_by("pk")] == ["json", "xlsx"]
    assert AuditRecord.objects.filter(verb="databank.taken_out").count() == 2


def test_by_the_page_an_export_comes_into_an_empty_installation(
    filled: Filled, admin: Client
) -> None:
    content = exported()
    address = reverse("exchange:databank")
    refused = admin.post(address, {"file": upload(content, "x.json")})
    emptied()

    wrong = admin.post(address, {"file": upload(b"[]", "x.json")})
    answer = admin.post(address, {"file": upload(content, "x.json")}, follow=True)

    assert refused.status_code == 200
    assert "geen export" in text_of(wrong)
    assert "De databank is ingelezen: 2 partners." in text_of(answer)


def test_each_model_has_a_sheet_and_each_field_a_column(filled: Filled) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, SYSTEM)

    book = openpyxl.load_workbook(file)
    found = {sheet.title: sheet for sheet in book}
    for part in contents.own():
        name = writing.sheet_names().get(part.label, part.model.__name__)
        assert found[name].max_column >= len(part.fields)
        assert found[name].max_row == part.model._base_manager.count() + 1


def test_every_sheet_and_every_column_has_a_name_that_people_read() -> None:
    fields = [field for part in contents.own() for field in part.fields]
    nameless = [
        f"{field.model._meta.label_lower}.{field.name}"
        for field in fields
        if not isinstance(field.verbose_name, Promise) and field.name not in field_names.NAMES
    ]

    assert nameless == []
    assert set(writing.sheet_names()) == {part.label for part in contents.own()}
    assert {len(name) <= 31 for name in writing.sheet_names().values()} == {True}


def test_the_columns_of_the_workbook_are_named_in_dutch(filled: Filled) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, SYSTEM)

    sheet = openpyxl.load_workbook(file)["Ervaringen"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:6] == ["Sleutel", "Partner", "Aanbod", "School", "Schoolbestuur", "Gedeeld met"]
    assert heads[-1] == "Schoolbestuur: naam"
