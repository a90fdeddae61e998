"""Components keep to their contract, escape what they are given and say what they mean."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django import template
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone

from partnerwijzer.ui.components import register
from tests.ui.conftest import Draw

EVIL = '<q title="x">&'


@pytest.mark.parametrize(
    "text",
    [
        "{% page_head %}{% endpage_head %}",
        "{% crumbs 'Start' '/' %}",
        "{% crumbs 'Start' here='x' %}",
        "{% chip label='x' colour='red' %}",
        "{% stat number=1 %}",
        "{% dialog title='x' %}{% enddialog %}",
        "{% confirm id='x' title='x' button='x' %}{% endconfirm %}",
        "{% progress_bar value=1 %}",
        "{% copy_field label='x' %}",
        "{% worklist rows %}",
        "{% task href='/' title='x' %}",
        "{% evidence title='x' %}{% endevidence %}",
        "{% card title='x' %}{% endcard %}",
        "{% measure words='x' %}{% endmeasure %}",
        "{% table %}{% endtable %}",
        "{% tabs 'a' 'A' %}",
        "{% tabs 'a' label='x' %}",
        "{% combobox id='x' label='x' name='q' %}",
        "{% suggestions rows %}",
        "{% facet label='x' name='y' %}",
        "{% filters chosen %}",
        "{% month_grid events=rows %}",
        "{% ladder %}",
        "{% dots %}",
        "{% cost_bar amount=1 %}",
        "{% factor_bars rows=rows %}",
        "{% distribution answers=rows %}",
        "{% estimates rows=rows %}",
        "{% bands caption='x' %}",
        "{% term starts=x ends=x %}",
        "{% toast level='info' %}",
        "{% verdict_choice %}",
        "{% smileys %}",
        "{% form_fields %}",
        "{% button label='x' typ='primary' %}",
    ],
)
def test_wrong_use_is_an_error_of_the_template(draw: Draw, text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(text, rows=[])


ROW = SimpleNamespace(
    label=EVIL,
    href="/",
    tone="ok",
    state_text=EVIL,
    current=False,
    value=EVIL,
    checked=False,
    count=1,
    detail=EVIL,
    smooth=1,
    difficult=1,
    share=0.5,
    least=0.2,
    most=0.8,
    words=EVIL,
    sides=(0, 1, 1),
    on=date(2026, 11, 10),
    title=EVIL,
    text=EVIL,
    warning=EVIL,
)


@pytest.mark.parametrize(
    "text",
    [
        "{% page_head title=x lead=x %}{{ x }}{% endpage_head %}",
        "{% crumbs x '/' here=x %}",
        "{% chip x href='/' %}",
        "{% stat number=x label=x %}",
        "{% too_few have=2 minimum=5 what=x %}",
        "{% dialog id='i' title=x %}{{ x }}{% enddialog %}",
        "{% confirm id='i' title=x button=x address='/' keep=x name='n' value=x %}{% endconfirm %}",
        "{% sure label=x yes=x of=x name='n' value=x %}{{ x }}{% endsure %}",
        "{% progress_bar label=x note=x %}",
        "{% copy_field label=x value=x hint=x %}",
        "{% guide title=x %}{{ x }}{% endguide %}",
        "{% worklist rows label=x %}",
        "{% task href='/' title=x symbol='check' text=x %}",
        "{% evidence title=x source=x proof=True %}{{ x }}{% endevidence %}",
        "{% card href='/' title=x detail=x %}{{ x }}{% endcard %}",
        "{% measures %}{% measure label=x words=x thin=x %}{% endmeasure %}{% endmeasures %}",
        "{% table caption=x %}{{ x }}{% endtable %}",
        "{% tabs 'a' x label=x %}{% panel 'a' %}{{ x }}{% endpanel %}",
        "{% combobox id='i' label=x name='q' address='/' text=x chosen=x picks=True hint=x %}",
        "{% combobox id='i' label=x name='q' address='/' error=x %}",
        "{% suggestions rows text='q' %}",
        "{% facet label=x name='n' options=rows %}",
        "{% filters chosen clear='/' %}",
        "{% month_grid first=day events=rows off=off %}",
        "{% factor_bars rows=rows caption=x %}",
        "{% distribution answers=words groups=groups caption=x %}",
        "{% estimates rows=rows caption=x low=x high=x %}",
        "{% bands rows=rows caption=x levels=words others=words %}",
        "{% toast text=x level='error' %}",
    ],
)
def test_what_is_given_is_escaped(draw: Draw, text: str) -> None:
    html = draw(
        text,
        x=EVIL,
        rows=[ROW],
        words=[EVIL, EVIL],
        groups=[(EVIL, [1, 2])],
        chosen=[(EVIL, "/")],
        day=date(2026, 11, 1),
        off={date(2026, 11, 2): EVIL},
    )

    # What a suggestion marks stands between the letters of the tag.
    assert "<q" not in html.replace("<mark>", "").replace("</mark>", "")
    assert 'title="x"' not in html
    assert "&amp;" in html


def test_each_component_says_what_it_is_for() -> None:
    assert [name for name, function in register.tags.items() if not function.__doc__] == []


def test_a_button_that_cannot_be_used_yet_says_why(draw: Draw) -> None:
    html = draw("{% button label='Onderteken' disabled='Eerst de schoolraad.' %}")

    (described,) = re.findall(r'aria-describedby="(\w+)"', html)
    assert f'id="{described}">Eerst de schoolraad.</span>' in html
    assert "disabled" in html


def test_a_button_opens_a_dialog_without_our_script_too(draw: Draw) -> None:
    html = draw("{% button label='Open' opens='venster' %}")

    assert 'command="show-modal" commandfor="venster"' in html
    assert 'type="button"' in html


def test_a_button_with_address_and_dialog_is_a_link_for_who_has_no_script(draw: Draw) -> None:
    html = draw("{% button label='Weg' opens='venster' href='/weg/' %}")

    assert html.startswith('<a class="btn" href="/weg/" data-opens="venster">')


def test_confirming_posts_once_and_with_protection(draw: Draw) -> None:
    html = draw(
        "{% confirm id='i' title='Weg?' button='Verwijder' address='/weg/' name='rij' value=1250 %}"
        "{% endconfirm %}",
        csrf_token="merk",
    )

    assert 'method="post" action="/weg/"' in html
    assert 'name="csrfmiddlewaretoken" value="merk"' in html
    assert 'name="once"' in html
    assert 'name="rij" value="1250"' in html
    assert 'formmethod="dialog" formnovalidate autofocus' in html  # Enter is the way back


def test_a_row_asks_in_its_place_and_says_which_row_it_is(draw: Draw) -> None:
    html = draw(
        "{% sure label='Haal weg' yes='Ja, haal weg' of='5A' name='rij' value=1250 %}"
        "Zeker?{% endsure %}"
    )
    shown, _summary, asked = html.partition("</summary>")

    assert "<button" not in shown
    assert '<span class="vh">: 5A</span>' in shown
    assert 'type="submit" name="rij" value="1250"' in asked
    assert "autofocus" not in asked


def test_progress_that_polls_asks_again_and_stops_without_address(draw: Draw) -> None:
    busy = draw("{% progress_bar label='x' value=1240 maximum=2000 poll='/werk/1/' %}")
    done = draw("{% progress_bar label='x' value=2000 maximum=2000 %}")

    assert 'hx-get="/werk/1/" hx-trigger="load delay:2s"' in busy
    assert 'max="2000" value="1240">62 %' in busy
    assert "hx-get" not in done


def test_progress_of_which_the_end_is_not_known_has_no_value(draw: Draw) -> None:
    assert "<progress id" in draw("{% progress_bar label='x' %}")
    assert "value=" not in draw("{% progress_bar label='x' %}")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("have=2 minimum=5 what='antwoord,antwoorden'", "2 antwoorden; getoond vanaf 5"),
        ("have=1 minimum=5 what='antwoord,antwoorden'", "1 antwoord; getoond vanaf 5"),
        ("minimum=5", "getoond vanaf 5"),
        ("", ""),
    ],
)
def test_too_few_says_how_many_and_from_when(draw: Draw, given: str, words: str) -> None:
    html = draw(f"{{% too_few {given} %}}").strip()

    assert html == f'<p class="stat none"><b>Nog te weinig gegevens</b>{words}</p>'


@pytest.mark.parametrize(("days", "late"), [(-1, True), (2, True), (3, False), (30, False)])
def test_a_task_is_pressing_when_two_days_are_left(draw: Draw, days: int, late: bool) -> None:
    due = timezone.localdate() + timedelta(days)

    html = draw("{% task href='/' title='x' symbol='check' due=due %}", due=due)

    assert ("due late" in html) is late


def test_a_task_without_last_day_says_nothing_of_it(draw: Draw) -> None:
    assert "due" not in draw("{% task href='/' title='x' symbol='check' text='y' %}")


def test_a_claim_is_not_shown_as_proof(draw: Draw) -> None:
    proof = draw("{% evidence title='x' proof=True %}{% endevidence %}")
    claim = draw("{% evidence title='x' proof=False %}{% endevidence %}")

    assert "Bewijs</span>" in proof
    assert "Bewering, nog geen bewijs</span>" in claim


def test_a_filter_that_leaves_nothing_cannot_be_ticked_but_can_be_taken_off(draw: Draw) -> None:
    off = SimpleNamespace(value=1250, label="Muziek", count=0, checked=False)
    on = SimpleNamespace(value=1251, label="Taal", count=0, checked=True)

    html = draw("{% facet label='Thema' name='thema' options=rows %}", rows=[off, on])

    assert re.findall(r"<input [^>]*>", html) == [
        '<input type="checkbox" name="thema" value="1250" disabled>',
        '<input type="checkbox" name="thema" value="1251" checked>',
    ]


def test_filters_show_nothing_when_nothing_is_filtered(draw: Draw) -> None:
    assert draw("{% filters chosen clear='/' %}", chosen=[]).strip() == ""


@pytest.mark.parametrize(
    ("text", "looked_for", "shown"),
    [
        ("Brandscherm bv", "scherm", "Brand<mark>scherm</mark> bv"),
        ("Café Théâtre", "cafe theatre", "<mark>Café</mark> <mark>Théâtre</mark>"),
        ("Schermlicht", "SCHERM", "<mark>Scherm</mark>licht"),
        ("a.b", ".", "a.b"),
        ("Schermlicht", "", "Schermlicht"),
        ("R&D", "d", "R&amp;<mark>D</mark>"),
    ],
)
def test_what_was_looked_for_is_marked(draw: Draw, text: str, looked_for: str, shown: str) -> None:
    assert draw("{{ words|marked:looked_for }}", words=text, looked_for=looked_for) == shown


def test_suggestions_say_where_they_lead_and_what_they_fill_in(draw: Draw) -> None:
    rows = [
        SimpleNamespace(label="Schermlicht", value=1250, detail="vzw"),
        SimpleNamespace(label="Elders", href="/elders/"),
    ]

    html = draw("{% suggestions rows text='' id='p' %}", rows=rows)

    assert re.findall(r'<li role="option" id="([\w-]+)" aria-selected="false"([^>]*)>', html) == [
        ("p-0", ' data-text="Schermlicht" data-value="1250"'),
        ("p-1", ' data-text="Elders" data-href="/elders/"'),
    ]


def test_a_combobox_is_a_text_box_without_script(draw: Draw) -> None:
    html = draw(
        "{% combobox id='p' label='Partner' name='partner' address='/x/' picks=True chosen=7 %}"
    )

    assert 'type="text" id="p" name="partner-tekst"' in html
    assert '<input type="hidden" id="p-v" name="partner" value="7">' in html
    assert "role=" not in html.split("<ul")[0]


def test_pages_of_a_list_keep_the_filters(draw: Draw) -> None:
    request = RequestFactory().get("/", {"thema": "taal", "pagina": "3"})
    page = Paginator(list(range(12_000)), 10).page(3)

    html = draw("{% pager page %}", page=page, request=request)

    assert 'href="?pagina=2&amp;thema=taal" rel="prev"' in html
    assert 'href="?pagina=4&amp;thema=taal" rel="next"' in html
    assert 'aria-current="page"><span class="vh">Pagina </span>3</a>' in html
    # An address is no place for a thousands separator.
    assert 'href="?pagina=1200&amp;thema=taal"' in html


def test_one_page_needs_no_pages(draw: Draw) -> None:
    page = Paginator([1, 2], 10).page(1)

    assert draw("{% pager page %}", page=page, request=RequestFactory().get("/")).strip() == ""


def test_initials_are_of_the_first_and_the_last_name(draw: Draw) -> None:
    found = [
        re.findall(r'aria-hidden="true">(\w*)<', draw("{% person name=n %}", n=name))
        for name in ("Mira Veldwijk", "Jan van den Berg", "Cher", "")
    ]

    assert found == [["MV"], ["JB"], ["C"], [""]]


def test_a_library_of_tags_is_built_in() -> None:
    assert isinstance(register, template.Library)
    assert Template("{{ 1250|number }}").render(Context()) == "1.250"


def test_a_route_that_is_done_marks_no_step_as_the_next_one(draw: Draw) -> None:
    text = "{% mini_rail states now=2 %}"

    assert 'class="now"' in draw(text, states=["done", "todo"])
    assert 'class="now"' not in draw(text, states=["done", "done"])
