"""Organisers and events in the shape of UiTdatabank; all of it invented."""

from typing import Any

HOST = "https://io.uitdatabank.example"
AGREED = "c3f9278e-228b-4199-8f9a-b9716a17e58f"


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def organiser(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "@id": f"{HOST}/organizers/{uuid(number)}",
        "@context": "/contexts/organizer",
        "mainLanguage": "nl",
        "languages": ["nl", "fr"],
        "name": {"nl": f"Muziekclub {number}", "fr": "Club"},
        "address": {
            "nl": {
                "addressCountry": "BE",
                "addressLocality": "Veerdegem",
                "postalCode": "9999",
                "streetAddress": "Dorpsstraat 1",
            }
        },
        "contactPoint": {
            "email": ["geen adres", "scholen@muziekclub.example"],
            "phone": ["09 123 45 67"],
            "url": ["https://www.muziekclub.example/scholen"],
        },
        "url": "https://www.muziekclub.example",
        "labels": ["cultuurkuur_organizer", "UiTPAS Regio"],
        **more,
    }


def event(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "@id": f"{HOST}/event/{uuid(100 + number)}",
        "@context": "/contexts/event",
        "name": {"nl": f"Een lied van de klas {number}"},
        "description": {"nl": "Een tekst van iemand anders."},
        "audience": {"audienceType": "education"},
        "calendarType": "permanent",
        "location": {"@id": f"{HOST}/place/{AGREED}", "name": {"nl": "In overleg"}},
        "organizer": organiser(1),
        "bookingInfo": {"url": "https://www.muziekclub.example/boek"},
        "priceInfo": [
            {"category": "base", "name": {"nl": "Basis"}, "price": 6.5, "priceCurrency": "EUR"},
            {"category": "tariff", "name": {"nl": "Begeleider"}, "price": 0},
        ],
        "typicalAgeRange": "6-12",
        "terms": [{"id": "0.3.1.0.1", "label": "Cursus of workshop", "domain": "eventtype"}],
        "labels": [
            *("cultuurkuur_Leerlingen", "cultuurkuur_muziek", "cultuurkuur_basisonderwijs"),
            *("cultuurkuur_Gewoon-basisonderwijs", "cultuurkuur_gewoon-lageronderwijs"),
            *("cultuurkuur_2de-graad", "gratis parking"),
        ],
        **more,
    }  # fmt: skip


def page(*members: Any, total: int | None = None) -> dict[str, Any]:
    """As the Search API answers."""
    return {
        "@context": "http://www.w3.org/ns/hydra/context.jsonld",
        "@type": "PagedCollection",
        "itemsPerPage": 30,
        "totalItems": len(members) if total is None else total,
        "member": list(members),
    }
