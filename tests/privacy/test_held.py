"""A file that is being asked about waits unreadable, comes back, and goes after an hour."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from partnerwijzer.privacy import held

CONTENT = b"Emma Peeters heeft ADHD."


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path / "asked"


def hold() -> held.Held:
    found = held.hold("upload", SimpleUploadedFile("klas.txt", CONTENT), where="/bewijs/")
    assert found is not None
    return found


def test_a_file_comes_back_where_it_was_sent_to_as_often_as_its_form_is_sent() -> None:
    one = hold()

    elsewhere = held.back(one.envelope, where="/elders/")
    field, file = held.back(one.envelope, where="/bewijs/")

    assert elsewhere == ("", None)
    assert file is not None
    assert (field, file.name, file.read()) == ("upload", "klas.txt", CONTENT)
    again = held.back(one.envelope, where="/bewijs/")[1]
    assert again is not None
    assert again.read() == CONTENT


def test_on_the_disk_nobody_can_read_it(folder: Path) -> None:
    """domain.md 7.1: what we ask about is not kept: the key is in the page only."""
    hold()

    [path] = folder.iterdir()
    assert b"Emma" not in path.read_bytes()
    assert path.name != "klas.txt"


def test_after_an_hour_it_is_gone(folder: Path) -> None:
    one, other = hold(), hold()
    old = time.time() - held.HOUR - 1
    os.utime(sorted(folder.iterdir())[0], (old, old))

    assert held.sweep() == 1
    assert sorted(
        held.back(each.envelope, where="/bewijs/")[1] is None for each in (one, other)
    ) == [
        False,
        True,
    ]


def test_a_forged_envelope_and_a_file_that_is_too_large_wait_for_nothing(
    settings: Settings,
) -> None:
    assert held.back("wat/je:wilt", where="/bewijs/") == ("", None)
    settings.UPLOAD_MAX_BYTES = 3
    assert held.hold("upload", SimpleUploadedFile("a.txt", CONTENT), where="/") is None
