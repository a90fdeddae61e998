"""Organisers and events become partners and offers, and stay in step without overruling people."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.exchange.actions.uitdatabank import Report, bring_in
from partnerwijzer.exchange.models import ExternalId
from partnerwijzer.exchange.uitdatabank import reading
from partnerwijzer.exchange.uitdatabank.live import Live, NotReached, source
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner, Statement
from tests.exchange.uit import event, organiser, page, uuid
from tests.partners.conftest import MakePartner
from tests.personas import World

SOMEWHERE = {"@id": f"x/place/{uuid(7)}"}
pytestmark = pytest.mark.usefixtures("world")


def bring(*items: Any, everything: bool = False) -> Report:
    return bring_in(items, actor=SYSTEM, everything=everything)


# First time


def test_an_event_becomes_an_offer_of_its_organiser() -> None:
    report = bring(event())

    offer = Offer.objects.get()
    assert (report.partners_new, report.offers_new) == (1, 1)
    assert (offer.title, offer.levels, offer.themes, offer.audience) == (
        *("Een lied van de klas 1", ["kleuter", "lager-graad-2"], ["music"]),
        ["pupils"],
    )
    assert (offer.price, offer.price_unit, offer.price_note) == (
        *(Decimal("6.50"), "pupil"),
        "Begeleider: € 0,00",
    )
    assert (offer.age_from, offer.age_to, offer.place, offer.working_form) == (
        *(6, 12, "at-school"),
        "workshop",
    )


def test_the_organiser_becomes_a_partner_with_a_general_contact() -> None:
    bring(organiser())

    partner = Partner.objects.get()
    assert (partner.name, partner.website, partner.street, partner.postcode, partner.town) == (
        *("Muziekclub 1", "https://www.muziekclub.example", "Dorpsstraat 1"),
        *("9999", "Veerdegem"),
    )
    assert [(c.name, c.email, c.phone) for c in partner.contacts.all()] == [
        ("Algemeen", "scholen@muziekclub.example", "09 123 45 67")
    ]


def test_words_of_others_are_not_copied_but_pointed_at() -> None:
    bring(event())

    assert Offer.objects.get().description == "Meer uitleg: https://www.muziekclub.example/boek"


def test_the_keys_of_the_source_are_kept() -> None:
    bring(event())

    assert set(ExternalId.objects.values_list("source", "key")) == {
        ("uitdatabank", uuid(1)),
        ("uitdatabank", uuid(101)),
    }


def test_only_what_is_for_schools_unless_asked_otherwise() -> None:
    open_to_all = event(2, audience={"audienceType": "everyone"})
    no_school = organiser(2, labels=[])

    report = bring(open_to_all, no_school)
    assert (report.not_for_schools, Offer.objects.count(), Partner.objects.count()) == (2, 0, 0)

    bring(open_to_all, no_school, everything=True)
    assert (Offer.objects.count(), Partner.objects.count()) == (1, 2)


def test_a_partner_that_is_there_by_name_and_place_is_linked_and_completed(
    make_partner: MakePartner,
) -> None:
    there = make_partner("Muziekclub 1 vzw", postcode="9999", website="https://eigen.example")

    report = bring(event())

    there.refresh_from_db()
    assert (report.partners_linked, Partner.objects.count()) == (1, 1)
    assert (there.name, there.website, there.town) == (
        *("Muziekclub 1 vzw", "https://eigen.example"),
        "Veerdegem",
    )
    assert (there.kind, Offer.objects.get().partner) == ("training-organisation", there)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"@id": "x/organizers/1", "name": ""}, "geen naam"),
        ({**event(), "name": {}}, "geen naam"),
        ({**event(), "@id": ""}, "geen @id"),
        ({**event(), "organizer": None}, "geen organisator"),
        ({**event(), "organizer": {"@id": "https://x/organizers/9"}}, "kennen we de organisator"),
        ("tekst", "geen object"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason_and_the_rest_goes_on(
    item: Any, words: str
) -> None:
    report = bring(item, event(5))

    assert (report.refused, report.offers_new) == (1, 1)
    assert words in report.reasons[0]


def test_labels_that_nobody_knows_are_counted() -> None:
    report = bring(event(1, labels=["cultuurkuur_Nieuw"]), event(2, labels=["cultuurkuur_Nieuw"]))

    assert report.as_dict()["unknown_labels"] == {"cultuurkuur_Nieuw": 2}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"location": SOMEWHERE}, "elsewhere"),
        ({"location": SOMEWHERE, "labels": ["cultuurkuur_op_verplaatsing"]}, "either"),
        ({"attendanceMode": "online"}, "online"),
    ],
)
def test_where_it_happens(changes: dict[str, Any], place: str) -> None:
    bring(event(1, **changes))

    assert Offer.objects.get().place == place


@pytest.mark.parametrize(
    ("found", "price"),
    [
        ([{"category": "base", "price": 0}], (Decimal("0.00"), "free")),
        ([{"category": "base", "price": 120, "groupPrice": True}], (Decimal("120.00"), "group")),
        ([], (None, "")),
        ([{"category": "base", "price": "veel"}], (None, "")),
        ([{"category": "base", "price": -5}], (None, "")),
    ],
)
def test_what_it_costs(found: Any, price: Any) -> None:
    bring(event(1, priceInfo=found))

    offer = Offer.objects.get()
    assert (offer.price, offer.price_unit) == price


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        *(("6-12", (6, 12)), ("12-", (12, None)), ("-18", (None, 18))),
        *(("-", (None, None)), ("9-3", (None, None)), ("", (None, None))),
    ],
)
def test_ages(text: str, ages: Any) -> None:
    bring(event(1, typicalAgeRange=text))

    offer = Offer.objects.get()
    assert (offer.age_from, offer.age_to) == ages


# Again


def test_bringing_in_the_same_again_changes_nothing() -> None:
    bring(organiser(), event())
    before = list(Partner.objects.values()), list(Offer.objects.values())

    report = bring(organiser(), event())

    assert (report.partners_same, report.offers_same) == (1, 1)
    assert before == (list(Partner.objects.values()), list(Offer.objects.values()))


def test_what_changed_there_changes_here() -> None:
    bring(event())

    report = bring(event(1, name={"nl": "Een nieuw lied"}, priceInfo=[]))

    offer = Offer.objects.get()
    assert (report.offers_changed, offer.title, offer.price) == (1, "Een nieuw lied", None)


def test_a_price_that_was_copied_is_checked_by_nobody(world: World) -> None:
    admin = world.actor("umbrella_admin")
    bring_in([event()], actor=admin)
    offer = Offer.objects.get()
    assert (offer.price, offer.price_checked_on, offer.price_checked_by) == (
        *(Decimal("6.50"), None),
        "",
    )
    partners.confirm_price(offer, actor=world.actor("teacher"))

    bring_in([event(1, priceInfo=[{"category": "base", "price": 9}])], actor=admin)

    offer = Offer.objects.get()
    assert (offer.price, offer.price_checked_on, offer.price_checked_by) == (
        *(Decimal("9.00"), None),
        "",
    )


def test_what_people_here_wrote_stays(world: World) -> None:
    bring(event())
    teacher, offer = world.actor("teacher"), Offer.objects.get()
    partners.edit_offer(offer, actor=teacher, version=1, facts={"title": "Ons lied"})
    partners.edit_partner(offer.partner, actor=teacher, version=1, facts={"town": "Elders"})
    moved = {"nl": {"addressLocality": "Verhuisd", "postalCode": "8888"}}

    bring(event(1, name={"nl": "Hun lied"}, organizer=organiser(1, address=moved)))

    offer.refresh_from_db()
    assert (offer.title, offer.partner.town, offer.partner.postcode) == (
        *("Ons lied", "Elders"),
        "8888",
    )


def test_what_a_school_checked_stays_until_somebody_looks() -> None:
    bring(event())
    offer, today = Offer.objects.get(), timezone.localdate()
    Statement.objects.create(partner=offer.partner, field="website", checked_on=today)
    Statement.objects.create(partner=offer.partner, offer=offer, field="title", checked_on=today)
    moved = organiser(1, url="https://nieuw.example")
    base = [{"category": "base", "price": 9}]

    report = bring(event(1, name={"nl": "Anders"}, organizer=moved, priceInfo=base))

    offer.refresh_from_db()
    assert (offer.title, offer.partner.website, offer.price) == (
        *("Een lied van de klas 1", "https://www.muziekclub.example"),
        Decimal("9.00"),
    )
    assert (report.offers_changed, report.partners_changed) == (1, 0)


def test_an_offer_that_a_school_checked_stays_whole(world: World) -> None:
    bring(event())
    offer = Offer.objects.get()
    partners.check_facts(
        offer.partner,
        actor=world.actor("teacher"),
        version=offer.version,
        fields=[partners.WHOLE],
        offer=offer,
    )

    report = bring(event(1, name={"nl": "Anders"}))

    assert (report.offers_same, Offer.objects.get().title) == (1, offer.title)
    assert Statement.objects.filter(offer=offer).count() == 1


def test_what_is_over_or_taken_away_goes_from_view_and_is_never_made() -> None:
    over = {"calendarType": "single", "endDate": "2020-01-01T10:00:00+01:00"}
    bring(event())

    report = bring(event(1, workflowStatus="DELETED"), event(2, **over))
    again = bring(event(1, workflowStatus="DELETED"))

    assert (report.offers_withdrawn, report.over, again.offers_withdrawn) == (1, 1, 0)
    assert Offer.objects.get().withdrawn_at is not None


def test_what_somebody_here_took_away_does_not_come_back() -> None:
    bring(event())
    partners.withdraw_offer(Offer.objects.get(), actor=SYSTEM)

    bring(event(1, name={"nl": "Opnieuw"}))

    assert Offer.objects.get().withdrawn_at is not None


def test_of_two_that_became_one_the_one_that_stays_is_meant(make_partner: MakePartner) -> None:
    bring(organiser())
    gone, kept = Partner.objects.get(), make_partner("Muziekclub en co")
    Partner.objects.filter(pk=gone.pk).update(merged_into=kept)

    bring(event())

    assert Offer.objects.get().partner == kept


def test_only_who_keeps_the_databank_brings_in(world: World) -> None:
    with pytest.raises(PermissionDenied):
        bring_in([event()], actor=world.actor("head"))
    assert bring_in([event()], actor=world.actor("umbrella_admin")).offers_new == 1


names = st.sampled_from(sorted({*event(), *organiser()}))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@given(found=st.dictionaries(names, json_like))
def test_any_shape_is_read_or_refused(found: dict[str, Any]) -> None:
    for read in (reading.event, reading.organiser):
        with suppress(reading.BadItem):
            read({**event(), **found})


# Live, from a server on this machine


class Server:
    """Answers as UiTdatabank does; `answers` come first, in turn: (status, headers, body)."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[dict[str, list[str]], str]] = []
        self.events = [event(n) for n in range(1, 8)]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = outer.answer(self.path, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, path: str, headers: Any) -> tuple[int, dict[str, str], bytes]:
        query = parse_qs(urlsplit(path).query)
        self.asked.append((query, headers["X-Api-Key"]))
        if self.answers:
            return self.answers.pop(0)
        start, limit = int(query["start"][0]), int(query["limit"][0])
        some = page(*self.events[start : start + limit], total=len(self.events))
        return 200, {}, json.dumps(some).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Server]:
    from partnerwijzer.exchange.uitdatabank import live

    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(live, "PER_PAGE", 3)
    monkeypatch.setattr(live, "BETWEEN", 0.0)
    settings.UITDATABANK_URL, settings.UITDATABANK_KEY = made.url, "sleutel"
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


def asking(server: Server) -> Live:
    return Live(server.url, "sleutel", between=0.0)


def test_all_pages_are_asked_for_with_the_key(server: Server) -> None:
    found = list(asking(server).items())

    assert found == server.events
    assert [(q["start"], q["audienceType"], q["embed"], key) for q, key in server.asked] == [
        (["0"], ["education"], ["true"], "sleutel"),
        (["3"], ["education"], ["true"], "sleutel"),
        (["6"], ["education"], ["true"], "sleutel"),
    ]


def test_a_busy_or_failing_server_is_asked_again(server: Server) -> None:
    server.answers = [(429, {"Retry-After": "0"}, b""), (503, {}, b"")]

    assert len(list(asking(server).items())) == 7


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([(403, {}, b"")], "weigert de sleutel"),
        ([(404, {}, b"")], "geen UiTdatabank"),
        ([(302, {"Location": "http://127.0.0.1:9/"}, b"")], "een fout"),
        ([(500, {}, b"")] * 4, "een fout"),
        ([(429, {"Retry-After": "0"}, b"")] * 4, "te vaak"),
        ([(200, {}, b"<html>")], "geen json"),
        ([(200, {}, b"{}")], "niet begrijpen"),
        ([(200, {}, b'{"member": {}, "totalItems": 1}')], "niet begrijpen"),
    ],
)
def test_what_goes_wrong_is_said(answers: Any, words: str, server: Server) -> None:
    server.answers = list(answers)

    with pytest.raises(NotReached, match=words):
        list(asking(server).items())


def test_nobody_there_is_said() -> None:
    with pytest.raises(NotReached, match="antwoordt niet"):
        list(Live("http://127.0.0.1:9", "x", between=0.0).items())


@pytest.mark.parametrize(("url", "words"), [("", "niet ingesteld"), ("ftp://x", "https://")])
def test_without_a_setting_nothing_is_asked(url: str, words: str, settings: Any) -> None:
    settings.UITDATABANK_URL = url

    with pytest.raises(NotReached, match=words):
        source()


# By command

Run = Callable[..., Any]


def test_a_file_by_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "uit.json"
    path.write_text(json.dumps(page(organiser(), event(1, labels=["cultuurkuur_Nieuw"]))))

    ended = run("import", "uitdatabank", str(path))

    assert ended.code == 0
    assert "1  aanbod nieuw" in ended.out
    assert "cultuurkuur_Nieuw (1)" in ended.out


def test_live_by_command(run: Run, server: Server) -> None:
    ended = run("import", "uitdatabank", "--live", "--json")

    assert json.loads(ended.out)["offers_new"] == 7


@pytest.mark.parametrize(
    ("content", "words"), [("[", "afgebroken"), ("{}", "de lijst ontbreekt"), ("", "leeg")]
)
def test_a_file_that_is_none_is_refused(
    content: str,
    words: str,
    run: Run,
    tmp_path: Path,
) -> None:
    path = tmp_path / "uit.json"
    path.write_text(content)

    ended = run("import", "uitdatabank", str(path))

    assert ended.code == 1
    assert words in ended.err


def test_a_file_or_live_and_not_both(run: Run) -> None:
    assert run("import", "uitdatabank").code == 2
