"""Alles op een rij: each role finds in groups what it may open, and nothing else.
What is found only there leads back there."""

import pytest
from django.urls import reverse

from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import tree
from tests.dossiers.story import Story

OWN = ["Taken", "Nieuws", "Mijn gegevens"]
IN_THE_MENU = [*OWN, "Onze school"]
OVER = ["Kosten voor ouders", "Doelen en partners", "Kwaliteit en partners"]
KEPT = ["Archief", "Bewaren"]
DOSSIERS = [*OVER, "Gegevens van leerlingen", "Bewijs", "Tekstblokken", *KEPT]
PEOPLE = "Mensen, scholen en databank"
LAST = ["Verkiezingen", "Hoe we meten", "Stijlpagina"]
READING = ["Kader", "Onderwijsdoelen", "Visieteksten", "Maximumbedragen", *LAST]
WRITING = ["Kader", "Eigen kader en vragen", *READING[1:]]
SCHOOL = ["Onze school", "Schoolkalender", "Wie praat mee"]
LEADS = {
    "Van mij": OWN,
    "Onze school": [*SCHOOL, "Huisregels", "Informatienota", "Huisstijl", "Privacy"],
    "Over alle dossiers": DOSSIERS,
    PEOPLE: ["Mensen en rollen", "Lijst met partners inlezen"],
    "Om na te lezen": WRITING,
}
SEEN = {
    "head": LEADS,
    "coordinator": LEADS,
    "teacher": {
        "Van mij": OWN,
        "Onze school": SCHOOL,
        "Over alle dossiers": DOSSIERS,
        "Om na te lezen": READING,
    },
    "council": {
        "Van mij": OWN,
        "Onze school": ["Onze school"],
        "Om na te lezen": ["Kader", "Onderwijsdoelen", *LAST],
    },
    "board_admin": {
        "Van mij": OWN,
        "Over alle dossiers": [*OVER, "Gegevens van leerlingen", *KEPT],
        PEOPLE: ["Mensen en rollen", "Scholen"],
        "Om na te lezen": READING,
    },
    "adviser": {"Van mij": OWN, PEOPLE: ["Scholen"], "Om na te lezen": READING},
    "umbrella_admin": {
        "Van mij": OWN,
        "Over alle dossiers": ["Tekstblokken", "Bewaren"],
        PEOPLE: [
            "Mensen en rollen", "Scholen", "Lijst met partners inlezen", "Databank bewaken",
            "Dubbele partners", "Databank meenemen", "Registers en lijsten",
        ],
        "Om na te lezen": WRITING,
    },
}  # fmt: skip


@pytest.mark.parametrize("who", SEEN)
def test_each_role_finds_what_it_may_open_and_every_line_opens_and_leads_back(
    who: str, story: Story, sign_in: SignIn
) -> None:
    client = sign_in(who)

    page = tree(client.get(reverse("home:everything")))

    groups = page.xpath("//div[@data-groups]/section")
    shown = {g.xpath("string(h2)"): g.xpath(".//li//a/text()") for g in groups}
    assert shown == SEEN[who]
    for link in page.xpath("//div[@data-groups]//li//a"):
        opened = client.get(link.get("href"), follow=True)
        assert opened.status_code == 200, link.get("href")
        way_back = tree(opened).xpath("//nav[contains(@class, 'crumbs')]//li[1]/a/@href")
        assert (way_back == [reverse("home:everything")]) == (link.text not in IN_THE_MENU), (
            link.text
        )
