"""Practice research waits for its ethics approval and for consent, counted and never named (D14,
mission P3, P5, K6; domain.md 7.1: no data of single pupils with people from outside)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
from partnerwijzer.frameworks.schema import ResearchRules
from partnerwijzer.research import actions, clearing, queries
from partnerwijzer.research.models import Consent, Research
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

NEXT = "Noteer eerst de ethische goedkeuring van het onderzoek en wie toestemming gaf."


@pytest.fixture
def rules(story: Story) -> ResearchRules:
    found = story.content.governance.research
    assert found is not None
    return found


@pytest.fixture
def moment(story: Story, decided: Dossier) -> Activity:
    """A moment of research with a teacher: nothing else stands in the way."""
    found = story.plan(decided)
    Activity.objects.filter(pk=found.pk).update(working_form="practice-research")
    return Activity.objects.get(pk=found.pk)


def filled(rules: ResearchRules) -> dict[str, Any]:
    return {f.key: "2026-09-01" if f.kind == "day" else "Zo." for f in rules.fields if f.needed}


def counts(dossier: Dossier) -> dict[int, tuple[int, int]]:
    return {group.pk: (group.pupils, group.pupils - 1) for group in dossier.groups.all()}


def clear(story: Story, rules: ResearchRules, dossier: Dossier) -> Research:
    row = actions.note_facts(dossier, actor=story.teacher, version=0, answers=filled(rules))
    return actions.count_consents(
        dossier, actor=story.teacher, version=row.version, counts=counts(dossier)
    )


def gaps(activity: Activity) -> list[str]:
    return running.before_confirming(Activity.objects.get(pk=activity.pk))


# The rule


def test_each_needed_field_and_each_group_is_asked_for(rules: ResearchRules) -> None:
    groups = [DossierGroup(pk=1, label="5A"), DossierGroup(pk=2, label="5B")]
    given = filled(rules)

    assert clearing.missing(rules, given, groups, {1, 2}) == []
    assert clearing.missing(rules, given, groups, {1}) == ["Toestemming van 5B"]
    assert clearing.missing(rules, {**given, "approval_reference": ""}, [], ()) == [
        "Nummer van die goedkeuring",
        "Voor welke groepen het is",
    ]
    assert clearing.missing(rules, {}, groups, (), "Geen gegevens van leerlingen.") == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 8, 31), "Een goedkeuring voor 31 augustus 2026: deze geldt pas vanaf "
                            "1 september 2026"),
        (date(2026, 9, 1), ""),
        (date(2027, 6, 30), ""),
        (date(2027, 7, 1), "Een goedkeuring voor 1 juli 2027: deze geldt maar tot 30 juni 2027"),
    ],
)  # fmt: skip
def test_a_moment_lies_within_the_approval(rules: ResearchRules, day: date, words: str) -> None:
    """D14: research with what it asks of ethics; the first and the last day count."""
    given = {**filled(rules), "approval_until": "2027-06-30"}

    assert clearing.outside(rules, given, day) == words
    assert clearing.outside(rules, {"approval_on": "geen dag"}, day) == ""


# The gate


def test_a_moment_before_its_approval_waits_and_the_pages_say_so(
    story: Story, rules: ResearchRules, decided: Dossier, moment: Activity, sign_in: SignIn
) -> None:
    clear(story, rules, decided)
    first = Research.objects.get()
    late = (moment.on + timedelta(days=1)).isoformat()
    answers = {**first.answers, "approval_on": late}
    actions.note_facts(decided, actor=story.teacher, version=first.version, answers=answers)

    assert gaps(moment) == [NEXT]
    seen = [
        words(sign_in("teacher").get(address))
        for address in (to(decided), reverse("moments:day", args=[decided.pk, moment.pk]))
    ]
    assert [("deze geldt pas vanaf" in text) for text in seen] == [True, True]

    Activity.objects.filter(pk=moment.pk).update(on=moment.on + timedelta(days=1))
    assert gaps(moment) == []


def test_no_moment_of_research_before_approval_and_consent(
    story: Story, rules: ResearchRules, decided: Dossier, moment: Activity
) -> None:
    assert gaps(moment) == [NEXT]
    with pytest.raises(NotAllowedNow, match="Noteer eerst de ethische goedkeuring"):
        running.confirm_activity(moment, actor=story.teacher)

    actions.note_facts(decided, actor=story.teacher, version=0, answers=filled(rules))
    assert gaps(moment) == [NEXT]  # nobody was asked yet

    version = Research.objects.get().version
    actions.count_consents(decided, actor=story.teacher, version=version, counts=counts(decided))
    assert gaps(moment) == []
    running.confirm_activity(moment, actor=story.teacher)


def test_a_moment_that_is_no_research_asks_none_of_it(story: Story, decided: Dossier) -> None:
    assert running.before_confirming(story.plan(decided)) == []


def test_a_reason_lets_it_go_on_and_stays_in_the_log(
    story: Story, decided: Dossier, moment: Activity
) -> None:
    reason = "De studenten kijken alleen naar het lokaal."
    row = actions.go_without(decided, actor=story.head, version=0, reason=reason)
    assert gaps(moment) == []
    logged = AuditRecord.objects.filter(verb="research.without").get()
    assert logged.data["reason"] == reason

    actions.go_without(decided, actor=story.head, version=row.version, reason="")
    assert gaps(moment) == [NEXT]


def test_only_who_leads_the_school_lets_it_go_on_without(story: Story, decided: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        actions.go_without(decided, actor=story.teacher, version=0, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        actions.note_facts(decided, actor=story.world.actor("other_head"), version=0, answers={})

    assert not Research.objects.exists()


def test_a_confirmed_moment_that_becomes_research_is_planned_again(
    story: Story, rules: ResearchRules, decided: Dossier
) -> None:
    found = story.plan(decided)
    running.confirm_activity(found, actor=story.teacher)
    for cleared, state in ((False, "planned"), (True, "confirmed")):
        Activity.objects.filter(pk=found.pk).update(state="confirmed", working_form="")
        if cleared:
            clear(story, rules, decided)
        found = Activity.objects.get(pk=found.pk)
        running.edit_activity(
            found, actor=story.teacher, version=found.version, groups=found.groups.all(),
            teachers=list(found.teachers.all()), facts={"working_form": "practice-research"},
        )  # fmt: skip

        found.refresh_from_db()
        assert found.state == state


def test_a_class_whose_consent_was_not_counted_holds_a_confirmed_moment_up(
    story: Story, rules: ResearchRules, decided: Dossier, moment: Activity
) -> None:
    """What counts are the groups that it gets, not those that it had."""
    clear(story, rules, decided)
    counted = list(decided.groups.all())
    other = DossierGroup.objects.create(dossier=decided, level="primary", label="6C", pupils=9)
    for before, after, state in ((counted, [other], "planned"), ([other], counted, "confirmed")):
        moment.groups.set(before)
        Activity.objects.filter(pk=moment.pk).update(state="confirmed")
        moment.refresh_from_db()

        running.edit_activity(
            moment, actor=story.teacher, version=moment.version, groups=after,
            teachers=list(moment.teachers.all()), facts={},
        )  # fmt: skip

        moment.refresh_from_db()
        assert moment.state == state


# Consent


@pytest.mark.parametrize("pair", [(5, 6), (2000, 1), (3, -1), (0, 0)])
def test_consent_is_counted_and_the_counts_can_be(
    pair: tuple[int, int], story: Story, decided: Dossier
) -> None:
    group = decided.groups.first()
    assert group is not None

    with pytest.raises(NotAllowedNow):
        actions.count_consents(decided, actor=story.teacher, version=0, counts={group.pk: pair})

    assert not Consent.objects.exists()


def test_groups_of_another_dossier_do_not_count_here(
    story: Story, opened: Dossier, decided: Dossier
) -> None:
    group = decided.groups.first()
    assert group is not None

    with pytest.raises(NotAllowedNow):
        actions.count_consents(opened, actor=story.teacher, version=0, counts={group.pk: (1, 1)})


def test_two_at_once_lose_nothing(story: Story, decided: Dossier, rules: ResearchRules) -> None:
    actions.note_facts(decided, actor=story.teacher, version=0, answers={"question": "A"})

    with pytest.raises(Conflict):
        actions.note_facts(decided, actor=story.head, version=0, answers={"question": "B"})

    assert Research.objects.get().answers == {"question": "A"}


# The page


def to(dossier: Dossier, name: str = "research") -> str:
    return reverse(f"research:{name}", args=[dossier.pk])


def test_the_page_says_what_is_missing_and_takes_it(
    story: Story, rules: ResearchRules, decided: Dossier, moment: Activity, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    first = words(client.get(to(decided)))
    assert "Nog niet." in first
    assert "Nummer van die goedkeuring (nodig voor het moment doorgaat)" in first
    assert "Wat kreeg de school terug (mag leeg)" in first
    typed = {
        **form(client.get(to(decided)), deel="vragen"),
        **{f"werk-{key}": value for key, value in filled(rules).items()},
        "upload": SimpleUploadedFile("goedkeuring.txt", b"Goedgekeurd."),
    }
    client.post(to(decided), typed)
    group = decided.groups.get()
    consent = form(client.get(to(decided)), deel="toestemming")

    wrong = client.post(
        to(decided), consent | {f"asked-{group.pk}": "5", f"agreed-{group.pk}": "6"}
    )
    assert wrong.status_code == 422
    assert "Dat zijn er meer dan er gevraagd zijn." in words(wrong)
    nobody = client.post(
        to(decided), consent | {f"asked-{group.pk}": "0", f"agreed-{group.pk}": "0"}
    )
    assert "Vroeg je het nog aan niemand? Laat beide leeg." in words(nobody)
    half = client.post(to(decided), consent | {f"asked-{group.pk}": "5"})
    assert "Vul beide aantallen in." in words(half)
    shown = client.post(
        to(decided), consent | {f"asked-{group.pk}": "5", f"agreed-{group.pk}": "4"}, follow=True
    )

    assert "Ja: goedkeuring en toestemming zijn genoteerd." in words(shown)
    assert b"".join(client.get(to(decided, "approval"))) == b"Goedgekeurd."
    assert queries.missing_at(moment) == []
    day = words(client.get(reverse("moments:day", args=[decided.pk, moment.pk])))
    assert "Goedkeuring en toestemming zijn genoteerd." in day


def test_the_day_says_why_it_waits(decided: Dossier, moment: Activity, sign_in: SignIn) -> None:
    shown = words(sign_in("teacher").get(reverse("moments:day", args=[decided.pk, moment.pk])))

    assert "Eerst goedkeuring en toestemming." in shown
    assert "Nummer van die goedkeuring" in shown


def test_an_approval_in_the_place_of_another_leaves_nothing_of_it_behind(
    story: Story, decided: Dossier, django_capture_on_commit_callbacks: Any
) -> None:
    def note(version: int, name: str) -> Research:
        upload = SimpleUploadedFile(name, name.encode())
        with django_capture_on_commit_callbacks(execute=True):
            return actions.note_facts(
                decided, actor=story.teacher, version=version, answers={}, upload=upload
            )

    old = note(0, "eerste.txt")
    assert old.approval is not None
    new = note(old.version, "tweede.txt")

    assert new.approval is not None
    assert new.approval.location.exists()
    assert not StoredFile.objects.filter(pk=old.approval_id).exists()
    assert not old.approval.location.exists()


def test_a_file_that_cannot_be_kept_is_refused_and_the_rest_is_kept_typed(
    decided: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    typed = form(client.get(to(decided)), deel="vragen")
    bad = SimpleUploadedFile("x.exe", b"MZ\x00\x00")

    shown = client.post(to(decided), typed | {"werk-question": "Leren ze?", "upload": bad})

    assert shown.status_code == 422
    assert form(shown, deel="vragen")["werk-question"] == "Leren ze?"
    assert not Research.objects.exists()


def test_a_stranger_finds_nothing_and_a_reader_changes_nothing(
    decided: Dossier, sign_in: SignIn
) -> None:
    for who in ("other_head", "council"):
        assert sign_in(who).get(to(decided)).status_code == 404
    board = sign_in("board_admin")
    assert board.get(to(decided)).status_code == 200
    assert board.post(to(decided), {"deel": "vragen", "version": "0"}).status_code == 403


def test_a_group_of_which_consent_was_counted_is_not_lost(
    story: Story, decided: Dossier, rules: ResearchRules, sign_in: SignIn
) -> None:
    """A group that was asked is corrected; it goes with the whole dossier only."""
    row, group = clear(story, rules, decided), decided.groups.get()
    page = words(sign_in("teacher").get(reverse("dossiers:facts", args=[decided.pk])))
    asked = f"{group.pupils} leerlingen zijn om toestemming voor onderzoek gevraagd"

    with pytest.raises(NotAllowedNow, match=asked):
        basics.remove_group(decided, actor=story.teacher, group=group)

    assert f"Deze groep blijft in het dossier: {asked}." in page
    assert row.consents.get().group == group
    actions.count_consents(decided, actor=story.teacher, version=row.version, counts={})
    basics.remove_group(decided, actor=story.teacher, group=group)
    assert not decided.groups.exists()


def test_consent_goes_with_its_whole_dossier(
    story: Story, opened: Dossier, rules: ResearchRules
) -> None:
    story.begin(opened)
    clear(story, rules, opened)

    opened.delete()

    assert not Consent.objects.exists()
