"""An answer that was taken from somewhere else: where from, of what day, and in which words. Pure.

It is kept beside the answer (Assessment.origin), so that it stays readable whatever becomes of the
dossier, framework or school that it came from. Who saves an answer anew makes it their own.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

Kind = Literal["framework", "dossier", "school", "partner"]


def origin(
    kind: Kind,
    *,
    where: str,
    question: str,
    on: date,
    whole: bool,
    by: str = "",
    note: str = "",
    earlier: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What is kept.

    Args:
        kind: from another framework in this dossier, from another dossier of the school, or from
            another school.
        where: name of the framework, dossier or school.
        question: as it was asked there.
        on: the day of that answer.
        whole: it says all that is asked here; else a person has to look.
        by: who found it, of the own school only.
        note: why it counts here, in the words of who laid the two questions beside each other.
        earlier: where it was taken from before; whoever hands it on keeps that with it.
    """
    found: dict[str, Any] = {
        "kind": kind,
        "where": where,
        "question": question,
        "on": on.isoformat(),
        "whole": whole,
        "by": by,
    }
    if note:
        found["note"] = note
    if earlier:
        found["earlier"] = dict(earlier)
    return found


def about_partners(
    partners: Mapping[int, str], *, question: str, on: str, status: str, earlier: dict[str, Any]
) -> dict[str, Any]:
    """What is kept of an answer of this dossier that was found about other partners than now.

    Args:
        partners: whom it was found about, key and name; none where it was answered before it
            was known with whom.
        on: the day on which it was found, ISO.
        status: how far it was; it is so again once the dossier is with these partners again.
        earlier: where it came from then.
    """
    where = ", ".join(partners.values())
    found = origin(
        "partner",
        where=where,
        question=question,
        on=date.fromisoformat(on),
        whole=False,
        earlier=earlier,
    )
    return {**found, "partners": list(partners), "status": status}


def found_on(origin: Mapping[str, Any], answered: datetime) -> date:
    """The day on which an answer was found, also where that was elsewhere."""
    told = origin.get("on")
    return date.fromisoformat(told) if told else answered.date()


def is_borrowed(origin: Mapping[str, Any]) -> bool:
    """Whether it ever came from another school: that is theirs to share."""
    earlier = origin.get("earlier", {})
    return origin.get("kind") == "school" or bool(earlier and is_borrowed(earlier))


def words(found: Mapping[str, Any]) -> str:
    """Where an answer comes from, and where it was taken from there; nothing for one's own."""
    if not found:
        return ""
    return f"{_sentence(found)} {words(found.get('earlier', {}))}".rstrip()


def _sentence(found: Mapping[str, Any]) -> str:
    sentences = {
        "framework": _("Overgenomen: in {where} antwoordden jullie dit op {day}."),
        "dossier": _("Overgenomen uit jullie dossier ‘{where}’, van {day}."),
        "school": _("Overgenomen van {where}, van {day}."),
        "partner": _("Gevonden over {where}, op {day}: kijk na."),
    }
    before_any = _("Beantwoord voor de partner gekozen was, op {day}: kijk na.")
    day = date_format(date.fromisoformat(found["on"]), "j F Y")
    if found["kind"] == "framework" and found["by"]:
        text = _("Overgenomen: in {where} antwoordde {who} dit op {day}.")
        return text.format(where=found["where"], who=found["by"], day=day)
    if found["kind"] == "partner" and not found["where"]:
        return before_any.format(day=day)
    return sentences[found["kind"]].format(where=found["where"], day=day)
