"""The page of one partner."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners import counting, looked, profile, queries, wording
from partnerwijzer.partners.models import Experience, Offer, Partner, Recognition, Statement
from partnerwijzer.ui import schoolyear

FIRST_VOICES, MOST_VOICES = 6, 30
MOST_HISTORY = 6


@page("partners.view")
def detail(request: Request, pk: int) -> HttpResponse:
    """How good, how grounded, how reliable, commercial? And what they offer."""
    actor = request.actor
    try:
        partner: Any = queries.read_partner(actor, pk)
    except Http404:
        return redirect("partners:detail", queries.merged_into(actor, pk).pk)
    told = list(queries.experiences(actor, partner))
    summary = queries.experience_summary(actor, told)
    offers = queries.offers_of(actor, partner)
    current = [offer for offer in offers if offer.withdrawn_at is None]
    recognitions = list(partner.recognitions.all())
    facts_said, offers_said = queries.statements_of(partner)
    voices = queries.voices(actor, told, enough=not summary.too_few)
    history = queries.history(actor, partner, limit=MOST_HISTORY + 1)
    context = {
        "partner": partner,
        **_family(request, partner, told),
        "kind": wording.upper_first(vocabulary.label("partner_kinds", partner.kind)),
        "themes": vocabulary.labels("themes", partner.themes),
        "levels": vocabulary.labels("education_levels", partner.levels),
        **_answers(partner, summary, current, recognitions),
        "offers": _offers(current, queries.offer_summaries(told), offers_said),
        "withdrawn": [offer for offer in offers if offer.withdrawn_at is not None],
        "summary": summary,
        "too_few": profile.too_few(summary),
        "age": profile.age(summary, _this_year()),
        "ages": profile.ages(summary),
        "weight": profile.decimal(summary.weight),
        "weight_positive": profile.decimal(summary.weight_positive),
        "trend": profile.trend(summary),
        "outdated": profile.outdated(summary),
        "bars": profile.bars(summary.factors),
        "counting": vocabulary.current().factors.counting.explanation,
        "voices": voices[:FIRST_VOICES],
        "more_voices": voices[FIRST_VOICES:MOST_VOICES],
        "contacts": list(partner.contacts.all()),
        "recognitions": [_recognition(row) for row in recognitions],
        "history": history[:MOST_HISTORY],
        "older_history": len(history) > MOST_HISTORY,
        "may_edit": allowed(actor, "partners.edit", partner),
        "may_moderate": allowed(actor, "partners.moderate", partner),
        "facts_said": facts_said,
        "elsewhere": any(row.elsewhere_open for row in facts_said.values()),
        "replies": queries.replies_to_all(partner) if partner.replied else [],
        "warnings": queries.warnings_of(actor, [partner]).get(pk) if partner.is_warned else None,
        "new_dossier": new_dossier(request),
    }
    return render(request, "partners/detail.html", context)


def _family(request: Request, partner: Partner, told: list[Experience]) -> dict[str, Any]:
    """How it stands to others, and what schools experienced with its branches, marked as such."""
    ties = queries.ties_of(request.actor, partner)
    looks = looked.looks_at(request.actor, partner)
    has_branches = queries.has_branches(ties)
    of_branches = queries.told_of_branches(request.actor, partner) if has_branches else []
    if not of_branches:
        return {"ties": ties, "looks": looks}
    both = queries.together(request.actor, told, of_branches)
    return {
        "ties": ties,
        "looks": looks,
        "has_branches": True,
        "with_branches_say": _say_together(both.summary),
        "branch_voices": both.voices[:FIRST_VOICES],
    }


def _say_together(summary: counting.Summary | None) -> str:
    if summary is None:
        return _(
            "Bij een of meer van hen deelden nog te weinig scholen een ervaring. "
            "Daarom tellen we ze hier niet samen."
        )
    if summary.too_few:
        return profile.too_few(summary)
    return profile.good(summary, _this_year()).say


def _this_year() -> int:
    return schoolyear.of(timezone.localdate())


def _answers(
    partner: Partner,
    summary: counting.Summary,
    offers: list[Offer],
    recognitions: list[Recognition],
) -> dict[str, Any]:
    facts, snapshot = queries.facts_of(partner), queries.snapshot_of()
    return {
        "facts": facts,
        "snapshot": snapshot,
        "good": profile.good(summary, _this_year()),
        "grounded": profile.grounded(offers),
        "reliable": profile.reliable(
            partner, facts, recognitions, has_register=snapshot is not None
        ),
        "commercial": profile.commercial(partner, facts),
        "best": max((o.grounding for o in offers if o.grounding is not None), default=None),
        "unjudged": next((offer for offer in offers if offer.grounding is None), None),
    }


def _offers(
    offers: list[Offer],
    summaries: dict[int, counting.Summary],
    said: dict[int, Statement],
) -> list[dict[str, Any]]:
    return [
        {
            "offer": offer,
            "line": wording.offer_line(offer),
            "for_whom": wording.for_whom(offer),
            "themes": vocabulary.labels("themes", offer.themes),
            "rung": wording.rung(offer.grounding),
            "price": wording.price(offer),
            "per_pupil": wording.per_pupil(offer),
            "price_checked": wording.price_checked(offer, timezone.localdate()),
            "goals": list(offer.goals.all()),
            "said": said.get(offer.pk),
            "summary": summaries.get(offer.pk) or counting.Summary(),
        }
        for offer in offers
    ]


def _recognition(row: Recognition) -> dict[str, Any]:
    """A recognition with what its kind tells and what it does not."""
    kinds = {kind.key: kind for kind in vocabulary.current().vocab.recognition_kinds}
    return {"row": row, "kind": kinds.get(row.kind), "state": wording.recognition_state(row)}


def new_dossier(request: Request) -> str:
    """The address where a dossier begins; nothing for who cannot open one here."""
    if not request.actor.works_at(request.actor.school_id):
        return ""
    try:
        return reverse("dossiers:create")
    except NoReverseMatch:
        return ""
