"""What the plan of costs says beside the amounts (domain.md 3.3)."""

import pytest
from django.urls import reverse

from tests.costs.conftest import Purse, SignIn
from tests.dossiers.pages import words


@pytest.mark.parametrize(("level", "said"), [("lager-graad-3", True), ("secundair", False)])
def test_a_cost_of_basic_education_says_that_swimming_is_free_for_a_year(
    level: str, said: bool, purse: Purse, sign_in: SignIn
) -> None:
    """domain.md 3.3: free are also one school year of swimming."""
    purse.group(level=level)

    page = words(sign_in("teacher").get(reverse("costs:line_new", args=[purse.dossier.pk])))

    assert ("Zwemmen is één schooljaar gratis." in page) is said
