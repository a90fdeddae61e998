"""Bad input and bad luck: a clear error, and the register that was in use stays in use."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from collections import namedtuple
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from partnerwijzer.kbo import errors, register
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.store import import_lock
from tests.kbo.extracts import Org, empty, full, number, replace_member, update, write_zip


@pytest.fixture
def next_zip(tmp_path: Path, full_zip: Path) -> Path:
    """Extract 100 is in use; this is 101, with one enterprise more."""
    import_extract(full_zip)
    orgs = [Org(place=place, name=f"Vereniging {place}") for place in range(1, 300)]
    return write_zip(tmp_path / "next.zip", full(orgs), extract=101)


def assert_untouched(kbo_dir: Path) -> None:
    snapshot = register.snapshot()
    assert snapshot is not None
    assert snapshot.extract_number == 100
    assert register.search("Bijloke")[0].number == number(1)
    assert len(list((kbo_dir / "generations").iterdir())) == 1


def truncated(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


def scrambled(path: Path) -> Path:
    """A few bytes in the middle of a packed file are changed."""
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("denomination.csv").header_offset + 80
    content = bytearray(path.read_bytes())
    content[place : place + 8] = b"\x00" * 8
    path.write_bytes(content)
    return path


def without_column(path: Path) -> Path:
    content = b'"EntityNumber","Language","Denomination"\n"0999.000.101","2","Een"\n'
    return replace_member(path, "denomination.csv", content)


def in_latin1(path: Path) -> Path:
    header = b'"EntityNumber","Language","TypeOfDenomination","Denomination"\n'
    row = '"0999.000.101","2","001","Académie"\n'.encode("latin-1")
    return replace_member(path, "denomination.csv", header + row)


def with_short_row(path: Path) -> Path:
    header = b'"EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise",'
    header += b'"JuridicalForm","JuridicalFormCAC","StartDate"\n'
    return replace_member(path, "enterprise.csv", header + b'"0999.000.101","AC"\n')


def with_a_word_for_a_number(path: Path) -> Path:
    header = b'"EntityNumber","EntityContact","ContactType","Value"\n'
    return replace_member(path, "contact.csv", header + b'"nummer","ENT","TEL","1"\n')


def with_unclosed_quote(path: Path) -> Path:
    header = b'"EntityNumber","Language","TypeOfDenomination","Denomination"\n'
    return replace_member(
        path, "denomination.csv", header + b'"0999.000.101","2","001","Een\n' * 9000
    )


def without_meta_value(path: Path) -> Path:
    return replace_member(path, "meta.csv", b'"Variable","Value"\n"ExtractType","full"\n')


def without_addresses(path: Path) -> Path:
    return replace_member(path, "address.csv", None)


@pytest.mark.parametrize(
    ("spoil", "error", "text"),
    [
        (truncated, errors.DamagedZip, "beschadigd"),
        (scrambled, errors.DamagedZip, "beschadigd"),
        (without_column, errors.MissingColumn, "ontbreekt de kolom ‘TypeOfDenomination’"),
        (in_latin1, errors.BadEncoding, "‘denomination.csv’ is rond regel 1 niet in UTF-8"),
        (with_short_row, errors.BadRow, "In ‘enterprise.csv’ is de regel rond nummer 2"),
        (with_a_word_for_a_number, errors.BadRow, "In ‘contact.csv’"),
        (with_unclosed_quote, errors.BadRow, "In ‘denomination.csv’"),
        (without_meta_value, errors.BadMeta, "ExtractNumber"),
        (without_addresses, errors.MissingFile, "address.csv"),
    ],
)
def test_bad_extract_leaves_the_register_untouched(
    next_zip: Path,
    kbo_dir: Path,
    spoil: Callable[[Path], Path],
    error: type[errors.KboError],
    text: str,
) -> None:
    with pytest.raises(error, match=text):
        import_extract(spoil(next_zip))

    assert_untouched(kbo_dir)


def test_the_same_extract_unspoiled_is_imported(next_zip: Path) -> None:
    assert import_extract(next_zip).legal_persons == 299


def test_bad_update_leaves_the_register_untouched(
    tmp_path: Path, full_zip: Path, kbo_dir: Path
) -> None:
    import_extract(full_zip)
    files = update(deleted={"enterprise": ["0999.000.101"]})
    path = write_zip(tmp_path / "u.zip", files, kind="update", extract=101)
    replace_member(path, "contact_delete.csv", b'"EntityNumber"\n"nummer"\n')

    with pytest.raises(errors.BadRow, match=r"contact_delete\.csv"):
        import_extract(path)

    assert_untouched(kbo_dir)


@pytest.mark.parametrize("name", ["nowhere.zip", "", "text.zip"])
def test_path_that_is_no_extract_is_explained(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.zip").write_text("no zip")

    with pytest.raises(errors.KboError):
        import_extract(tmp_path / name)

    assert register.snapshot() is None


def test_folder_with_a_zip_points_to_the_zip(tmp_path: Path, full_zip: Path) -> None:
    with pytest.raises(errors.NotAnExtract, match=full_zip.name):
        import_extract(tmp_path)


def test_encrypted_zip_is_explained(next_zip: Path, kbo_dir: Path) -> None:
    content = bytearray(next_zip.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 1)
    next_zip.write_bytes(content)

    with pytest.raises(errors.DamagedZip):
        import_extract(next_zip)

    assert_untouched(kbo_dir)


def test_two_imports_at_once_are_refused(next_zip: Path, kbo_dir: Path) -> None:
    with import_lock(), pytest.raises(errors.ImportRunning):
        import_extract(next_zip)

    assert_untouched(kbo_dir)


def test_stopping_leaves_the_register_untouched(next_zip: Path, kbo_dir: Path) -> None:
    class Stop(Exception):
        pass

    def stop(_progress: object) -> None:
        raise Stop

    with pytest.raises(Stop):
        import_extract(next_zip, progress=stop)

    assert_untouched(kbo_dir)


def test_leftovers_are_cleaned_up_and_two_generations_stay(
    tmp_path: Path, next_zip: Path, kbo_dir: Path
) -> None:
    (kbo_dir / "generations" / "killed").mkdir()
    import_extract(next_zip)

    import_extract(write_zip(tmp_path / "u.zip", update(), kind="update", extract=102))

    assert [path.name[:4] for path in sorted((kbo_dir / "generations").iterdir())] == [
        "0101",
        "0102",
    ]


def test_reader_that_is_busy_keeps_its_generation(tmp_path: Path, next_zip: Path) -> None:
    from partnerwijzer.kbo import facts, generation

    reader = generation.in_use()
    assert reader is not None
    import_extract(next_zip)
    import_extract(write_zip(tmp_path / "u.zip", update(), kind="update", extract=102))

    old = facts.enterprise(reader, number(2))
    new = register.lookup(number(2))

    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("Softwarehuis Vermeulen", "Vereniging 2")
    assert reader.finder.candidates(["bijloke"]) == [int(number(1))]


def test_people_can_search_while_imports_follow_one_another(tmp_path: Path, next_zip: Path) -> None:
    stop = threading.Event()

    def keep_asking(_thread: int) -> int:
        asked = 0
        while not stop.is_set():
            found = register.lookup(number(2))
            names = {hit.name for hit in register.search("vereniging 2")} or {
                hit.name for hit in register.search("vermeulen")
            }
            assert found is not None
            assert names & {"Softwarehuis Vermeulen", "Vereniging 2"}
            asked += 1
        return asked

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(keep_asking, thread) for thread in range(4)]
        try:
            import_extract(next_zip)
            for extract in range(102, 107):
                path = tmp_path / f"{extract}.zip"
                import_extract(write_zip(path, update(), kind="update", extract=extract))
        finally:
            stop.set()

    assert all(one.result() > 0 for one in asking)
    snapshot = register.snapshot()
    assert snapshot is not None
    assert snapshot.extract_number == 106


def test_register_of_an_older_version_counts_as_none(next_zip: Path, kbo_dir: Path) -> None:
    database = next((kbo_dir / "generations").glob("*/register.sqlite3"))
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    connection.close()
    (kbo_dir / "current.json").touch()

    assert register.snapshot() is None
    assert import_extract(next_zip).legal_persons == 299


def test_damaged_register_is_said_to_be_so_and_repaired(next_zip: Path, kbo_dir: Path) -> None:
    database = next((kbo_dir / "generations").glob("*/register.sqlite3"))
    database.write_bytes(b"no database" * 1000)
    (kbo_dir / "current.json").write_text((kbo_dir / "current.json").read_text() + " ")

    with pytest.raises(errors.RegisterDamaged):
        register.lookup(number(1))
    assert import_extract(next_zip).legal_persons == 299
    assert register.lookup(number(1)) is not None


SCRIPT = textwrap.dedent(
    """
    import os, resource, signal, sys
    from pathlib import Path
    from django.conf import settings
    settings.configure(KBO_DIR=Path(sys.argv[1]), USE_I18N=False, USE_TZ=True)
    from partnerwijzer.kbo import store
    from partnerwijzer.kbo.importer import import_extract

    where, path = sys.argv[2], sys.argv[3]

    def kill(*_anything):
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
        import_extract(path)
    if where == "flushing":
        store._flush = kill
    if where == "pointing":
        store.os.replace = kill
    import_extract(path, progress=kill if where in ("read", "finish") else None)
    """
)


def run_and_die(kbo_dir: Path, where: str, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(kbo_dir), where, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("where", ["read", "flushing", "pointing"])
@pytest.mark.parametrize("kind", ["full", "update"])
def test_killed_import_leaves_the_register_in_use(
    tmp_path: Path, next_zip: Path, kbo_dir: Path, where: str, kind: str
) -> None:
    path = next_zip
    if kind == "update":
        path = write_zip(tmp_path / "u.zip", update(), kind="update", extract=101)

    ended = run_and_die(kbo_dir, where, path)

    assert ended.returncode == -signal.SIGKILL, ended.stderr
    snapshot = register.snapshot()
    assert snapshot is not None
    assert snapshot.extract_number == 100
    assert register.search("Bijloke")[0].number == number(1)
    assert len(list((kbo_dir / "generations").iterdir())) == 2

    report = import_extract(path)

    assert (report.changed, report.extract_number) == (True, 101)
    assert not list(kbo_dir.glob("current.json.*"))


def test_full_disk_is_explained(next_zip: Path, kbo_dir: Path) -> None:
    ended = run_and_die(kbo_dir, "full", next_zip)

    assert "DiskFull" in ended.stderr
    assert "de schijf vol" in ended.stderr
    assert_untouched(kbo_dir)


def test_disk_with_too_little_room_is_noticed_before_anything_is_read(
    next_zip: Path, kbo_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly_full = namedtuple("usage", "total used free")(10**9, 10**9, 100)
    monkeypatch.setattr("shutil.disk_usage", lambda path: nearly_full)
    seen: list[object] = []

    with pytest.raises(errors.DiskFull, match="Maak plaats"):
        import_extract(next_zip, progress=seen.append)

    assert seen == []
    assert_untouched(kbo_dir)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["full", "update"])
def test_import_may_be_killed_at_any_moment(tmp_path: Path, kbo_dir: Path, kind: str) -> None:
    """Killed from outside, at moments spread over the whole of it; then it is done again."""
    before = [Org(place=place, name=f"Vereniging {place}") for place in range(1, 3001)]
    after = [replace(org, name=f"Club {org.place}") for org in before]
    import_extract(write_zip(tmp_path / "a.zip", full(before)))
    path = write_zip(tmp_path / "b.zip", full(after), extract=101, day="04-01-2025")
    if kind == "update":
        names = {"denomination": [org.key for org in before]}
        inserted = {"denomination": [row for org in after for row in org.denominations()]}
        files = update(deleted=names, inserted={**empty(), **inserted})
        path = write_zip(tmp_path / "b.zip", files, kind="update", extract=101, day="04-01-2025")

    seen = set()
    for wait in (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        kill_after(kbo_dir, path, wait)
        snapshot = register.snapshot()
        assert snapshot is not None
        seen.add(snapshot.extract_number)
        name = "Club 77" if snapshot.extract_number == 101 else "Vereniging 77"
        assert register.lookup(number(77)).name == name  # type: ignore[union-attr]
        assert register.search(name)[0].number == number(77)

    assert 100 in seen
    import_extract(path)
    assert register.search("Club 77")[0].number == number(77)
    assert import_extract(path).changed is False


def kill_after(kbo_dir: Path, path: Path, wait: float) -> None:
    """Import in a process of its own, killed so many seconds after it began to import."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    script = SCRIPT.replace("where, path", "print('go', flush=True)\nwhere, path", 1)
    command = [sys.executable, "-c", script, str(kbo_dir), "nowhere", str(path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
