"""The tool that keeps the English catalogue: what it finds, what it keeps, what it refuses."""

from pathlib import Path

import polib
import pytest

from tools import translations
from tools.translations import Found, Key


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "SOURCE", tmp_path)
    (tmp_path / "templates").mkdir()
    return tmp_path


def test_texts_of_python_and_templates_are_found(source: Path) -> None:
    (source / "words.py").write_text(
        "from x import gettext as _, ngettext, pgettext_lazy\n"
        '_("eerste " "deel")\n'
        'ngettext("een school", "{n} scholen", n)\n'
        'pgettext_lazy("van een papier", "Pagina")\n'
        'print("geen tekst voor mensen")\n'
    )
    (source / "templates" / "page.html").write_text(
        "<p>\n   {% translate 'kop' %}\n{% if a %}"
        "{% blocktranslate trimmed count n=n %}\n  één {{ n }}\n"
        "{% plural %}\n  veel {{ n }}\n{% endblocktranslate %}{% endif %}\n"
        '      {% button label=_("Bewaar") %} <b title="(">{{ x }}</b>\n</p>'
    )
    (source / "page.html").write_text("{% translate 'geen sjabloon' %}")

    assert set(translations.texts()) == {
        Key("eerste deel"),
        Key("een school", "{n} scholen"),
        Key("Pagina", context="van een papier"),
        Key("kop"),
        Key("één %(n)s", "veel %(n)s"),
        Key("Bewaar"),
    }


def test_update_keeps_translations_and_drops_what_went_away() -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="school", msgstr="school"))
    old.append(polib.POEntry(msgid="vertrokken", msgstr="gone"))
    plural = {0: "one pupil", 1: "%(n)s pupils"}
    old.append(polib.POEntry(msgid="een", msgid_plural="meer", msgstr_plural=plural))
    found = {
        Key("school"): Found({"a.py", "b.py"}),
        Key("een", "meer"): Found({"b.py"}),
        Key("nieuw"): Found({"b.py"}, ["Translators: kort houden"]),
    }

    new = translations.merged(old, found)

    assert [(e.msgid, e.msgstr, e.msgstr_plural, e.comment) for e in new] == [
        ("school", "school", {}, ""),
        ("een", "", plural, ""),
        ("nieuw", "", {}, "Translators: kort houden"),
    ]


def counted(one: str, many: str) -> polib.POEntry:
    texts = {0: one, 1: many}
    return polib.POEntry(msgid="{n} keer", msgid_plural="{n} keren", msgstr_plural=texts)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="a", msgstr="b"), []),
        (polib.POEntry(msgid="a", msgstr=""), ["niet vertaald: ‘a’"]),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), ["onzeker (fuzzy): ‘a’"]),
        (polib.POEntry(msgid="{n} van %(x)s", msgstr="%(x)s of {n}"), []),
        (
            polib.POEntry(msgid="{n} van", msgstr="{m} of"),
            ["andere invulplaatsen: ‘{n} van’"],
        ),
        (counted("once", "{n} times"), []),
        (counted("once", "{m} times"), ["andere invulplaatsen: ‘{n} keer’"]),
        (counted("once", ""), ["niet vertaald: ‘{n} keer’"]),
    ],
)
def test_faults_of_one_translation_are_named(entry: polib.POEntry, fault: list[str]) -> None:
    assert translations._faults(entry) == fault


def test_libraries_say_everything_in_dutch() -> None:
    assert translations._only_english() == []


def test_change_without_compiling_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = tmp_path / "en.po", tmp_path / "nl.po"
    monkeypatch.setattr(translations, "CATALOGUE", paths[0])
    monkeypatch.setattr(translations, "BORROWED", paths[1])
    for path in paths:
        catalogue = polib.POFile()
        catalogue.append(polib.POEntry(msgid="a", msgstr="b"))
        catalogue.save(str(path))
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())
    assert translations._stale() == []

    paths[0].write_text(paths[0].read_text().replace('"b"', '"c"'))

    assert translations._stale() == [paths[0]]
