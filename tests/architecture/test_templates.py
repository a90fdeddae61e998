"""Templates keep to the strict Content-Security-Policy, and forms cannot be sent twice."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import get_resolver

from partnerwijzer.ui.templatetags.ui import register
from tests.architecture.source import PRODUCT, templates

INLINE = {
    "style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    # Data for a script is no script: the policy lets it be.
    "script with words": re.compile(r"<script(?![^>]*(?:\ssrc=|application/json))", re.I),
    "event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "other host": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.I
    ),
    "expression of htmx": re.compile(r"hx-(?:on|vals=['\"]js)", re.I),
}
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape off|\|\s*safeseq\b")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.I | re.S)
POSTS = re.compile(r"method=[\"']post|hx-post", re.I)
# Forms without {% once %}: sent twice they do the same as once. Part of path or form -> why.
TWICE_IS_HARMLESS = {
    "account_logout": "signed out stays signed out",
    "organisations/templates/account/": "pages of allauth, which has marks of its own",
    "organisations/templates/mfa/": "pages of allauth, which has marks of its own",
    "organisations/templates/usersessions/": "pages of allauth: an ended session stays ended",
    "organisations:switch_school": "the same school is chosen again",
    "worklist/stop_mail.html": "no mail twice is no mail; a mail program has no mark",
    "surveys:type_code": "only leads to the survey",
    "finding:take_along": "gives a file, and writes down that it did",
    "surveys/templates/surveys/pupil/": "each pupil's page carries a mark of its own",
}
# Not seen by themselves, so the style page does not show them.
INNER_TAGS = {"control", "once", "page_words", "typed_words"}


@pytest.mark.parametrize("what", INLINE)
def test_nothing_that_the_policy_would_block(what: str) -> None:
    assert [name for name, text in templates().items() if INLINE[what].search(text)] == []


def test_everything_is_escaped() -> None:
    assert [name for name, text in templates().items() if UNESCAPED.search(text)] == []


def forms_without(tag: str) -> list[str]:
    return [
        f"{name}: {attributes.strip()[:80]}"
        for name, text in templates().items()
        for attributes, body in FORM.findall(text)
        if POSTS.search(attributes) and f"{{% {tag} %}}" not in body
    ]


def test_each_form_that_posts_is_of_this_site() -> None:
    assert forms_without("csrf_token") == []


def test_each_form_that_posts_counts_once() -> None:
    found = forms_without("once")

    assert [form for form in found if not any(part in form for part in TWICE_IS_HARMLESS)] == []


@pytest.mark.parametrize("frame", ["page", "open"])
def test_each_frame_gives_htmx_the_protection_mark(frame: str) -> None:
    assert (
        """hx-headers='{"X-CSRFToken": "{{ csrf_token }}"}'"""
        in templates()[f"ui/templates/ui/{frame}.html"]
    )


def test_each_component_is_on_the_style_page() -> None:
    page = "".join(text for name, text in templates().items() if "ui/style" in name)

    missing = [t for t in register.tags if not re.search(rf"{{% {t}\b", page)]

    assert sorted(set(missing) - INNER_TAGS) == []


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        "{% badge state='todo' labels='x' %}",
        "{% badge state='todo' %}",
        "{% verdict 'ok' label='x' %}",
        "{% button href='/' %}",
        "{% notice %}x{% endnotice %}",
        "{% notice tone='info' titel='x' %}x{% endnotice %}",
        "{% signpost title='x' %}",
    ],
)
def test_wrong_use_of_a_component_is_an_error_of_the_template(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% badge state='todo' label=x %}",
        "{% verdict tone='ok' label=x %}",
        "{% chip x %}",
        "{% mark tone='ok' label=x symbol='check' %}",
        "{% button label=x %}",
        "{% notice tone='info' title=x %}{{ x }}{% endnotice %}",
        "{% empty title=x %}{{ x }}{% endempty %}",
        "{% person name=x detail=x %}",
        "{% signpost href='/' title=x text=x %}",
        "{% option x value='1' name='n' text=x %}",
    ],
)
def test_components_escape_what_they_are_given(text: str) -> None:
    html = render(text, x="<q>&")

    assert "<q>" not in html
    assert "&lt;q&gt;&amp;" in html


def test_what_one_script_takes_over_no_other_script_reads() -> None:
    """`each("[data-here]", …)` takes every element with that attribute: a second meaning of the
    same name would have one script change what belongs to another."""
    scripts = [path for path in PRODUCT.rglob("*.js") if "leaflet" not in path.name]
    owners = {
        name: path
        for path in scripts
        for name in re.findall(r"each\(\"\[data-(\w+)", path.read_text())
    }

    assert len(owners) > 5
    for name, owner in owners.items():
        reads = re.compile(rf"dataset\.{name}\b|\bdata\.{name}\b|data-{name}\b")
        others = [path.name for path in scripts if path != owner and reads.search(path.read_text())]
        assert others == [], f"data-{name} belongs to {owner.name}"


# With `as` an address that cannot be made becomes an empty one, and nobody hears of it.
NAMED = re.compile(r"{% url ['\"]([\w:-]+)['\"]((?:\s+[^\s%]+)*?)\s+as \w+ %}")


def test_an_address_that_gets_a_name_can_be_made() -> None:
    found = [
        (path, name, len(words.split()))
        for path, text in templates().items()
        for name, words in NAMED.findall(text)
    ]

    assert len(found) > 20
    for path, name, count in found:
        assert count in takes(name), f"{path}: {name} with {count}"


def test_what_a_translated_sentence_fills_in_has_a_plain_name() -> None:
    """`{{ actor.name }}` inside blocktranslate is empty on the page, and nobody hears of it."""
    sentences = re.compile(r"{% blocktranslate\b.*?%}(.*?){% endblocktranslate %}", re.S)
    found = [
        (path, name)
        for path, text in templates().items()
        for sentence in sentences.findall(text)
        for name in re.findall(r"{{\s*(.+?)\s*}}", sentence)
    ]

    assert len(found) > 200
    assert [(path, name) for path, name in found if not name.isidentifier()] == []


def takes(name: str) -> set[int]:
    """How many arguments an address of this name takes."""
    resolver = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return {len(names) for ways in resolver.reverse_dict.getlist(last) for _s, names in ways[0]}
