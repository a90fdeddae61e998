"""Steps 1 and 2: what we find about the organisation, with evidence, and what others say."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys.models import Survey, SurveyInvitation

USER = settings.AUTH_USER_MODEL


class Status(models.TextChoices):
    """How far the work is; apart from the judgement."""

    TO_DO = "to-do", _("nog te doen")
    BUSY = "busy", _("bezig")
    DONE = "done", _("klaar")


class Judgement(models.TextChoices):
    """What we find; keys and meaning are those of the framework."""

    IN_ORDER = "in-order", _("in orde")
    PARTLY = "partly", _("deels")
    NOT_IN_ORDER = "not-in-order", _("niet in orde")
    NOT_APPLICABLE = "not-applicable", _("niet van toepassing")


Readings = list[dict[str, Any]]


class Assessment(models.Model):
    """The answer to one criterion in one dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="assessments")
    criterion = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_DO)
    judgement = models.CharField(max_length=20, choices=Judgement.choices, blank=True)
    argument = models.TextField(_("waarom vind je dat"), blank=True)
    assigned_to = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    updated_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    # The question as it was when it was answered: a later release may ask it otherwise, or not.
    question: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    # Where it was taken from; empty for what was found here (dossiers.carrying).
    origin: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    # Second readings of it that were about other partners than now (dossiers.read_before).
    readings_before: models.JSONField[Readings, Readings] = models.JSONField(
        default=list, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Assessment"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "criterion"], name="assessment_once"),
            models.CheckConstraint(
                condition=~models.Q(status="done") | ~models.Q(judgement=""),
                name="assessment_done_has_judgement",
            ),
        ]
        indexes = [models.Index(fields=["assigned_to", "status"])]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.criterion}"

    @property
    def question_then(self) -> str:
        """The question as it was when this was answered, in the active language."""
        language = (get_language() or "")[:2]
        return self.question.get(language) or self.question.get("nl", "")


class Evidence(models.Model):
    """What supports an answer: a link, a file, a fact of the register, or what somebody saw.

    `kind` is one of the framework's evidence kinds; that says whether it is proof or a claim.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="evidence")
    assessments = models.ManyToManyField(Assessment, related_name="evidence")
    kind = models.CharField(_("wat is het"), max_length=40)
    title = models.CharField(_("titel"), max_length=200)
    url = models.URLField(_("adres"), blank=True, max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    source = models.CharField(_("van wie"), max_length=200, blank=True)
    dated_on = models.DateField(_("van wanneer"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)
    added_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    # Which version this is; the earlier ones are EvidenceVersion.
    number = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["Evidence"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Its last day has passed: it proves nothing any more."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class EvidenceVersion(models.Model):
    """What a piece of evidence was before it was renewed. Never changes; the file keeps its hash.

    The words of a link that was followed then cannot be kept: only where it led and when.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    url = models.URLField(blank=True, max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    added_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["EvidenceVersion"]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.number}"


class Relation(models.TextChoices):
    """Who is asked for experience (S2.1). Pupils are asked by code, without address."""

    COLLEAGUE = "colleague", _("een collega")
    OTHER_SCHOOL = "other-school", _("een andere school")
    ADVISER = "adviser", _("een begeleider")
    PARENT = "parent", _("een ouder")
    PARTNER = "partner", _("een andere partner")


class DossierSurvey(models.Model):
    """The questions that this dossier asks about a partner, of one set; made when first needed.

    `wanted` is the key of the set that was wished for then. It stays when the school takes another
    set for these questions, so that they are still found for whom they were prepared.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="surveys")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=60)
    survey = models.OneToOneField(Survey, models.PROTECT, related_name="in_dossier")

    objects: ClassVar[models.Manager["DossierSurvey"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.survey_id}"


class ExperienceRequest(models.Model):
    """Somebody who is asked for experience with this partner, by link without account (S2.1)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="experience_requests")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(SurveyInvitation, models.PROTECT, related_name="request")
    relation = models.CharField(_("wie is dit"), max_length=40, choices=Relation.choices)
    organisation = models.CharField(
        _("van welke school of organisatie"), max_length=200, blank=True
    )
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["ExperienceRequest"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.relation}"
