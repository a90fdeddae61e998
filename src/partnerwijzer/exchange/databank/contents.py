"""What belongs to the databank: every field of every model of `partners`, and the keys that others
keep. What is left out stands here, with the reason; a new model or field is in by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.exchange.databank.discretion import SCHOOLS, sees_all, told_to
from partnerwijzer.exchange.models import ExternalId
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import School, SchoolBoard, User
from partnerwijzer.partners.models import Experience

# Models that are not in the export, and why.
LEFT_OUT = {
    "partners.profilelink": "a secret of one person; a new link is sent where the databank goes",
}
# What rows of the databank refer to outside of it: these go along, as far as they are referred to.
ALONG: dict[type[Model], str] = {
    SchoolBoard: "the board at the time of an experience",
    School: "who shared an experience, who brought a partner in",
    GoalSet: "the set of a goal",
    Goal: "what an offer works on",
    StoredFile: "on what an offer rests; with its content",
}
# Fields of those that do not go along, and why.
LEFT_BEHIND = {
    "organisations.school.umbrella": "who keeps a school is up to the new installation",
    "documents.storedfile.path": "files get a place of their own",
    "documents.storedfile.school_id": "of the old installation",
    "documents.storedfile.uploaded_by_id": "people do not go along",
}
# People do not go along: what refers to them is empty, or says "somebody of the old installation".
PEOPLE = (User,)
# Values that mean something in the old installation only, and what becomes of them.
CHANGED = {
    "partners.experience.source": "names a dossier of the old installation: marked as such",
    "partners.merge.moved": "rows of other modules than this are not there",
}


@dataclass(frozen=True)
class Part:
    """One model with the fields of it that are in the export."""

    model: type[Model]
    fields: tuple["Field[Any, Any]", ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def names(self) -> list[str]:
        """As they stand in the file: a reference is called after its field."""
        return [field.name for field in self.fields]


def own() -> list[Part]:
    """The models of the databank itself, those that others refer to first."""
    config = apps.get_app_config("partners")
    models: list[type[Model]] = [*config.get_models(include_auto_created=True), ExternalId]
    kept = [m for m in models if m._meta.label_lower not in LEFT_OUT]
    return [_part(model) for model in _in_order(kept)]


def along() -> list[Part]:
    """The models outside the databank of which rows go along."""
    return [_part(model) for model in ALONG]


def _part(model: type[Model]) -> Part:
    fields = [
        f
        for f in model._meta.concrete_fields
        if f"{model._meta.label_lower}.{f.name}" not in LEFT_BEHIND
    ]
    return Part(model, tuple(fields))


def _in_order(models: list[type[Model]]) -> list[type[Model]]:
    """Partners before offers before what hangs on both; by name where it does not matter."""
    left, done = sorted(models, key=lambda m: m._meta.label_lower), list[type[Model]]()
    while left:
        ready = [m for m in left if not (_needs(m) & {*left} - {m})]
        following = ready[0] if ready else left[0]
        left.remove(following)
        done.append(following)
    return done


def _needs(model: type[Model]) -> set[Any]:
    return {f.related_model for f in model._meta.concrete_fields if isinstance(f, ForeignKey)}


def references(target: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Which fields of the export refer to a model: the model they are of and their name."""
    for part in (*own(), *along()):
        for field in part.fields:
            if isinstance(field, ForeignKey) and field.related_model is target:
                yield part.model, field.name


def rows(part: Part, actor: Actor) -> QuerySet[Model]:
    """The rows of a model that this actor takes along, by key.

    A command takes everything. A person takes what the pages tell: see `discretion`. No school is
    in it; rows that stand for them are made while writing.
    """
    found = part.model._base_manager.order_by("pk")
    if part.model in SCHOOLS and not sees_all(actor):
        return found.none()
    if part.model in ALONG:
        return found.filter(_referred(part.model, actor))
    if sees_all(actor):
        return found
    shared = told_to(actor)
    if part.model is Experience:
        return found.filter(pk__in=shared.values("pk"))
    for field in part.fields:
        if isinstance(field, ForeignKey) and field.related_model is Experience:
            seen = Q(**{f"{field.name}__in": shared.values("pk")})
            found = found.filter(seen | Q(**{f"{field.name}__isnull": True}))
    return found


def _referred(target: type[Model], actor: Actor) -> Q:
    """Only what the rows that go along refer to; a board by its schools too."""
    wanted = Q(pk__in=[])
    parts = {part.model: part for part in (*own(), *along())}
    for model, name in references(target):
        keys = rows(parts[model], actor).exclude(**{name: None}).order_by().values(name)
        wanted |= Q(pk__in=keys)
    return wanted


Changer = Callable[[Any, set[str]], Any]


def _marked_source(value: Any, labels: set[str]) -> Any:
    return value if str(value).startswith("was:") else f"was:{value}"[:60]


def _own_rows(value: Any, labels: set[str]) -> Any:
    return [entry for entry in value if str(entry.get("model", "")).lower() in labels]


# Both while writing and while reading in: of an earlier release it may still stand in the file.
CHANGERS: dict[str, Changer] = {
    "partners.experience.source": _marked_source,
    "partners.merge.moved": _own_rows,
}


def changed(part: Part, values: dict[str, Any], labels: set[str]) -> None:
    """Puts in the values of a row what means something in another installation too.

    Args:
        labels: of the models of the databank.
    """
    for name in values:
        changer = CHANGERS.get(f"{part.label}.{name}")
        if changer:
            values[name] = changer(values[name], labels)
