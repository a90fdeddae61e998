"""What the framework says about kinds of bodies, groups and clocks, in its newest release: a body
belongs to no release, for a school has it longer than any dossier."""

from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.schema.governance import CouncilBody as BodyKind
from partnerwijzer.frameworks.schema.governance import Governance
from partnerwijzer.organisations.models import School, SchoolKind


def governance() -> Governance:
    return vocabulary.current().governance


def kind_of(body: CouncilBody) -> BodyKind | None:
    """What the framework says of this kind of body; None where it does not know it (any more)."""
    return governance().council_body.get(body.kind)


def usual(school: School) -> BodyKind:
    """The kind of body that a school of this kind usually has; the first where none is named."""
    kinds = governance().council_bodies
    return next((k for k in kinds if school.kind in k.default_for), kinds[0])


def has_read_rules(body: CouncilBody | None, school: School) -> bool:
    """Whether the framework read the rules for this body (else for what such a school usually has):
    of an academy's own body it did not (domain.md 4), so nothing is told as law there."""
    kind = (kind_of(body) if body else None) or usual(school)
    return bool(kind.verified)


def consulting() -> list[str]:
    """Kinds of bodies in which a draft decision is discussed; what another body says, does not
    stand for that (art. 21 of the decree on participation)."""
    return [kind.key for kind in governance().council_bodies if kind.consults]


def seated(body: CouncilBody) -> tuple[str, ...]:
    """The groups that have a seat in this body, of a school of its level (domain.md 4)."""
    found = kind_of(body)
    if found is None:
        return ()
    secondary = body.school.kind == SchoolKind.SECUNDAIR
    return found.must_sit + (found.must_sit_secondary if secondary else ())


def days(clock: str) -> int:
    """How many calendar days a clock of the framework runs (terms.CONSULTATION, terms.ANSWER)."""
    return governance().clock[clock].days


def days_of(body: CouncilBody, clock: str) -> int | None:
    """How many days a clock of this body runs: its own number, else that of the framework; None
    where its rules were not read and nobody entered one (an academy, domain.md 4)."""
    usual = days(clock) if has_read_rules(body, body.school) else None
    return body.own_days(clock) or usual


def start_words(clock: str) -> str:
    """From when the framework lets a clock run, and that this was not verified where it was not."""
    return str(governance().clock[clock].start)


def section_name(key: str) -> str:
    """What a group is called; its key where the framework does not know it (any more)."""
    found = governance().council_section.get(key)
    return str(found.label) if found else key
