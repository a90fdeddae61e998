from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from pytest_django import DjangoAssertNumQueries, Settings

from partnerwijzer.access.actor import ANONYMOUS, SYSTEM, Actor, Kind, Role, Seat, guest
from partnerwijzer.audit.log import history
from partnerwijzer.frameworks import actions, loader, queries
from partnerwijzer.frameworks.models import FrameworkContent, FrameworkVersion, Unchangeable
from partnerwijzer.frameworks.problems import ContentError
from partnerwijzer.frameworks.schema import Content
from tests.frameworks.conftest import Edit

pytestmark = pytest.mark.usefixtures("nothing_published")
KEEPER = Actor(Kind.USER, "Koepel", 1, (Seat(Role.UMBRELLA_ADMIN, umbrella_id=1),))
HEAD = Actor(Kind.USER, "Directie", 2, (Seat(Role.HEAD, school_id=1),), school_id=1)


def test_a_published_release_keeps_every_word(folder: Path, content: Content) -> None:
    version = actions.publish(folder, actor=SYSTEM)

    assert queries.content_of(version.pk) == content
    assert (version.key, version.version) == ("partnerwijzer-framework", "1.0.0")
    assert version.digest == loader.read(folder).digest
    assert version.name == "Kader om goed te kiezen en goed samen te werken"


def test_publishing_leaves_a_line_in_the_log(folder: Path) -> None:
    version = actions.publish(folder, actor=KEEPER)

    assert [(e.who, e.sentence) for e in history(version)] == [
        ("Koepel", "Koepel bracht versie 1.0.0 van het kader uit.")
    ]


@pytest.mark.parametrize("actor", [HEAD, ANONYMOUS, guest("partner")])
def test_only_who_keeps_the_framework_publishes(folder: Path, actor: Actor) -> None:
    with pytest.raises(PermissionDenied):
        actions.publish(folder, actor=actor)

    assert not FrameworkVersion.objects.exists()
    assert actions.publish(folder, actor=KEEPER).pk


def test_everybody_reads_the_framework(folder: Path) -> None:
    version = actions.publish(folder, actor=SYSTEM)

    for actor in (HEAD, KEEPER, ANONYMOUS, guest("partner")):
        assert queries.latest(actor) == version
        assert queries.get(actor, version.pk) == version


def test_a_release_that_does_not_exist_is_not_found(folder: Path) -> None:
    version = actions.publish(folder, actor=SYSTEM)

    with pytest.raises(Http404):
        queries.get(HEAD, version.pk + 1)


def test_the_same_version_with_other_words_is_refused(folder: Path, edit: Edit) -> None:
    version = actions.publish(folder, actor=SYSTEM)
    edit("factors", "Goed bereikbaar", "Vlot bereikbaar")

    with pytest.raises(actions.ChangedRelease) as error:
        actions.publish(folder, actor=SYSTEM)

    assert str(error.value) == (
        "Versie 1.0.0 is al uitgebracht met andere inhoud. Wat uitgebracht is, verandert niet:"
        " verhoog ‘version’ in de zes bestanden en probeer opnieuw."
    )
    factor = queries.content_of(version.pk).factors.factor["easy-to-reach"]
    assert factor.smooth.nl == "Goed bereikbaar"


def test_the_same_release_twice_does_nothing(folder: Path) -> None:
    actions.publish(folder, actor=SYSTEM)

    with pytest.raises(actions.AlreadyPublished):
        actions.publish(folder, actor=SYSTEM)

    assert FrameworkVersion.objects.count() == 1


def test_content_with_problems_is_not_published(folder: Path, edit: Edit) -> None:
    edit("framework", "essential: true", "essential: maybe")

    with pytest.raises(ContentError) as error:
        actions.publish(folder, actor=SYSTEM)

    assert len(error.value.problems) == 1
    assert not FrameworkVersion.objects.exists()


def test_a_release_cannot_be_changed_or_deleted(folder: Path) -> None:
    version = actions.publish(folder, actor=SYSTEM)
    words = FrameworkContent.objects.get(pk=version.pk)
    version.title = {"nl": "Ander", "en": "Other"}

    for attempt in (
        version.save,
        version.delete,
        words.save,
        words.delete,
        FrameworkVersion.objects.all().delete,
        FrameworkContent.objects.all().delete,
        lambda: FrameworkVersion.objects.update(version="9.9.9"),
        lambda: FrameworkVersion.objects.filter(pk=version.pk).update(digest="x"),
        lambda: FrameworkVersion.objects.bulk_update([version], ["title"]),
    ):
        with pytest.raises(Unchangeable), transaction.atomic():
            attempt()

    fresh = FrameworkVersion.objects.get(pk=version.pk)
    assert fresh.name.startswith("Kader")


def test_the_database_keeps_a_version_once(folder: Path) -> None:
    version = actions.publish(folder, actor=SYSTEM)

    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.create(
            key=version.key, version=version.version, title={}, digest="other", files_digest="x"
        )


def test_a_newer_release_is_offered_and_the_old_one_stays(
    new_version: Callable[[str], Path], edit: Edit
) -> None:
    old = actions.publish(new_version("1.0.0"), actor=SYSTEM)
    assert queries.newer_than(HEAD, old) is None
    edit("factors", "Goed bereikbaar", "Vlot bereikbaar")
    new = actions.publish(new_version("1.10.0"), actor=SYSTEM)

    assert queries.newer_than(HEAD, old) == new
    assert queries.newer_than(HEAD, new) is None
    assert queries.latest(HEAD) == new
    words = [queries.content_of(v.pk).factors.factor["easy-to-reach"].smooth.nl for v in (old, new)]
    assert words == ["Goed bereikbaar", "Vlot bereikbaar"]


def test_versions_are_numbers_and_not_words(new_version: Callable[[str], Path]) -> None:
    ten = replace_version(new_version, "1.0.0", "1.10.0")
    nine = replace_version(new_version, "1.10.0", "1.9.0")

    assert queries.latest(HEAD) == ten
    assert queries.versions(HEAD) == [ten, nine]
    assert queries.newer_than(HEAD, nine) == ten


def replace_version(new_version: Callable[[str], Path], was: str, becomes: str) -> FrameworkVersion:
    folder = new_version(was)
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f'version: "{was}"', f'version: "{becomes}"', 1))
    return actions.publish(folder, actor=SYSTEM)


def test_words_are_read_from_the_database_once(
    folder: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = actions.publish(folder, actor=SYSTEM)

    with django_assert_num_queries(1):
        first = queries.content_of(version.pk)
    with django_assert_num_queries(0):
        assert queries.content_of(version.pk) is first


def test_what_ships_is_published_once(
    folder: Path,
    settings: Settings,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.CONTENT_DIR = tmp_path
    (tmp_path / "frameworks").mkdir()
    folder.rename(tmp_path / "frameworks" / "partnerwijzer")

    assert [v.version for v in actions.ensure_published()] == ["1.0.0"]
    with django_assert_num_queries(1):
        assert actions.ensure_published() == []


def test_a_changed_comment_is_no_new_release(
    folder: Path, settings: Settings, tmp_path: Path, edit: Edit
) -> None:
    settings.CONTENT_DIR = tmp_path
    (tmp_path / "frameworks").mkdir()
    edit("factors", "# Seven working factors", "# The seven working factors")
    folder.rename(tmp_path / "frameworks" / "partnerwijzer")
    actions.ensure_published()
    path = tmp_path / "frameworks" / "partnerwijzer" / "factors.yaml"
    path.write_text(path.read_text().replace("# The seven", "# Seven", 1))

    assert actions.ensure_published() == []
    assert FrameworkVersion.objects.count() == 1


def test_what_ships_in_this_product_can_be_published() -> None:
    (version,) = actions.ensure_published()

    assert version.version == queries.latest(HEAD).version
