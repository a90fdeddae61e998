"""A field is drawn after its widget, says what belongs to it, and loses nothing."""

import re
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from partnerwijzer.ui import widgets
from tests.ui.conftest import Draw


def one(field: forms.Field, value: Any = None, **options: Any) -> forms.Form:
    """A form with one field `a`; with a value it is sent."""
    form_class = type("One", (forms.Form,), {"a": field})
    return form_class(None if value is None else {"a": value}, **options)


def controls(html: str) -> list[str]:
    return re.findall(r"<(?:input|select|textarea)[^>]*>", html)


def test_label_hint_and_mistake_belong_to_the_control(draw: Draw) -> None:
    form = one(forms.CharField(label="Naam", help_text="Zoals op de gevel."), "")

    html = draw("{% field form.a %}", form=form)

    assert '<label class="label" for="id_a">Naam</label>' in html
    assert 'id="id_a-h">Zoals op de gevel.' in html
    assert 'id="id_a-e"' in html
    assert 'aria-describedby="id_a-h id_a-e" aria-invalid="true"' in html
    assert 'aria-required="true"' in html


def test_the_browser_does_not_stop_a_form_with_words_of_its_own(draw: Draw) -> None:
    html = draw("{% field form.a %}", form=one(forms.CharField()))

    assert not re.search(r"\srequired[\s>]", html)


def test_what_may_stay_empty_says_so(draw: Draw) -> None:
    assert "(mag leeg)" in draw("{% field form.a %}", form=one(forms.CharField(required=False)))
    assert "(mag leeg)" not in draw("{% field form.a %}", form=one(forms.CharField()))


@pytest.mark.parametrize(
    ("empty", "says_so"), [("alle documenten", False), ("Kies", True), ("---------", True)]
)
def test_a_choice_of_which_the_first_line_is_an_answer_is_never_empty(
    draw: Draw, empty: str, says_so: bool
) -> None:
    field = forms.ChoiceField(choices=[("", empty), ("a", "brief")], required=False)

    assert ("(mag leeg)" in draw("{% field form.a %}", form=one(field))) == says_so


@pytest.mark.parametrize(
    ("field", "initial", "control"),
    [
        (forms.DateField(widget=widgets.DateInput), date(2026, 11, 26), ("date", "2026-11-26")),
        (forms.TimeField(widget=widgets.TimeInput), time(9, 5), ("time", "09:05")),
        (forms.EmailField(), "a@school.example", ("email", "a@school.example")),
        (forms.IntegerField(), 1250, ("number", "1250")),
    ],
)
def test_values_stand_in_the_control_as_the_browser_wants_them(
    draw: Draw, field: forms.Field, initial: object, control: tuple[str, str]
) -> None:
    (html,) = controls(draw("{% field form.a %}", form=one(field, initial={"a": initial})))

    assert (
        re.findall(r'type="(\w+)"', html)[0],
        re.findall(r'value="([^"]*)"', html)[0],
    ) == control


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("26/11/2026", ("date", "2026-11-26")),
        ("26-11-2026", ("date", "2026-11-26")),
        ("2026-11-26", ("date", "2026-11-26")),
        ("31-02-2026", ("text", "31-02-2026")),
        ("volgende week", ("text", "volgende week")),
        ("", ("date", "")),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_day_that_was_typed_comes_back(
    draw: Draw, typed: str, shown: tuple[str, str], language: str
) -> None:
    with translation.override(language):
        form = one(forms.DateField(widget=widgets.DateInput), typed)
        (html,) = controls(draw("{% field form.a %}", form=form))

    value = re.findall(r'value="([^"]*)"', html)
    assert (re.findall(r'type="(\w+)"', html)[0], value[0] if value else "") == shown


def test_the_day_comes_before_the_month_in_english_too() -> None:
    with translation.override("en"):
        form = one(forms.DateField(widget=widgets.DateInput), "03/04/2027")

        assert form.is_valid()
        assert form.cleaned_data == {"a": date(2027, 4, 3)}


def test_a_long_text_is_not_cut_off_by_the_browser(draw: Draw) -> None:
    form = one(forms.CharField(widget=widgets.LongText, max_length=1500))

    html = draw("{% field form.a %}", form=form)

    assert "maxlength" not in html
    assert 'data-count="id_a-c" data-longest="1500"' in html
    assert "Hoogstens 1.500 tekens" in html
    assert 'aria-describedby="id_a-c"' in html


def test_a_line_break_in_a_long_text_counts_once() -> None:
    form = one(forms.CharField(widget=widgets.LongText, max_length=5), "ab\r\ncd")

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"a": "ab\ncd"}


def test_cards_carry_a_line_of_their_own(draw: Draw) -> None:
    widget = widgets.RadioCards(hints={"b": "Een traject"})
    form = one(forms.ChoiceField(choices=[("a", "Eén keer"), ("b", "Langer")], widget=widget))

    html = draw("{% field form.a %}", form=form)

    assert "<strong>Langer</strong>Een traject" in html
    assert controls(html) == [
        '<input type="radio" name="a" value="a" id="id_a_0">',
        '<input type="radio" name="a" value="b" id="id_a_1">',
    ]


def test_nothing_chosen_is_a_choice_only_where_the_field_may_stay_empty(draw: Draw) -> None:
    choices = [("", "---------"), ("a", "A")]
    must = forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    may = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False)

    assert len(controls(draw("{% field form.a %}", form=one(must)))) == 1
    assert "Geen keuze" in draw("{% field form.a %}", form=one(may))


def test_a_list_does_not_begin_with_dashes(draw: Draw) -> None:
    html = draw("{% field form.a %}", form=one(forms.ChoiceField(choices=[("", "---------")])))

    assert "---" not in html
    assert ">Kies…</option>" in html


def test_numbers_of_choices_get_no_point_between_thousands(draw: Draw) -> None:
    field = forms.MultipleChoiceField(
        choices=[(1250, "A"), (1251, "B")], widget=forms.CheckboxSelectMultiple
    )

    html = draw("{% field form.a %}", form=one(field, [1250]))

    assert controls(html) == [
        '<input type="checkbox" name="a" value="1250" id="id_a_0" checked>',
        '<input type="checkbox" name="a" value="1251" id="id_a_1">',
    ]


def test_groups_of_checkboxes_have_names(draw: Draw) -> None:
    field = forms.MultipleChoiceField(
        choices=[("Taal", [("1", "Lezen")]), ("Welzijn", [("2", "Pesten")])],
        widget=widgets.CheckList,
    )

    html = draw("{% field form.a %}", form=one(field))

    assert re.findall(r'aria-labelledby="([\w-]+)"', html) == ["id_a-g1", "id_a-g2"]
    assert re.findall(r'id="id_a-g\d">(\w+)<', html) == ["Taal", "Welzijn"]
    assert 'class="choices field checklist"' in html


def test_many_checkboxes_are_a_list_and_a_few_are_cards(draw: Draw) -> None:
    def drawn(count: int) -> str:
        choices = [(str(i), str(i)) for i in range(count)]
        field = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        return draw("{% field form.a %}", form=one(field))

    assert 'class="choice"' in drawn(4)
    assert 'class="plain columns"' in drawn(8)


def test_an_amount_has_its_sign_and_a_count_its_unit(draw: Draw) -> None:
    money = draw("{% field form.a %}", form=one(forms.CharField(widget=widgets.MoneyInput)))
    count = draw(
        "{% field form.a %}",
        form=one(forms.CharField(widget=widgets.NumberText(unit="leerlingen"))),
    )

    assert 'id="id_a-u">€</span>' in money
    assert 'id="id_a-u">leerlingen</span>' in count
    assert 'aria-describedby="id_a-u"' in money
    assert 'aria-describedby="id_a-u"' in count


def test_a_file_that_is_there_is_named_and_can_be_taken_away(draw: Draw) -> None:
    class Stored:
        url = "/x"

        def __str__(self) -> str:
            return "2026/nota.pdf"

    form = one(forms.FileField(required=False), initial={"a": Stored()})

    html = draw("{% field form.a %}", form=form)

    assert "<b>nota.pdf</b>" in html
    assert 'name="a-clear"' in html


def test_a_file_field_takes_a_file(draw: Draw) -> None:
    form_class = type("One", (forms.Form,), {"a": forms.FileField()})
    form = form_class({}, {"a": SimpleUploadedFile("a.pdf", b"x")})

    assert form.is_valid()
    assert '<input type="file" name="a" id="id_a">' in draw("{% field form.a %}", form=form)


def test_a_password_never_stands_in_the_page(draw: Draw) -> None:
    form = one(forms.CharField(widget=forms.PasswordInput), "geheim-woord")

    html = draw("{% field form.a %}", form=form)

    assert "geheim-woord" not in html
    assert 'data-reveal="id_a"' in html


def test_a_single_checkbox_stands_before_its_words(draw: Draw) -> None:
    html = draw("{% field form.a %}", form=one(forms.BooleanField(label="Ik las het")))

    assert '<label class="check"><input type="checkbox" name="a" id="id_a"' in html
    assert "<span>Ik las het</span></label>" in html


class Several(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    first = forms.CharField(label="Eerste")
    second = forms.CharField(label="Tweede", required=False)
    third = forms.ChoiceField(label="Derde", choices=[("x", "X")], widget=forms.RadioSelect)

    def clean(self) -> None:
        raise forms.ValidationError("Samen kan dit niet.")


def test_all_fields_in_the_order_of_the_form(draw: Draw) -> None:
    form = Several()

    assert re.findall(r'name="(\w+)"', draw("{% form_fields form %}", form=form)) == [
        *("version", "first", "second", "third"),
    ]
    assert re.findall(
        r'name="(\w+)"', draw("{% form_fields form skip='third version' %}", form=form)
    ) == [
        *("first", "second"),
    ]
    assert re.findall(
        r'name="(\w+)"', draw("{% form_fields form only='third first' %}", form=form)
    ) == [
        *("first", "third"),
    ]


def test_what_is_wrong_stands_on_top_with_links(draw: Draw) -> None:
    form = Several({"third": "y"})

    html = draw("{% form_errors form %}{% form_fields form %}", form=form)
    summary = html.split("</ul>")[0]

    assert 'role="alert" tabindex="-1" data-focus' in summary
    assert re.findall(r'<a href="#(\w+)">(\w+)</a>', summary) == [
        ("id_first", "Eerste"),
        ("id_third", "Derde"),
    ]
    assert "Samen kan dit niet." in summary
    for target in ("id_first", "id_third"):
        assert html.count(f'id="{target}"') == 1


def test_a_form_without_mistakes_says_nothing(draw: Draw) -> None:
    assert draw("{% form_errors form %}", form=Several()).strip() == ""


def test_ids_keep_apart_with_a_prefix(draw: Draw) -> None:
    html = draw("{% form_fields form %}", form=Several(prefix="a"))

    assert 'for="id_a-first"' in html
    assert 'id="id_a-first"' in html


def test_a_judgement_has_our_keys_in_our_tones(draw: Draw) -> None:
    keys = ["in-order", "partly", "not-in-order", "not-applicable"]
    field = forms.ChoiceField(
        label="Oordeel", choices=[("", "?"), *[(k, k) for k in keys]], widget=forms.RadioSelect
    )

    html = draw("{% verdict_choice form.a %}", form=one(field, "partly"))

    tones = re.findall(r'data-tone="(\w+)"><input [^>]*value="([\w-]+)"', html)
    assert tones == list(zip(["ok", "part", "no", "na"], keys, strict=True))
    assert re.findall(r'value="([\w-]+)" id="\w+" checked', html) == ["partly"]


def test_smileys_go_from_glad_to_sad_and_not_knowing_has_no_face(draw: Draw) -> None:
    field = forms.ChoiceField(label="Leuk?", choices=[(str(i), f"k{i}") for i in range(5)])

    html = draw("{% smileys form.a %}", form=one(field))

    assert re.findall(r"#([\w-]+)\"/></svg>(k\d)", html) == [
        ("face-1", "k0"),
        ("face-2", "k1"),
        ("face-3", "k2"),
        ("face-4", "k3"),
        ("circle-question-mark", "k4"),
    ]
