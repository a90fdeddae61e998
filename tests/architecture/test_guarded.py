"""The guard of privacy stands before every free text and every upload (issue 4, 8; domain.md 7.1).

Texts: a middleware reads whatever is posted to an address of ours. So what has to hold is that no
address is outside of it, that no field has a name that it skips, and that nothing comes in by
another way than a form. Files: each field for one is in WAYS, with who looks at what is in it.
"""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver

from partnerwijzer.access import checks
from partnerwijzer.privacy import middleware
from tests.architecture import source

# Pages of a library that are not ours, and what can be typed there.
FOREIGN = {
    "allauth.account": "e-mail address, password and code of who signs in",
    "allauth.mfa": "codes, and what somebody calls a key of their own",
    "allauth.usersessions": "nothing",
}

INTAKE, ASKS, NEVER = "intake.accept", "asking.check_places", "never_in"
AGAIN, OTHERS = "typed again", "registers of others"
# Every field for a file: by which way its content is looked at, and where that is called.
WAYS: dict[tuple[str, str], tuple[str, str]] = {
    ("authoring/forms/writing.py", "FilesForm"): (ASKS, "authoring/forms/writing.py"),
    ("dossiers/forms/evidence.py", "RenewForm"): (INTAKE, "dossiers/actions/evidence.py"),
    ("dossiers/forms/screening.py", "EvidenceForm"): (INTAKE, "dossiers/actions/screening.py"),
    ("dossiers/forms/conversing.py", "MessageForm"): (INTAKE, "dossiers/actions/conversing.py"),
    ("exchange/forms.py", "ListForm"): (ASKS, "exchange/guarding.py"),
    # Nobody can be asked there: the worker reads it. What may never be stored is taken out.
    ("exchange/forms.py", "DatabankForm"): (NEVER, "exchange/databank/importer.py"),
    ("exchange/forms.py", "UitForm"): (NEVER, "exchange/actions/uitdatabank.py"),
    ("home/forms.py", "ListForm"): (OTHERS, ""),
    ("kbo/forms.py", "ImportForm"): (OTHERS, ""),
    ("papers/forms.py", "LetterheadForm"): (INTAKE, "papers/actions/style.py"),
    ("papers/forms.py", "TemplateForm"): (INTAKE, "papers/actions/style.py"),
    ("partners/forms/offer.py", "SourceForm"): (INTAKE, "partners/actions/offering.py"),
    ("quality/forms.py", "ListForm"): (ASKS, "quality/forms.py"),
    ("research/forms.py", "ResearchForm"): (INTAKE, "research/actions.py"),
    # What was read stands in the fields of the next page, and comes back as typed text.
    ("schooldays/forms.py", "FileForm"): (AGAIN, "schooldays/forms.py"),
    ("surveys/forms/byfile.py", "SheetForm"): (AGAIN, "surveys/views/byfile.py"),
    ("trajectories/forms.py", "ImprovementForm"): (INTAKE, "trajectories/actions.py"),
    # Names and addresses of parents are what is asked for here; the other columns are not read.
    ("volunteers/forms.py", "SeveralForm"): (NEVER, "volunteers/several.py"),
}
# How a text could come in past the forms: the raw request, or an inbox.
PAST = ("imaplib", "poplib", "aiosmtpd", "smtpd", "mailbox")


def test_every_address_that_takes_a_text_is_behind_the_guard() -> None:
    outside = {
        getattr(pattern.callback, "__module__", "")
        for _route, _name, pattern in checks.walk(get_resolver().url_patterns)
        if getattr(pattern.callback, "requirement", None) is None
    }

    assert {module for module in outside if not module.startswith(tuple(FOREIGN))} == set()
    assert set(FOREIGN) == set(checks.FOREIGN)


def form_classes() -> Iterator[type[forms.BaseForm]]:
    for module in source.modules():
        if "forms" in module.kinds:
            name = ".".join(("partnerwijzer", *module.path.with_suffix("").parts))
            for found in vars(importlib.import_module(name.removesuffix(".__init__"))).values():
                if isinstance(found, type) and issubclass(found, forms.BaseForm):
                    yield found


def test_no_text_field_has_a_name_that_the_guard_skips() -> None:
    fields = {
        (form.__name__, name)
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField)
    }
    long = {
        (form.__name__, name)
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
    }
    written = {
        (path, name)
        for path, text in source.templates().items()
        for tag in re.findall(r"<(?:textarea|input)\b[^>]*>", text)
        for name in re.findall(r"\bname=\"([^\"{]+)\"", tag)
        if not re.search(r"type=\"(?:hidden|checkbox|radio|file|submit)\"", tag)
    }

    assert len(long) > 60  # the walk finds them
    skipped = {each for each in fields | long | written if not middleware.is_read(each[1])}
    # A password is kept as nobody can read it; the reason why something may stand is looked at
    # where it is logged.
    assert skipped == {
        ("JoinForm", "password"),
        ("privacy/templates/privacy/ask.html", "reden_toch"),
    }


def file_fields() -> set[tuple[str, str]]:
    """Every form that has a field for a file: by its declared fields, and by what its code adds."""
    declared = {
        (f"{form.__module__.removeprefix('partnerwijzer.').replace('.', '/')}.py", form.__name__)
        for form in form_classes()
        if any(isinstance(f, forms.FileField) for f in getattr(form, "base_fields", {}).values())
    }
    added = {
        (module.name, node.name)
        for module in source.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and "forms" in module.kinds
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and source.last_name(call.func) in {"FileField", "ImageField"}
    }
    return declared | added


def test_every_upload_has_somebody_who_looks_at_it() -> None:
    assert file_fields() == set(WAYS)


@pytest.mark.parametrize(("way", "path"), sorted({w for w in WAYS.values() if w[1]}))
def test_who_is_said_to_look_does(way: str, path: str) -> None:
    text = next(m.text for m in source.modules() if m.name == path)
    named = {INTAKE: "intake.accept", ASKS: "check_places(", NEVER: "never_in(", AGAIN: "form"}

    assert named[way] in text


def test_nothing_comes_in_past_the_forms() -> None:
    """There is no inbox of mail, and no view that reads the request by itself."""
    imported = {
        (module.name, name.name)
        for module in source.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import)
        for name in node.names
        if name.name in PAST
    }
    raw = [
        module.at(node)
        for module in source.modules()
        for node in module.walk(ast.Attribute)
        if isinstance(node, ast.Attribute) and node.attr == "body"
        and source.last_name(node.value) == "request"
    ]  # fmt: skip

    assert (imported, raw) == (set(), [])
