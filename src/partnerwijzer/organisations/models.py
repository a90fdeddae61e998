"""People, schools, boards, umbrellas, and who does what where."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import STAFF, Actor
from partnerwijzer.access.actor import Role as ActorRole
from partnerwijzer.access.models import AccessLink
from partnerwijzer.goals import folding


class UserManager(BaseUserManager["User"]):
    """Makes users that sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account whose address counts as confirmed: it was invited or set by an operator.
        Without that a user could not switch on a second step."""
        from allauth.account.models import EmailAddress  # noqa: PLC0415 -- needs the app registry

        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with an account. The name is how colleagues know this person."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    is_demo = models.BooleanField(default=False)
    last_school = models.ForeignKey(
        "organisations.School", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def initials(self) -> str:
        return initials(self.name or self.email)


def initials(name: str) -> str:
    """At most two letters for the round face beside a name."""
    parts = [p for p in name.replace("@", " ").split() if p]
    return "".join(p[0] for p in (parts[0], parts[-1])[: len(parts)]).upper() if parts else "?"


def display_name(user: User) -> str:
    """What allauth shows for a user."""
    return str(user)


class Umbrella(models.Model):
    """A koepel: network organisation with advisers and administrators of the databank."""

    name = models.CharField(_("naam"), max_length=200)

    objects: ClassVar[models.Manager["Umbrella"]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class SchoolBoard(models.Model):
    """A schoolbestuur, often a municipality. The number is the instellingsnummer of the board."""

    name = models.CharField(_("naam"), max_length=200)
    number = models.CharField(_("instellingsnummer"), max_length=10, blank=True)

    objects: ClassVar[models.Manager["SchoolBoard"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="board_number")
        ]

    def __str__(self) -> str:
        return self.name


class SchoolKind(models.TextChoices):
    KLEUTER = "kleuter", _("kleuterschool")
    LAGER = "lager", _("lagere school")
    BASIS = "basis", _("basisschool")
    SECUNDAIR = "secundair", _("secundaire school")
    BUITENGEWOON = "buitengewoon", _("school voor buitengewoon onderwijs")
    DKO = "dko", _("academie (deeltijds kunstonderwijs)")
    VOLWASSENEN = "volwassenen", _("centrum voor volwassenenonderwijs")


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, actor: Actor) -> "SchoolQuerySet":
        """Schools that the actor works at, governs, advises or looks after as umbrella."""
        advised = AdviserAssignment.objects.filter(adviser_id=actor.user_id, ended_at=None)
        return self.filter(
            Q(pk__in=actor.schools(frozenset(ActorRole)))
            | Q(board_id__in=actor.boards)
            | Q(umbrella_id__in=actor.umbrellas(ActorRole.UMBRELLA_ADMIN))
            | Q(pk__in=advised.values("school_id"))
        )


class School(models.Model):
    """A school, academy or centre. Key of the official list: the schoolnummer."""

    name = models.CharField(_("naam"), max_length=200)
    kind = models.CharField(_("soort"), max_length=20, choices=SchoolKind.choices)
    number = models.CharField(_("schoolnummer"), max_length=10, blank=True)
    network = models.CharField(_("net"), max_length=60, blank=True)
    board = models.ForeignKey(
        SchoolBoard, models.PROTECT, null=True, blank=True, related_name="schools"
    )
    umbrella = models.ForeignKey(
        Umbrella, models.PROTECT, null=True, blank=True, related_name="schools"
    )
    street = models.CharField(_("straat en nummer"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("gemeente"), max_length=100, blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    website = models.URLField(_("website"), blank=True)
    imported_on = models.DateField(null=True, blank=True)
    gone_since = models.DateField(null=True, blank=True)
    # The level as the official list names it: tells which list the school came from.
    official_level = models.CharField(max_length=200, blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="school_number"
            )
        ]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["postcode"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.words_to_search()
        if (names := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*names, "search_text"}
        super().save(*args, **kwargs)

    def words_to_search(self) -> str:
        """Found by name, number, postcode and town, whatever the accents."""
        return folding.index(self.name, self.number, self.postcode, self.town)

    @property
    def is_part_time(self) -> bool:
        """Whether the free days of academies and adult education hold here (see holidays)."""
        return self.kind in (SchoolKind.DKO, SchoolKind.VOLWASSENEN)

    @property
    def address(self) -> str:
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, place) if part)


class Campus(models.Model):
    """A vestigingsplaats. Key: schoolnummer and intern vestigingsplaatsnummer."""

    school = models.ForeignKey(School, models.CASCADE, related_name="campuses")
    number = models.CharField(_("vestigingsplaatsnummer"), max_length=10)
    name = models.CharField(_("naam"), max_length=200)
    is_main = models.BooleanField(_("hoofdzetel"), default=False)
    street = models.CharField(_("straat en nummer"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("gemeente"), max_length=100, blank=True)
    lambert_x = models.FloatField(null=True, blank=True)
    lambert_y = models.FloatField(null=True, blank=True)
    imported_on = models.DateField(null=True, blank=True)
    gone_since = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Campus"]] = models.Manager()

    class Meta:
        verbose_name_plural = "campuses"
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="campus_key")]

    def __str__(self) -> str:
        return f"{self.name} ({self.town})"


class Role(models.TextChoices):
    """Dutch labels for access.Role; the same values."""

    HEAD = "head", _("directie")
    TEACHER = "teacher", _("leerkracht")
    COORDINATOR = "coordinator", _("beleidscoördinator")
    COUNCIL_MEMBER = "council_member", _("lid van de schoolraad")
    BOARD_ADMIN = "board_admin", _("bestuurder")
    ADVISER = "adviser", _("anker, pedagogisch begeleider")
    UMBRELLA_ADMIN = "umbrella_admin", _("koepelbeheerder")


SCHOOL_ROLES = (Role.HEAD, Role.COORDINATOR, Role.TEACHER, Role.COUNCIL_MEMBER)
UMBRELLA_ROLES = (Role.ADVISER, Role.UMBRELLA_ADMIN)


def _one_place() -> models.CheckConstraint:
    """A membership is at exactly one school, board or umbrella, with a role that fits there."""
    school = Q(school__isnull=False, board=None, umbrella=None, role__in=SCHOOL_ROLES)
    board = Q(school=None, board__isnull=False, umbrella=None, role=Role.BOARD_ADMIN)
    umbrella = Q(school=None, board=None, umbrella__isnull=False, role__in=UMBRELLA_ROLES)
    return models.CheckConstraint(
        condition=school | board | umbrella, name="%(class)s_at_one_place"
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def working(self, roles: Collection[str] = STAFF) -> "MembershipQuerySet":
        """Those in one of these roles now, with an account that is open."""
        return self.filter(ended_at=None, role__in=roles, user__is_active=True)


class Membership(models.Model):
    """A person in a role somewhere. Ending it keeps the row: history stays readable."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="memberships")
    board = models.ForeignKey(SchoolBoard, models.PROTECT, null=True, related_name="memberships")
    umbrella = models.ForeignKey(Umbrella, models.PROTECT, null=True, related_name="memberships")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            _one_place(),
            *(
                models.UniqueConstraint(
                    fields=["user", place, "role"],
                    condition=Q(ended_at=None, **{f"{place}__isnull": False}),
                    name=f"membership_once_{place}",
                )
                for place in ("school", "board", "umbrella")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def place(self) -> "School | SchoolBoard | Umbrella":
        place = self.school or self.board or self.umbrella
        assert place is not None
        return place


class AdviserAssignment(models.Model):
    """An adviser of the umbrella, assigned to a school: that school's anker."""

    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="adviser_assignments"
    )
    school = models.ForeignKey(School, models.PROTECT, related_name="adviser_assignments")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["AdviserAssignment"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["adviser", "school"], condition=Q(ended_at=None), name="adviser_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} {self.school_id}"


class Invitation(models.Model):
    """An invitation by mail link to take up a role. The link carries address, name and states."""

    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="invitation")
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="invitations")
    board = models.ForeignKey(SchoolBoard, models.PROTECT, null=True, related_name="invitations")
    umbrella = models.ForeignKey(Umbrella, models.PROTECT, null=True, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager()

    class Meta:
        constraints = [_one_place()]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def place(self) -> "School | SchoolBoard | Umbrella":
        place = self.school or self.board or self.umbrella
        assert place is not None
        return place


class SchoolProfile(models.Model):
    """What the school stands for (K1): its pedagogical project in words, themes and levels."""

    school = models.OneToOneField(School, models.CASCADE, related_name="profile")
    project = models.TextField(_("pedagogisch project"), blank=True)
    themes: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    levels: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["SchoolProfile"]] = models.Manager()

    def __str__(self) -> str:
        return f"profile of {self.school_id}"


class Priority(models.Model):
    """A beleidsprioriteit of the school, in one sentence."""

    school = models.ForeignKey(School, models.CASCADE, related_name="priorities")
    text = models.CharField(_("prioriteit"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Priority"]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.text


class SchoolImport(models.Model):
    """One time that the official list was read in, and what came of it."""

    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=300)
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["SchoolImport"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d}"
