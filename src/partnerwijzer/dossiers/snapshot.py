"""What was known when a decision was signed, kept with it as plain data. Pure but for reading."""

from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import ballot, beside, casework, trees
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import council, deciding
from partnerwijzer.frameworks.schema.vocab import DecisionTemplate
from partnerwijzer.partners import queries as partners


def of(dossier: Dossier, decision: Decision, *, signer: Actor) -> dict[str, Any]:
    """Everything that the record shows, as the signer saw it: readable without the dossier.

    Read again: what a reader may not see yet is hidden in the dossier that a page carries.
    """
    dossier = Dossier.objects.select_related("school", "framework").get(pk=dossier.pk)
    content = casework.content(dossier)
    template = content.vocab.decision_template[decision.template]
    return {
        "made_at": timezone.now().isoformat(),
        "school": dossier.school.name,
        "dossier": {
            "title": dossier.title,
            "kind": str(dossier.get_kind_display()),
            "aim": dossier.aim,
        },
        "framework": str(dossier.framework),
        "question": decision.question,
        "template": _way(decision, template),
        "counted": ballot.words(template, deciding.standing_of(decision)),
        "partners": [_partner(row) for row in dossier.partners.select_related("partner", "offer")],
        "groups": [{"label": g.name, "pupils": g.pupils} for g in dossier.groups.all()],
        "goals": [
            {"code": row.goal.code, "text": row.goal.first_line, "how": row.how}
            for row in dossier.goals.select_related("goal")
        ],
        "conclusion": str(casework.conclude(dossier).kind),
        "criteria": [_criterion(row) for row in casework.asked_of(dossier)],
        "trees": trees.snapshot_of(dossier),
        "agreements": _agreements(dossier),
        "positions": _positions(decision, template),
        "conditions": [
            {"text": c.text, "who": str(c.user), "by": c.by_on.isoformat()}
            for c in decision.conditions.select_related("user")
        ],
        "council": _council(dossier),
        "remarks": [
            {"tone": r.tone, "title": str(r.title), "text": str(r.text)}
            for r in beside.remarks_on(signer, dossier)
        ],
        "records": [record.as_json() for record in beside.records_of(signer, dossier)],
        "signed_by": signer.name,
        "signer_interest": decision.interest,
        "outcome": content.vocab.decision_outcome[decision.outcome].label.nl,
    }


def _way(decision: Decision, template: DecisionTemplate) -> dict[str, str]:
    return {
        "title": template.title.nl,
        "silence": template.silence.text.nl,
        "silence_counts_as": decision.silence,
        "rule": template.outcome_rule.nl,
        "interest": template.interest.text.nl if template.interest else "",
        "hidden": str(decision.get_hidden_display()),
    }


def _partner(row: Any) -> dict[str, Any]:
    return {
        "name": row.partner.name,
        "number": row.partner.enterprise_number,
        "offer": row.offer.title if row.offer else "",
        "register": partners.fact_snapshot(row.partner),
    }


def _criterion(row: casework.Asked) -> dict[str, Any]:
    answer = row.assessment
    return {
        "key": row.criterion.key,
        "step": row.criterion.step,
        "question": row.criterion.question.nl,
        "judgement": answer.judgement,
        "words": str(answer.get_judgement_display()) if row.done else "",
        "argument": answer.argument,
        "by": str(answer.updated_by) if answer.updated_by_id else "",
        "origin": row.origin,
        "on": timezone.localdate(answer.updated_at).isoformat() if row.done else "",
        "evidence": [{"title": e.title, "kind": e.kind, "url": e.url} for e in row.evidence],
    }


def _agreements(dossier: Dossier) -> list[dict[str, Any]]:
    found = []
    for agreement in dossier.agreements.select_related("partner"):
        newest = agreement.versions.order_by("-number").first()
        if newest is not None:
            confirmed = [
                moment.date().isoformat() if moment else ""
                for moment in (newest.school_confirmed_at, newest.partner_confirmed_at)
            ]
            found.append(
                {
                    "partner": agreement.partner.name,
                    "version": newest.number,
                    "school_on": confirmed[0],
                    "partner_on": confirmed[1],
                }
            )
    return found


def _positions(decision: Decision, template: Any) -> list[dict[str, Any]]:
    labels = {o.key: o.label.nl for o in template.options}
    return [
        {
            "name": str(p.user),
            "position": labels.get(p.option, ""),
            "reason": p.reason,
            "given": p.given_at is not None,
            "reminded": p.reminded_at is not None,
            "interest": p.interest,
        }
        for p in decision.positions.select_related("user")
    ]


def _council(dossier: Dossier) -> dict[str, Any]:
    given = dossier.council_items.exclude(outcome="").select_related("body")
    item = given.order_by("-outcome_on").first()
    against = council.contradiction(dossier, council.tested(dossier))
    return {
        "duty": str(dossier.get_council_duty_display()),
        "reason": dossier.council_reason,
        "against": council.contradiction_words(against) if against else "",
        "outcome": str(item.get_outcome_display()) if item else "",
        "on": item.outcome_on.isoformat() if item and item.outcome_on else "",
        "note": item.outcome_note if item else "",
        "body": item.body.name if item else "",
        "board": item.board_answer if item else "",
    }
