"""What the plan of costs says beside the amounts (domain.md 3.3)."""

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import beside
from partnerwijzer.dossiers.models import Dossier
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


def test_where_groups_may_hold_the_same_pupils_nobody_is_told_that_it_is_under(
    purse: Purse, sign_in: SignIn
) -> None:
    """domain.md 3.3: what one group is asked adds up. 5A beside `5de leerjaar`: the plan, the
    dossier and the tree say that the school has to count; only what is sure is said to be under."""
    purse.ceiling("100")
    purse.line("80")
    purse.other("30", label="5de leerjaar")
    address = reverse("costs:plan", args=[purse.dossier.pk])

    page = words(sign_in("teacher").get(address))
    fresh = Dossier.objects.get(pk=purse.dossier.pk)
    remarks = [r.title for r in beside.remarks_on(purse.story.head, fresh)]
    answer = beside.computed(purse.story.head, fresh, "year-ceiling")
    tree = purse.story.content.governance.tree["cost-for-parents"]
    option = tree.node["under-year-max"].answer_for(answer.values[0])  # type: ignore[union-attr]

    assert "niet te zeggen: tel zelf na" in page
    assert "Wie ook in 5de leerjaar zit, betaalt samen tot € 110: dat is te veel." in page
    assert "Tel zelf na of dit onder het maximum blijft: 5A" in remarks
    assert (option.key, option.outcome) == ("unclear", "count-yourself")  # type: ignore[union-attr]

    purse.ceiling("110", of_school=True)
    page = words(sign_in("teacher").get(address))

    assert "onder het maximum" in page
    assert "samen hoogstens € 110, nog altijd onder het maximum" in page
