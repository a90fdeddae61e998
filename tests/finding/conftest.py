"""The databank of the tests of partners, with one search in it to keep."""

from tests.partners.conftest import (  # noqa: F401 -- fixtures
    _register_of_its_own,
    elsewhere,
    make_offer,
    make_partner,
    partner,
    sign_in,
    tell,
    world,
)
