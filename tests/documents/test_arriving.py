"""What is sent to us is never larger on our disk than who sends it may send."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.documents import arriving
from tests.personas import make_world

pytestmark = pytest.mark.django_db


def posted(size: int, *, path: str = "/account/login/", actor: Any = ANONYMOUS) -> Any:
    """A request with a file, as a view gets it."""
    data = {"before": "1", "upload": SimpleUploadedFile("a.zip", b"x" * size)}
    request: Any = RequestFactory().post(path, data)
    request.actor = actor
    return request


def folder() -> list[Path]:
    return list((Path(product.DATA_DIR) / "arriving").glob("*"))


def test_file_within_the_limit_arrives(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    request = posted(10_000)

    assert len(request.FILES["upload"].read()) == 10_000
    assert not arriving.was_refused(request)


def test_file_over_the_limit_does_not_arrive_but_the_rest_of_the_form_does(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    request = posted(200_000)

    assert dict(request.FILES) == {}
    assert request.POST["before"] == "1"
    assert arriving.was_refused(request)


def test_large_file_waits_in_the_data_folder_and_leaves_it_when_closed() -> None:
    request = posted(5_000_000)
    upload = request.FILES["upload"]

    assert [str(path) for path in folder()] == [upload.temporary_file_path()]
    upload.close()
    assert folder() == []


def test_file_that_is_too_large_leaves_nothing_on_disk(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 400_000
    request = posted(9_000_000)

    assert dict(request.FILES) == {}
    assert folder() == []


def test_disk_that_cannot_be_written_is_told_to_the_view(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "below"
    request = posted(9_000_000)

    assert dict(request.FILES) == {}
    assert request.POST["before"] == "1"
    assert arriving.found_no_room(request)
    assert not arriving.was_refused(request)


def test_what_a_killed_process_left_goes_after_a_day() -> None:
    place = Path(product.DATA_DIR) / "arriving"
    place.mkdir(exist_ok=True)
    old, new = place / "old.upload", place / "new.upload"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 100_000,) * 2)

    posted(5_000_000).FILES["upload"].close()

    assert folder() == [new]
    new.unlink()


def test_view_that_takes_more_takes_it_only_from_who_may_use_it(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES, settings.IMPORT_MAX_BYTES = 1000, 500_000
    world = make_world()
    page = reverse("kbo:import")

    keeper = posted(200_000, path=page, actor=world.actor("umbrella_admin"))
    head = posted(200_000, path=page, actor=world.actor("head"))
    nobody = posted(200_000, path=page)

    assert list(keeper.FILES) == ["upload"]
    assert dict(head.FILES) == {}
    assert dict(nobody.FILES) == {}


def test_address_that_leads_nowhere_has_the_usual_limit(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000

    assert dict(posted(200_000, path="/nergens/").FILES) == {}
    assert Client().post("/nergens/", {"x": "1"}).status_code in (302, 404)
