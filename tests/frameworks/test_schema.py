import pytest
from django.template import Context, Template
from django.utils.translation import override
from pydantic import ValidationError

from partnerwijzer.frameworks.schema import Content, Text


def test_text_speaks_the_language_of_the_reader() -> None:
    text = Text(nl="ja", en="yes")

    with override("en"):
        assert str(text) == "yes"
    with override("en-gb"):
        assert str(text) == "yes"
    with override("nl"):
        assert str(text) == "ja"


@pytest.mark.parametrize("language", ["fr", None, ""])
def test_text_is_dutch_where_in_doubt(language: str | None) -> None:
    assert Text(nl="ja", en="yes").said_in(language) == "ja"


def test_text_in_a_template_is_escaped() -> None:
    page = Template("{{ text }}").render(Context({"text": Text(nl="<b>", en="<i>")}))

    assert page == "&lt;b&gt;"


def test_content_never_changes(content: Content) -> None:
    with pytest.raises(ValidationError):
        content.framework.criteria[0].light = False  # type: ignore[misc]
    with pytest.raises(TypeError):
        content.framework.criterion["new"] = content.framework.criteria[0]  # type: ignore[index]


def test_what_was_stored_reads_back_the_same(content: Content) -> None:
    assert Content.model_validate(content.model_dump(mode="json")) == content


def test_everything_is_found_by_its_key(content: Content) -> None:
    framework = content.framework

    assert framework.criterion["fits-age"].step == "know-partner"
    assert list(framework.criterion) == [c.key for c in framework.criteria]
    assert framework.step["look-back"].order == 6
    assert content.surveys.set["parents"].question["again"].core == "again"
    assert content.agreement.block["no-pupil-data"].fields == ()
    assert content.governance.tree["photos"].outcome["no-consent"].result == "not-allowed"
    assert content.vocab.level["lager-graad-1"].parent == "lager"


def test_a_level_knows_what_is_above_and_below(content: Content) -> None:
    vocab = content.vocab

    assert vocab.ancestry["lager-graad-1"] == ("lager-graad-1", "lager")
    assert vocab.lines["lager-graad-1"] == {"lager-graad-1", "lager"}
    assert vocab.lines["lager"] == {"lager", "lager-graad-1", "lager-graad-2", "lager-graad-3"}


def test_options_come_from_the_question_or_from_another_list(content: Content) -> None:
    colleagues = content.surveys.set["colleagues"]

    assert [o.key for o in content.options(colleagues.question["what-next"])] == [
        "go-on",
        "change",
        "stop",
        "unsure",
    ]
    assert [o.key for o in content.options(colleagues.question["smooth"])] == [
        f.key for f in content.factors.factors
    ]
    smooth = content.options(colleagues.question["smooth"])[0].label.nl
    difficult = content.options(colleagues.question["difficult"])[0].label.nl
    assert (smooth, difficult) == ("Goed bereikbaar", "Moeilijk te bereiken")
    levels = content.options(content.surveys.set["alumni"].question["level-then"])
    assert [o.key for o in levels] == list(content.vocab.level)
