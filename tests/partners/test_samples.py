"""Each legal person of the real register samples can become a partner."""

from pathlib import Path

import pytest

from partnerwijzer.kbo import register
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.numbers import dotted
from partnerwijzer.partners.models import Partner
from tests.partners.conftest import SignIn
from tests.partners.pages import filled, text_of


@pytest.fixture
def numbers(samples: Path) -> list[str]:
    """The enterprise numbers of the full sample, after it was imported."""
    folder = samples / "kbo" / "full_mini"
    import_extract(folder)
    rows = (folder / "enterprise.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    found = [row.split(",")[0].strip('"').replace(".", "") for row in rows]
    return [number for number in found if register.lookup(number) is not None]


def test_each_becomes_a_partner_with_what_the_register_says(
    numbers: list[str], sign_in: SignIn
) -> None:
    teacher = sign_in("teacher")
    assert numbers

    for number in numbers:
        address = f"/partners/nieuw/?nummer={number}"
        typed = filled(teacher.get(address))
        done = teacher.post(
            address, {**typed, "kind": typed.get("kind") or "company", "toch": "1"}, follow=True
        )

        partner = Partner.objects.get(enterprise_number=number)
        facts = register.lookup(number)
        assert facts is not None
        assert partner.name == " ".join(facts.name.split())
        assert f"Nummer {dotted(number)}" in text_of(done)
        assert facts.attribution in text_of(done)
