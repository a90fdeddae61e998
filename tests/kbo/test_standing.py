"""What changed for organisations that somebody follows, and telling who follows them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerwijzer.access.actor import SYSTEM, Actor, Kind, Role, Seat
from partnerwijzer.audit import log
from partnerwijzer.kbo import register, watchers
from partnerwijzer.kbo.actions import import_register
from partnerwijzer.kbo.enterprise import Snapshot
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.models import RegisterImport
from partnerwijzer.kbo.standing import Standing
from tests.kbo.extracts import Org, full, number, update, write_zip

ONE, TWO = number(1), number(2)
LATER = "06-02-2025"


@pytest.fixture
def before(full_zip: Path) -> dict[str, Standing]:
    """How the invented world stands on 3 January 2025."""
    import_extract(full_zip)
    return register.standings([number(place) for place in range(1, 5)])


@pytest.fixture
def told() -> Iterator[list[Snapshot]]:
    """The snapshots of which watchers were told."""
    seen: list[Snapshot] = []
    watchers.add(seen.append)
    watchers._told.clear()
    yield seen
    watchers.remove(seen.append)


def again(tmp_path: Path, orgs: list[Org], *, extract: int = 101, day: str = LATER) -> None:
    """The same world a month later, as it is now."""
    import_extract(write_zip(tmp_path / f"{extract}.zip", full(orgs), extract=extract, day=day))


def words(before: dict[str, Standing]) -> dict[str, list[tuple[str, str, str]]]:
    """The changes since then, as plain texts."""
    found = register.differences(before.values())
    return {
        key: [(change.kind, change.tone, change.words) for change in changes]
        for key, (_now, changes) in found.items()
        if changes
    }


def test_standing_says_what_counts(before: dict[str, Standing]) -> None:
    bankrupt = before[TWO]

    assert (bankrupt.name, bankrupt.seat) == (
        "Softwarehuis Vermeulen",
        "Sportstraat 12, 3000 Leuven",
    )
    assert bankrupt.snapshot_date == date(2025, 1, 3)
    assert [signal.kind for signal in bankrupt.signals] == ["bankrupt"]
    assert number(4) not in before  # a natural person


def test_standing_survives_being_kept(before: dict[str, Standing]) -> None:
    assert {Standing.from_json(one.to_json()) for one in before.values()} == set(before.values())


def test_nothing_changed_gives_the_new_day_only(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing]
) -> None:
    again(tmp_path, orgs)

    found = register.differences(before.values())

    assert words(before) == {}
    assert {now.snapshot_date for now, _changes in found.values()} == {date(2025, 2, 6)}
    assert register.differences(now for now, _changes in found.values()) == {}


@pytest.mark.parametrize(
    ("situation", "kind", "tone", "sentence"),
    [
        ("050", "bankrupt", "block", "Failliet: Opening faillissement (KBO, gegevens van {})."),
        (
            "012",
            "dissolved",
            "block",
            "Ontbonden of in vereffening: Vrijwillige ontbinding - vereffening "
            "(KBO, gegevens van {}).",
        ),
        (
            "091",
            "reorganisation",
            "warn",
            "In reorganisatie of opschorting: Opschorting (KBO, gegevens van {}).",
        ),
    ],
)
def test_worse_situation_is_told_with_its_day(
    tmp_path: Path,
    orgs: list[Org],
    before: dict[str, Standing],
    situation: str,
    kind: str,
    tone: str,
    sentence: str,
) -> None:
    again(tmp_path, [replace(orgs[0], situation=situation), *orgs[1:]])

    assert words(before) == {ONE: [(kind, tone, sentence.format("6 februari 2025"))]}


def test_better_situation_is_told_too(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing]
) -> None:
    again(tmp_path, [orgs[0], replace(orgs[1], situation="000"), *orgs[2:]])

    assert words(before) == {
        TWO: [
            (
                "recovered",
                "info",
                "Niet langer ‘Opening faillissement’: nu ‘Normale toestand’ "
                "(KBO, gegevens van 6 februari 2025).",
            )
        ]
    }


def test_new_name_and_seat_are_told_with_the_old_ones(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing]
) -> None:
    moved = replace(orgs[0], name="Academie voor Muziek", town=("8500", "Kortrijk"))
    again(tmp_path, [moved, *orgs[1:]])

    assert words(before) == {
        ONE: [
            (
                "renamed",
                "warn",
                "Heet nu ‘Academie voor Muziek’, vroeger ‘Muziekacademie De Bijloke’ "
                "(KBO, gegevens van 6 februari 2025).",
            ),
            (
                "moved",
                "warn",
                "Zetel is nu Sportstraat 12, 8500 Kortrijk, vroeger Sportstraat 12, 9000 Gent "
                "(KBO, gegevens van 6 februari 2025).",
            ),
        ]
    }


@pytest.mark.parametrize("name", ["MUZIEKACADEMIE  De Bijloke", "Muziekacadémie De Bijloke."])
def test_capitals_accents_and_spaces_are_no_new_name(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing], name: str
) -> None:
    again(tmp_path, [replace(orgs[0], name=name), *orgs[1:]])

    assert words(before) == {}


def test_who_goes_and_comes_back_is_told_each_time(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing]
) -> None:
    again(tmp_path, orgs[1:])
    assert words(before) == {
        ONE: [("gone", "block", "Niet meer actief in de KBO (gegevens van 6 februari 2025).")]
    }

    away = register.standings([ONE])
    again(tmp_path, orgs, extract=102, day="07-03-2025")
    assert words(away) == {
        ONE: [("back", "info", "Opnieuw actief in de KBO (gegevens van 7 maart 2025).")]
    }


def test_changes_of_several_imports_are_told_at_once(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing]
) -> None:
    again(tmp_path, [replace(orgs[0], name="Tussennaam"), *orgs[1:]])
    gone = update(deleted={"enterprise": [orgs[1].key]})
    renamed = [(orgs[0].key, "2", "001", "Eindnaam")]
    gone["denomination_delete"] = [(orgs[0].key,)]
    gone["denomination_insert"] = renamed
    import_extract(write_zip(tmp_path / "u.zip", gone, kind="update", extract=102, day=LATER))

    assert {key: [kind for kind, *_ in found] for key, found in words(before).items()} == {
        ONE: ["renamed"],
        TWO: ["gone"],
    }


def test_who_a_fresh_complete_register_does_not_know_is_gone(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing], settings: Any
) -> None:
    settings.KBO_DIR = tmp_path / "fresh"
    again(tmp_path, orgs[1:])

    assert [kind for kind, *_ in words(before)[ONE]] == ["gone"]


def test_register_that_is_not_complete_says_nothing_of_who_is_not_in_it(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing], settings: Any
) -> None:
    settings.KBO_DIR = tmp_path / "fresh"
    start = update(inserted=full(orgs[1:2]))
    import_extract(write_zip(tmp_path / "u.zip", start, kind="update", extract=103, day=LATER))

    assert register.differences([before[ONE]]) == {}


def test_older_register_tells_nothing(
    tmp_path: Path, orgs: list[Org], before: dict[str, Standing], settings: Any
) -> None:
    settings.KBO_DIR = tmp_path / "fresh"
    again(tmp_path, orgs[1:], extract=90, day="01-12-2024")

    assert register.differences(before.values()) == {}


def test_thousands_are_compared_in_few_queries(tmp_path: Path) -> None:
    orgs = [Org(place=place, name=f"Vereniging {place}") for place in range(1, 1202)]
    import_extract(write_zip(tmp_path / "a.zip", full(orgs)))
    before = register.standings(number(place) for place in range(1, 1202))
    again(tmp_path, [replace(org, name=f"Club {org.place}") for org in orgs])

    assert len(before) == 1201
    assert len(words(before)) == 1201


@pytest.mark.django_db
def test_import_is_noted_and_told_once(full_zip: Path, told: list[Snapshot]) -> None:
    report = import_register(full_zip, actor=SYSTEM)

    row = RegisterImport.objects.get()
    assert row.report == report.to_json()
    assert row.source == full_zip.name
    assert row.told_at is not None
    assert [entry.sentence for entry in log.history(row)] == [
        "Partnerwijzer las uittreksel 100 van 3 januari 2025 in: 3 rechtspersonen in het register."
    ]
    assert [snapshot.extract_number for snapshot in told] == [100]
    assert watchers.tell() is False
    assert len(told) == 1


@pytest.mark.django_db
def test_the_same_import_twice_leaves_one_row(full_zip: Path, told: list[Snapshot]) -> None:
    import_register(full_zip, actor=SYSTEM)
    first = RegisterImport.objects.get()
    import_register(full_zip, actor=SYSTEM)

    assert RegisterImport.objects.get().report == first.report
    assert [entry.verb for entry in log.history(first)] == ["kbo.same", "kbo.imported"]
    assert len(told) == 1


@pytest.mark.django_db
def test_import_of_a_process_that_died_is_told_later(full_zip: Path, told: list[Snapshot]) -> None:
    import_extract(full_zip)  # and then the process died

    assert watchers.tell() is True
    assert [snapshot.extract_number for snapshot in told] == [100]
    assert watchers.tell() is False


@pytest.mark.django_db
def test_watcher_that_fails_is_told_again_and_keeps_no_other_from_it(
    full_zip: Path, told: list[Snapshot]
) -> None:
    def fails(snapshot: Snapshot) -> None:
        raise RuntimeError

    watchers.add(fails)
    try:
        import_register(full_zip, actor=SYSTEM)
    finally:
        watchers.remove(fails)

    assert len(told) == 1
    assert RegisterImport.objects.get().told_at is None
    assert watchers.tell() is True
    assert len(told) == 2


@pytest.mark.django_db
def test_failed_import_is_not_noted(
    tmp_path: Path, orgs: list[Org], full_zip: Path, told: list[Snapshot]
) -> None:
    import_register(full_zip, actor=SYSTEM)
    gap = write_zip(tmp_path / "gap.zip", update(), kind="update", extract=105)

    with pytest.raises(KboError):
        import_register(gap, actor=SYSTEM)

    assert RegisterImport.objects.count() == 1
    assert len(told) == 1


@pytest.mark.django_db
def test_only_who_keeps_the_umbrella_imports(full_zip: Path) -> None:
    head = Actor(Kind.USER, "An", user_id=1, seats=(Seat(Role.HEAD, school_id=1),))
    keeper = Actor(Kind.USER, "Jo", user_id=2, seats=(Seat(Role.UMBRELLA_ADMIN, umbrella_id=1),))

    with pytest.raises(PermissionDenied):
        import_register(full_zip, actor=head)
    assert register.snapshot() is None
    assert import_register(full_zip, actor=keeper).changed
