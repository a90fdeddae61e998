"""Who may do what in a dossier. One named function for each reason."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Kind, Role

# Where the school is found, from whatever is acted on.
PATHS = (
    ("school_id",),
    ("dossier", "school_id"),
    ("agreement", "dossier", "school_id"),
    ("decision", "dossier", "school_id"),
    ("version", "agreement", "dossier", "school_id"),
)


def _school_id(subject: Any) -> int | None:
    """The school of a school, a dossier, or anything that belongs to a dossier."""
    for path in PATHS:
        thing = subject
        for name in path:
            thing = getattr(thing, name, None)
        if isinstance(thing, int):
            return thing
    return subject.pk if subject._meta.label_lower == "organisations.school" else None


def may_see_dossiers(actor: Actor, subject: Any) -> bool:
    """Staff, board and advisers have a dossier page at all; queries say which dossiers."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER)


def is_staff_somewhere(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF)


def works_at_the_school(actor: Actor, subject: Any) -> bool:
    """Everybody of the school's staff works on its dossiers (several people at once)."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(_school_id(subject))


def leads_the_school(actor: Actor, subject: Any) -> bool:
    """The head, or the co-ordinator on the head's behalf."""
    if subject is None:
        return actor.has(*LEADS)
    return actor.works_at(_school_id(subject), LEADS)


def is_head(actor: Actor, subject: Any) -> bool:
    """The named head signs (S4.1); nobody does it in the head's place."""
    if subject is None:
        return actor.has(Role.HEAD)
    return Role.HEAD in actor.roles_at(_school_id(subject))


def is_asked_adviser(actor: Actor, subject: Any) -> bool:
    """The adviser to whom this very question was put."""
    if subject is None:
        return actor.has(Role.ADVISER)
    return bool(subject.adviser_id == actor.user_id)


def is_second_reader(actor: Actor, subject: Any) -> bool:
    """Only who was asked gives a second reading, while they work at the school."""
    if subject is None:
        return actor.has(*STAFF)
    return bool(subject.reader_id == actor.user_id) and actor.works_at(_school_id(subject))


def reads_data_register(actor: Actor, subject: Any) -> bool:
    """Staff and board: an adviser sees only the dossier that was asked about."""
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def has_a_seat(actor: Actor, subject: Any) -> bool:
    return bool(actor.seats)


def reads_council(actor: Actor, subject: Any) -> bool:
    return actor.has(Role.COUNCIL_MEMBER, Role.BOARD_ADMIN, *STAFF)


def holds_a_link(actor: Actor, subject: Any) -> bool:
    """The partner's side; the view found the subject by its secret link."""
    return actor.kind is Kind.LINK


def is_the_worker(actor: Actor, subject: Any) -> bool:
    """What goes out by itself, because its day came."""
    return actor.kind is Kind.SYSTEM


def keeps_blocks(actor: Actor, subject: Any) -> bool:
    """The head or co-ordinator for the school's own blocks; an umbrella for its own. The subject is
    a school, an umbrella or a block."""
    if subject is None:
        return actor.has(*LEADS, Role.UMBRELLA_ADMIN)
    kind = subject._meta.label_lower
    umbrella = (
        subject.pk if kind == "organisations.umbrella" else getattr(subject, "umbrella_id", None)
    )
    if kind != "organisations.school" and umbrella:
        return umbrella in actor.umbrellas(Role.UMBRELLA_ADMIN)
    return actor.works_at(_school_id(subject), LEADS)


def reads_blocks(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.UMBRELLA_ADMIN)


def is_member_with_a_position(actor: Actor, subject: Any) -> bool:
    """Only who was asked gives a position, and only their own."""
    if subject is None:
        return actor.has(*STAFF)
    return bool(subject.user_id == actor.user_id)


def steers_the_question(actor: Actor, subject: Any) -> bool:
    """Closing or opening up the positions: who put the question, or who leads the school."""
    if subject is None:
        return actor.has(*STAFF)
    return leads_the_school(actor, subject) or (
        works_at_the_school(actor, subject) and subject.opened_by_id == actor.user_id
    )


def sees_to_the_condition(actor: Actor, subject: Any) -> bool:
    """The colleague whose condition it is, or who leads the school."""
    if subject is None:
        return actor.has(*STAFF)
    mine = subject.user_id == actor.user_id and works_at_the_school(actor, subject)
    return mine or leads_the_school(actor, subject)


def talks_in_it(actor: Actor, subject: Any) -> bool:
    """Staff of the school, and an adviser who was asked something in this dossier (E21)."""
    if subject is None:
        return actor.has(*STAFF, Role.ADVISER)
    if actor.works_at(_school_id(subject)):
        return True
    return bool(subject.adviser_questions.filter(adviser_id=actor.uid).exists())


def wrote_it(actor: Actor, subject: Any) -> bool:
    """Only one's own words, as long as one talks in that dossier."""
    if subject is None:
        return actor.has(*STAFF, Role.ADVISER)
    return subject.author_id == actor.user_id and talks_in_it(actor, subject.dossier)


gate.register("dossiers.view", may_see_dossiers)
gate.register("dossiers.open", works_at_the_school)
gate.register("dossiers.data_register", reads_data_register)
gate.register("dossiers.edit", works_at_the_school)
gate.register("dossiers.ask", works_at_the_school)
gate.register("dossiers.agree", works_at_the_school)
gate.register("dossiers.confirm", leads_the_school)
gate.register("dossiers.answer_agreement", holds_a_link)
gate.register("dossiers.tell_partner", is_the_worker)
gate.register("dossiers.remind", is_the_worker)
gate.register("dossiers.take_off", is_the_worker)
gate.register("dossiers.blocks_read", reads_blocks)
gate.register("dossiers.blocks", keeps_blocks)
gate.register("dossiers.lend", is_head)
gate.register("dossiers.evidence", is_staff_somewhere)
gate.register("dossiers.answer_advice", holds_a_link)
gate.register("dossiers.read_second", is_second_reader)
gate.register("dossiers.propose", works_at_the_school)
gate.register("dossiers.position", is_member_with_a_position)
gate.register("dossiers.steer", steers_the_question)
gate.register("dossiers.decide", is_head)
gate.register("dossiers.condition", sees_to_the_condition)
gate.register("dossiers.council", leads_the_school)
gate.register("dossiers.council_read", reads_council)
gate.register("dossiers.plan", works_at_the_school)
gate.register("dossiers.evaluate", works_at_the_school)
gate.register("dossiers.share", leads_the_school)
gate.register("dossiers.close", leads_the_school)
gate.register("dossiers.answer_as_adviser", is_asked_adviser)
gate.register("dossiers.talk", talks_in_it)
gate.register("dossiers.talk_own", wrote_it)
