"""What goes out can come back in: the same databank, in an installation that had none."""

import base64
import hashlib
import json
from typing import Any

import pytest
from django.apps import apps

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.exchange.databank import contents, writing
from partnerwijzer.exchange.databank.importer import SOMEBODY, BadExport
from partnerwijzer.organisations.models import School, SchoolBoard
from partnerwijzer.partners import models as databank
from partnerwijzer.partners.models import Partner
from tests.exchange.moving import Filled, brought_in, emptied, everything, exported
from tests.partners.conftest import MakePartner
from tests.personas import World

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
