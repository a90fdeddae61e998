"""With its parent a branch tells no more than on its own page."""

import pytest

from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Partner
from tests.partners.conftest import MakePartner, SignIn, Tell
from tests.partners.pages import text_of
from tests.personas import World

TOGETHER = "zouden opnieuw samenwerken."
WITHHELD = "Bij een of meer van hen deelden nog te weinig scholen een ervaring."


@pytest.fixture
def family(world: World, make_partner: MakePartner) -> list[Partner]:
    """An organisation with two branches."""
    parent, *branches = [make_partner(n) for n in ("Natuurpunt", "Punt Gent", "Punt Aalst")]
    for branch in branches:
        facts = {"kind": "part-of", "other": parent, "since": None, "source": ""}
        actions.relate(branch, actor=world.actor("teacher"), **facts)
    return [parent, *branches]


def told(tell: Tell, partner: Partner, schools: list[School]) -> None:
    for school in schools:
        tell(partner, school, advice=f"Woorden over {partner.name}.", text_consent=True)


def shown(sign_in: SignIn, parent: Partner) -> str:
    return text_of(sign_in("teacher").get(f"/partners/{parent.pk}/"))


def test_words_show_only_of_a_branch_that_reaches_the_minimum(
    family: list[Partner], tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    parent, ghent, aalst = family
    told(tell, ghent, elsewhere[:3])
    told(tell, aalst, elsewhere[3:])

    page = shown(sign_in, parent)

    assert "Woorden over Punt Gent." in page
    assert "Woorden over Punt Aalst." not in page


def test_own_words_show_however_few(
    world: World, family: list[Partner], tell: Tell, sign_in: SignIn
) -> None:
    told(tell, family[1], [world.school])

    assert "Woorden over Punt Gent." in shown(sign_in, family[0])


# How many schools spoke of the parent, of one branch, of the other; what the page says.
@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((0, 3, 0), f"3 van de 3 scholen {TOGETHER}"),
        ((0, 3, 1), WITHHELD),
        ((3, 1, 0), WITHHELD),
        ((1, 3, 0), WITHHELD),
        ((0, 3, 2), WITHHELD),
        ((1, 1, 1), f"3 van de 3 scholen {TOGETHER}"),
        ((0, 1, 1), "Nog te weinig gegevens: 2 scholen."),
    ],
)
def test_no_difference_of_figures_tells_of_too_few(
    family: list[Partner],
    tell: Tell,
    elsewhere: list[School],
    sign_in: SignIn,
    counts: tuple[int, ...],
    says: str,
) -> None:
    first = 0
    for partner, n in zip(family, counts, strict=True):
        told(tell, partner, elsewhere[first : first + n])
        first += n

    page = shown(sign_in, family[0]).partition("Samen met hun afdelingen")[2]

    assert page.strip().startswith(says)


def test_a_school_that_spoke_elsewhere_too_counts_with_what_is_added(
    family: list[Partner], tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    parent, ghent, aalst = family
    told(tell, ghent, elsewhere[:3])
    tell(aalst, elsewhere[0], again="no")

    assert WITHHELD in shown(sign_in, parent)
