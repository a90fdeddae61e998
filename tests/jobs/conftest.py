import pytest

from partnerwijzer.access.actor import Actor, Kind


@pytest.fixture
def anna() -> Actor:
    return Actor(Kind.USER, name="Anna", user_id=7)
