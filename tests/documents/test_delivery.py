"""Files go out with headers that leave a browser nothing to guess."""

from pathlib import Path

import pytest
from django.http import Http404

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import delivery, intake
from partnerwijzer.documents.models import StoredFile
from tests.documents import builders as make

pytestmark = pytest.mark.django_db


def stored(name: str, content: bytes, actor: Actor) -> StoredFile:
    return intake.accept(make.upload(content, name), school_id=3, actor=actor)


def headers(answer: object) -> dict[str, str]:
    wanted = ("Content-Type", "Content-Disposition", "Content-Security-Policy")
    return {name: answer.headers[name] for name in wanted}  # type: ignore[attr-defined]


def test_a_file_is_downloaded_under_its_own_name(anna: Actor) -> None:
    answer = delivery.response(stored("Één tekst.txt", b"tekst", anna))

    assert b"".join(answer) == b"tekst"
    assert dict(answer.headers) == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "5",
        "Content-Disposition": "attachment; filename*=utf-8''%C3%89%C3%A9n%20tekst.txt",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


@pytest.mark.parametrize(
    ("name", "content", "how", "policy"),
    [
        ("a.txt", b"a", "inline", "default-src 'none'; sandbox"),
        ("a.png", make.picture("PNG"), "inline", "default-src 'none'; sandbox"),
        ("a.pdf", make.pdf(), "inline", "default-src 'none'"),
        ("a.csv", b"a;b", "attachment", "default-src 'none'; sandbox"),
        ("a.docx", make.word(), "attachment", "default-src 'none'; sandbox"),
    ],
)
def test_only_what_can_do_nothing_opens_in_the_browser(
    name: str, content: bytes, how: str, policy: str, anna: Actor
) -> None:
    answer = delivery.response(stored(name, content, anna), download=False)

    found = headers(answer)
    assert (found["Content-Disposition"], found["Content-Security-Policy"]) == (
        f'{how}; filename="{name}"',
        policy,
    )


def test_something_made_just_now_is_downloaded() -> None:
    answer = delivery.made(b"BEGIN", name="Onze agenda", kind="ics")

    assert headers(answer) == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'attachment; filename="Onze agenda.ics"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def test_a_file_that_is_gone_from_the_disk_is_not_found(anna: Actor, files: Path) -> None:
    file = stored("a.txt", b"a", anna)
    file.location.unlink()

    with pytest.raises(Http404):
        delivery.response(file)
