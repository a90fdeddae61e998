"""What PostgreSQL and SQLite find in a title is what Python folds it to."""

import pytest
from django.contrib.contenttypes.models import ContentType

from partnerwijzer.search.spelling import folded

TITLES = [
    "Cafe\u0301 littéraire",
    "CAFÉ",
    "Straße en GROẞ",
    "Ærø, ŒUVRE, Łódź, Đà",
    "IŞIK ışık İstanbul",
    "100 % eigen_werk",
    "De ﬁets kost € 3½",
]


@pytest.mark.django_db
@pytest.mark.parametrize("title", TITLES)
def test_each_word_of_a_title_is_found_by_the_database(title: str) -> None:
    ContentType.objects.create(app_label=title, model="titled")
    rows = ContentType.objects.filter(model="titled")

    found = [w for w in folded(title).split() if rows.filter(app_label__has_word=w).exists()]

    assert found == folded(title).split()
    assert not rows.filter(app_label__has_word="cafeine").exists()
