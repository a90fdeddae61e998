"""`partnerwijzer import …`: brings in what others keep: the register, the goals, the schools."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.cli.outcome import Failure, answer, json_option
from partnerwijzer.cli.progress import Moment, Progress, duration, thousands
from partnerwijzer.cli.ready import OnTables
from partnerwijzer.elections import listed
from partnerwijzer.elections import queries as elections_known
from partnerwijzer.elections.actions import enter_election
from partnerwijzer.exchange.actions.databank import bring_in
from partnerwijzer.exchange.actions.uitdatabank import bring_in as bring_uit_in
from partnerwijzer.exchange.databank.importer import BadExport
from partnerwijzer.exchange.json_rows import BadJson, JsonRows
from partnerwijzer.exchange.sheets import BadTable, look
from partnerwijzer.exchange.uitdatabank.live import NotReached, source, too_many
from partnerwijzer.goals.actions import import_goals_file
from partnerwijzer.goals.pages import BadGoalFile
from partnerwijzer.kbo.actions import import_register
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.kbo.progress import Progress as KboProgress
from partnerwijzer.kbo.report import Report as KboReport
from partnerwijzer.organisations.actions.lists import import_schools_file
from partnerwijzer.organisations.school_list import BadSchoolFile

GOALS = {
    "new": "nieuw",
    "changed": "gewijzigd",
    "same": "zoals het was",
    "repeated": "dubbel in de bestanden",
    "newly_expired": "sindsdien niet meer geldig",
    "expired": "niet meer geldig",
    "refused": "niet bruikbaar",
}
SCHOOLS = {
    "schools_new": "scholen nieuw",
    "schools_changed": "scholen gewijzigd",
    "schools_same": "scholen zoals ze waren",
    "schools_gone": "scholen niet meer in de lijst",
    "campuses_new": "vestigingsplaatsen nieuw",
    "campuses_changed": "vestigingsplaatsen gewijzigd",
    "campuses_same": "vestigingsplaatsen zoals ze waren",
    "campuses_gone": "vestigingsplaatsen niet meer in de lijst",
    "boards_new": "schoolbesturen nieuw",
    "kind_unknown": "soort school niet herkend",
    "refused": "rijen niet bruikbaar",
}
SHOWN = 20
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=OnTables)
def command() -> None:
    """Lees een register of lijst in. Opnieuw inlezen mag altijd: wat gelijk bleef, blijft staan."""


@command.command()
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--allow-gap",
    is_flag=True,
    help="Neem een bijwerking aan die niet aansluit, of een volledig uittreksel dat ouder of veel "
    "kleiner is.",
)
@json_option
def kbo(path: Path, allow_gap: bool, as_json: bool) -> None:
    """Lees een uittreksel van de KBO in: een zip of een map, volledig of een bijwerking.

    Enkel rechtspersonen worden bewaard. Zolang het inlezen duurt, en als het mislukt, blijft het
    vorige register in gebruik.
    """
    try:
        with Progress("KBO") as shown:
            report = import_register(
                path,
                actor=SYSTEM,
                allow_gap=allow_gap,
                on_progress=lambda moment: shown.tell(_moment(moment)),
            )
    except (KboError, OSError) as wrong:
        raise Failure(str(wrong)) from None
    if as_json:
        answer(report.to_json())
        return
    click.echo(_kbo_sentence(report))
    _list(report.notes)


KBO_STEPS = {"read": "lezen", "index": "zoekindex", "finish": "bewaren"}


def _moment(now: KboProgress) -> Moment:
    reading = now.step == "read"
    return Moment(
        amount=f"{thousands(now.rows)} regels",
        share=now.fraction,
        rate=thousands(now.rows_per_second) if reading and now.rows else "",
        left=now.seconds_left,
        step=f"{KBO_STEPS[now.step]} {now.file if reading else ''}".strip(),
    )


def _kbo_sentence(report: KboReport) -> str:
    date = f"{report.snapshot_date:%d/%m/%Y}"
    if not report.changed:
        return f"Dit uittreksel ({report.extract_number}, {date}) was al ingelezen."
    return (
        f"Register van {date}: {thousands(report.legal_persons)} rechtspersonen. "
        f"Nieuw {thousands(report.added)}, gewijzigd {thousands(report.renewed)}, "
        f"niet meer actief {thousands(report.gone)}. In {duration(report.seconds)}."
    )


@command.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@json_option
def goals(paths: tuple[str, ...], as_json: bool) -> None:
    """Lees onderwijsdoelen in: JSON van de API van onderwijsdoelen.be.

    PATH is een bestand, een map of een patroon met een sterretje. Alles wordt ingelezen, of niets.
    """
    try:
        with Progress("Onderwijsdoelen", "bytes") as progress:
            report = import_goals_file(paths, actor=SYSTEM, progress=progress)
    except (BadGoalFile, OSError) as wrong:
        raise Failure(str(wrong)) from None
    _tell(report.as_dict(), GOALS, as_json=as_json)


@command.command()
@click.argument("path", metavar="PATH", type=click.Path(exists=True, dir_okay=False))
@json_option
def schools(path: str, as_json: bool) -> None:
    """Lees de officiële lijst van vestigingsplaatsen in (CSV).

    Namen van directies in die lijst worden niet bewaard. Wie niet meer in de lijst staat, blijft,
    met een melding.
    """
    try:
        with Progress("Scholen", "rijen") as progress:
            report = import_schools_file(Path(path), actor=SYSTEM, progress=progress)
    except (BadSchoolFile, OSError) as wrong:
        raise Failure(str(wrong)) from None
    _tell(report.as_dict(), SCHOOLS, as_json=as_json)


@command.command()
@click.argument(
    "path", metavar="PATH", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@json_option
def databank(path: Path, as_json: bool) -> None:
    """Lees een databank in die met `export databank` is weggeschreven als .json.

    Dat kan enkel waar nog geen partners zijn. Alles wordt ingelezen, of niets.
    """
    try:
        with Progress("Databank", "rijen") as progress, path.open("rb") as file:
            counts = bring_in(file, actor=SYSTEM, progress=progress)
    except (BadExport, OSError) as wrong:
        raise Failure(str(wrong)) from None
    if as_json:
        answer(counts)
        return
    number = counts.get("partners.partner", 0)
    click.echo(f"{thousands(number)} {'partner' if number == 1 else 'partners'} ingelezen.")


ELECTIONS = {
    "new": "dagen nieuw",
    "same": "dagen die er al stonden",
    "withdrawn": "dagen ingetrokken, niet opnieuw ingelezen",
    "refused": "rijen niet bruikbaar",
}


@command.command()
@click.argument("path", metavar="PATH", type=READABLE)
@json_option
def elections(path: Path, as_json: bool) -> None:
    """Lees dagen van verkiezingen in (csv, xlsx of ods): naam, dag, bron, nagekeken.

    Opnieuw inlezen verandert niets. Een rij zonder bron of dag wordt geweigerd, met de reden. Wat
    iemand introk, komt niet terug.
    """
    try:
        with path.open("rb") as file:
            rows = [(line.number, line.cells) for line in look(file).lines]
        found, wrong = listed.read(rows, timezone.localdate())
    except (BadTable, listed.NoColumns, OSError) as problem:
        raise Failure(str(problem)) from None
    report: dict[str, Any] = {"new": 0, "same": 0, "withdrawn": 0, "refused": len(wrong)}
    report["remarks"] = []
    for one in found:
        how, remark = _bring_election_in(one)
        report[how] += 1
        if remark:
            report["remarks"].append(f"rij {one.line}: {remark}")
    report["reasons"] = [f"rij {one.line}: {one.why}" for one in wrong]
    _tell(report, ELECTIONS, as_json=as_json)


def _bring_election_in(one: listed.Listed) -> tuple[str, str]:
    """How the line is counted, and what to say about it."""
    row = elections_known.like(one)
    if row is None:
        enter_election(
            None, actor=SYSTEM, name=one.name, on=one.on, source=one.source, read_on=one.read_on
        )
        return "new", ""
    if row.withdrawn_at:
        return "withdrawn", f"ingetrokken, niet opnieuw ingelezen: {one.name}, {one.on:%d/%m/%Y}."
    if row.source != one.source:
        return "same", f"staat er al met een andere bron ({row.source}): {one.name}."
    return "same", ""


UITDATABANK = {
    "partners_new": "partners nieuw",
    "partners_linked": "partners die er al waren",
    "partners_changed": "partners gewijzigd",
    "partners_same": "partners zoals ze waren",
    "offers_new": "aanbod nieuw",
    "offers_changed": "aanbod gewijzigd",
    "offers_same": "aanbod zoals het was",
    "offers_withdrawn": "aanbod weggehaald: voorbij of geschrapt",
    "over": "voorbij",
    "not_for_schools": "niet voor scholen",
    "others": "geen organisator en geen aanbod",
    "refused": "niet bruikbaar",
}


@command.command()
@click.argument("path", metavar="[PATH]", required=False, type=READABLE)
@click.option("--live", is_flag=True, help="Vraag het aan UiTdatabank zelf (zie .env.example).")
@click.option("--all", "everything", is_flag=True, help="Ook wat niet voor scholen bedoeld is.")
@json_option
def uitdatabank(path: Path | None, live: bool, everything: bool, as_json: bool) -> None:
    """Lees organisatoren en aanbod van UiTdatabank in, uit een json-bestand of met --live.

    Enkel aanbod voor scholen, tenzij met --all. Wat hier iemand aanpaste, blijft zoals het is.
    """
    if live == (path is not None):
        raise click.UsageError("Geef een bestand, of --live.")
    seen = [0]
    try:
        with Progress("UiTdatabank", "rijen") as shown, ExitStack() as closes:
            if path is None:
                rows: Iterable[Any] = source().items(_counting(shown, seen), everything=everything)
                tell = None
            else:
                file = closes.enter_context(path.open("rb"))
                rows, tell = JsonRows(file, ["member"]), shown
            report = bring_uit_in(rows, actor=SYSTEM, everything=everything, progress=tell)
    except (BadJson, NotReached, OSError) as wrong:
        raise Failure(f"UiTdatabank: {wrong}") from None
    report.missing = too_many(seen[0])
    if report.missing:
        click.secho(report.missing, fg="yellow", err=True)
    _tell(report.as_dict(), UITDATABANK, as_json=as_json)
    if not as_json and report.unknown_labels:
        click.echo("Labels die we niet kennen (zie content/exchange/uitdatabank.yaml):")
        _list(f"{label} ({often})" for label, often in report.unknown_labels.most_common())


def _counting(shown: Progress, seen: list[int]) -> Callable[[int, int], None]:
    """Shows how far it is, and keeps in `seen` how many the other side says there are."""

    def told(done: int, total: int) -> None:
        seen[0] = total
        shown(done, total)

    return told


def _tell(report: dict[str, Any], labels: Mapping[str, str], *, as_json: bool) -> None:
    """The counts that are not nothing, and the first reasons why something was left out."""
    if as_json:
        answer(report)
        return
    for name, label in labels.items():
        if report[name]:
            click.echo(f"{thousands(report[name]):>10}  {label}")
    _list(report.get("remarks", ()))
    _list(report.get("reasons", ()))


def _list(lines: Iterable[str]) -> None:
    every = list(lines)
    for line in every[:SHOWN]:
        click.echo(f"  · {line}")
    if len(every) > SHOWN:
        click.echo(f"  · en nog {len(every) - SHOWN}, zie --json")
