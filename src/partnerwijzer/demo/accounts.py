"""What everybody may know of the demo's accounts. `serve` refuses a public address beside them."""

from dataclasses import dataclass

from partnerwijzer.access.actor import Role

PASSWORD = "partnerwijzer-demo"  # noqa: S105 -- meant to be known


@dataclass(frozen=True)
class Account:
    """One demo account: `at` names a school, the board or the umbrella of demo/people.py."""

    mailbox: str
    name: str
    role: Role
    at: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@demo.example"


ACCOUNTS = (
    Account("directie", "Mira Veldwijk", Role.HEAD, "school"),
    Account("leerkracht", "Joris Hagelaar", Role.TEACHER, "school"),
    Account("coordinator", "Samira Benzour", Role.COORDINATOR, "school"),
    Account("schoolraad", "Lotte Wijnants", Role.COUNCIL_MEMBER, "school"),
    Account("bestuur", "Geert Molenaars", Role.BOARD_ADMIN, "board"),
    Account("anker", "Nadia Terweide", Role.ADVISER, "umbrella"),
    Account("koepel", "Wout Haverals", Role.UMBRELLA_ADMIN, "umbrella"),
    Account("andere-school", "Elke Sandeman", Role.HEAD, "other"),
)
# Colleagues that fill the stories: they cannot be seen apart from the accounts above.
COLLEAGUES = (
    Account("anke", "Anke Terlinde", Role.TEACHER, "school"),
    Account("bram", "Bram Oosterlynck", Role.TEACHER, "school"),
    Account("vijver", "Rune Kestens", Role.HEAD, "sister"),
    Account("academie", "Tine Vlasman", Role.HEAD, "academy"),
    Account("elders", "Pieter Ruisbroek", Role.TEACHER, "other"),
)
