"""Takes dossiers through the six steps with the real actions, so that a test begins where it wants.

Everything in it is invented. Each text comes from `say`, so that a test can make all of them
unmistakable and look where they turn up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers import agreement_text, drafting
from partnerwijzer.dossiers.actions import (
    advising,
    agreeing,
    asking,
    council,
    deciding,
    evaluating,
    running,
)
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    Agreement,
    AgreementVersion,
    CouncilItem,
    Decision,
    Dossier,
    ExperienceRequest,
)
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners.models import Partner
from tests.dossiers.story_begun import Begun

PARTNER_SIDE = guest("Lowie Staepen")
PARTNER_MAIL = "scholen@partner.example"
USUAL = {"date": "2027-06-30", "number": "2", "money": "0"}


@contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """What is made inside stays for all tests of the fixture's scope, and is then rolled back.

    Each test has a savepoint of its own within it: what a test changes, no other test sees.
    """
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    try:
        with blocker.unblock():
            yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


class Story(Begun):
    """One school that works with a partner. Methods take a dossier one step further.

    A dossier that was changed by an action is read again here: tests hold stale rows on purpose
    only.
    """

    # Step 2

    def ask(self, dossier: Dossier, **more: Any) -> ExperienceRequest:
        given = {
            "relation": "other-school",
            "email": "hanne@elders.example",
            "name": self.say("asked person"),
            "organisation": self.say("asked organisation"),
            "message": self.say("asked message"),
            **more,
        }
        partner = dossier.partners.get().partner
        return asking.ask_experience(dossier, actor=self.coordinator, partner=partner, **given)

    # Step 3

    def draft(
        self,
        dossier: Dossier,
        *,
        extra: str = "",
        partner: Partner | None = None,
        **filled: str,
    ) -> Agreement:
        """A draft in which every blank that has to be filled in is filled in."""
        fresh = Dossier.objects.get(pk=dossier.pk)
        partner = partner or fresh.partners.get().partner
        draft = agreeing.draft_of(fresh, partner)
        return agreeing.save_draft(
            fresh,
            actor=self.coordinator,
            partner=partner,
            version=draft.version,
            blocks=list(draft.blocks),
            fields={**self._blanks(fresh), **draft.fields, **filled},
            extra=extra or draft.extra or self.say("extra"),
        )

    def _blanks(self, dossier: Dossier) -> dict[str, str]:
        return {
            agreement_text.field_name(block, field.key): USUAL.get(
                str(field.kind), field.options[0].key if field.options else self.say("clause")
            )
            for block in drafting.always_in(dossier)
            for field in block.fields
            if field.required
        }

    def fix(self, dossier: Dossier, *, note: str = "", **filled: str) -> AgreementVersion:
        return agreeing.fix_version(
            self.draft(dossier, **filled), actor=self.coordinator, change_note=note
        )

    def send(self, version: AgreementVersion, *, email: str = PARTNER_MAIL) -> str:
        """Mails the version; gives the token that stands in the mail."""
        agreeing.send_version(
            version,
            actor=self.coordinator,
            email=email,
            name=PARTNER_SIDE.name,
            message=self.say("mail message"),
        )
        return last_token("/afspraken/")

    def agree(self, dossier: Dossier) -> AgreementVersion:
        """Both sides confirm a version."""
        version = self.fix(dossier)
        self.send(version)
        agreeing.confirm_for_school(version, actor=self.head)
        version.refresh_from_db()
        agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name=PARTNER_SIDE.name)
        return AgreementVersion.objects.get(pk=version.pk)

    # Step 4

    def duty(self, dossier: Dossier, duty: str = "inform") -> None:
        version = Dossier.objects.get(pk=dossier.pk).version
        council.set_council_duty(
            dossier,
            actor=self.head,
            version=version,
            duty=duty,
            reason=self.say("council reason"),
        )
        dossier.refresh_from_db(fields=["council_duty", "council_reason", "version"])

    def council_item(
        self, dossier: Dossier, *, show: bool = True, item: CouncilItem | None = None
    ) -> CouncilItem:
        return council.save_council_item(
            dossier,
            actor=self.head,
            item=item,
            version=item.version if item else 0,
            duty=dossier.council_duty or "inform",
            note=self.say("council note"),
            meeting_on=self.today + timedelta(days=6),
            show=show,
        )

    def council_said(self, item: CouncilItem, outcome: str) -> CouncilItem:
        return council.note_council_outcome(
            item,
            actor=self.head,
            version=item.version,
            outcome=outcome,
            on=self.today,
            words=self.say("council words"),
        )

    def propose(
        self,
        dossier: Dossier,
        *,
        template: str = "advice",
        people: tuple[str, ...] = ("teacher", "coordinator"),
        **more: Any,
    ) -> Decision:
        days = max(5, self.content.vocab.decision_template[template].minimum_days)
        return deciding.open_decision(
            dossier,
            actor=self.coordinator,
            question=self.say("question"),
            template=template,
            closes_on=self.today + timedelta(days=days),
            people=[self.world.user(who) for who in people],
            **more,
        )

    def speak(
        self, decision: Decision, who: str, option: str = "do", reason: str = "", **more: Any
    ) -> None:
        position = decision.positions.get(user=self.world.user(who))
        deciding.give_position(
            position,
            actor=self.world.actor(who),
            option=option,
            reason=reason or self.say("position reason"),
            **more,
        )

    def sign(self, decision: Decision, outcome: str = "yes", **more: Any) -> Decision:
        kind = self.content.vocab.decision_outcome[outcome]
        given = {
            "reasons": self.say("reasons"),
            "conditions": [self.wanted()] if kind.needs_conditions else [],
            "review_on": in_days(90) if kind.needs_review else None,
            **more,
        }
        return deciding.sign_decision(decision, actor=self.head, outcome=outcome, **given)

    def wanted(self) -> deciding.Wanted:
        """A condition, which the teacher sees to."""
        return deciding.Wanted(
            self.say("conditions")[:400], self.world.user("teacher"), in_days(30)
        )

    def screened(self, dossier: Dossier) -> Dossier:
        """All that a `yes` asks for is there."""
        self.begin(dossier)
        self.duty(dossier)
        self.judge_all(dossier)
        return Dossier.objects.get(pk=dossier.pk)

    def decide(self, dossier: Dossier, outcome: str = "yes") -> Decision:
        decision = self.propose(dossier)
        self.speak(decision, "teacher")
        return self.sign(decision, outcome)

    # Step 5

    def plan(
        self,
        dossier: Dossier,
        *,
        days: int = 7,
        teachers: tuple[str, ...] = ("teacher",),
        **facts: Any,
    ) -> Activity:
        return running.plan_activity(
            dossier,
            actor=self.coordinator,
            facts=self.moment(days, **facts),
            groups=list(dossier.groups.all()),
            teachers=[self.world.user(who) for who in teachers],
        )

    def edit(self, activity: Activity, *teachers: str, **facts: Any) -> Activity:
        """Changes a moment as it is now; not the day, for that is moving it."""
        every = self.moment(**facts)
        return running.edit_activity(
            activity,
            actor=self.coordinator,
            version=Activity.objects.get(pk=activity.pk).version,
            facts={name: every[name] for name in every if name not in running.WHEN},
            groups=list(activity.groups.all()),
            teachers=[self.world.user(who) for who in teachers],
        )

    def moment(self, days: int = 7, **facts: Any) -> dict[str, Any]:
        return {
            "title": self.say("activity"),
            "on": self.today + timedelta(days=days),
            "starts": time(9, 0),
            "ends": time(10, 40),
            "place": self.say("place"),
            "preparation": self.say("preparation"),
            "follow_up": self.say("follow up"),
            **facts,
        }

    # Step 6

    def look_back(self, dossier: Dossier, who: str = "teacher", **answers: Any) -> None:
        factors = answers.pop("factors", [smooth("easy-to-reach", self.say("factor note"))])
        version = answers.pop("version", 0)
        evaluating.save_evaluation(
            dossier,
            actor=self.world.actor(who),
            version=version,
            answers={
                "aim_result": "reached",
                "aim_note": self.say("aim note"),
                "impact": {key: "reached" for key in dossier.impact},
                "working_factors": {f.key: 4 for f in self.content.factors.working_factors},
                "again": "yes",
                "advice": self.say("evaluation advice"),
                "share_advice": True,
                **answers,
            },
            factors=factors,
        )

    def share(self, dossier: Dossier, audience: str = "everyone", **more: Any) -> None:
        given = {
            "version": dossier.sharing.version if hasattr(dossier, "sharing") else 0,
            "again": "yes",
            "factors": [smooth("easy-to-reach")],
            "advice": self.say("shared advice"),
            "text_consent": True,
            **more,
        }
        evaluating.share(dossier, actor=self.head, audience=audience, **given)

    def follow_up(self, dossier: Dossier, choice: str = "go-on") -> None:
        evaluating.choose_follow_up(dossier, actor=self.coordinator, choice=choice)

    # The anker

    def ask_adviser(self, dossier: Dossier) -> AdviserQuestion:
        return advising.ask_adviser(
            dossier,
            actor=self.coordinator,
            adviser=self.world.user("adviser"),
            question=self.say("question to adviser"),
        )


def smooth(factor: str, note: str = "") -> dict[str, str]:
    return {"factor": factor, "effect": "smooth", "note": note}


def difficult(factor: str, note: str = "") -> dict[str, str]:
    return {"factor": factor, "effect": "difficult", "note": note}


def last_token(before: str) -> str:
    """The token in the newest mail: what stands after this piece of an address."""
    return OutgoingMail.objects.latest("pk").body.split(before)[1].split("/")[0]


def text_file(text: str = "Een nota.", name: str = "nota.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)
