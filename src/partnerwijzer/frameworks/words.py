"""The machine words that the framework data and the code share. Content may not invent others."""

from enum import StrEnum

# The framework that this product ships with: what a new dossier begins with where the umbrella
# of the school chose no other.
OUR_FRAMEWORK = "partnerwijzer-framework"
# How the keys of criteria begin that a school adds itself; no framework uses them.
SCHOOL_PREFIX = "school-"


class CooperationKind(StrEnum):
    ONE_OFF = "one-off"
    STRUCTURAL = "structural"


class StepKey(StrEnum):
    """The six steps (S1 to S6). Screens and the dossier know them by these keys."""

    KNOW_PARTNER = "know-partner"
    HEAR_OTHERS = "hear-others"
    AGREE_FIRST = "agree-first"
    DECIDE_TOGETHER = "decide-together"
    STAY_IN_CHARGE = "stay-in-charge"
    LOOK_BACK = "look-back"


class StatusKey(StrEnum):
    """How far the work on a criterion is."""

    TO_DO = "to-do"
    BUSY = "busy"
    DONE = "done"


class ScreeningKey(StrEnum):
    """How much is asked, from little to all. Each holds what the one before it asks."""

    LIGHT = "light"
    NORMAL = "normal"
    FULL = "full"


class JudgementKey(StrEnum):
    """What was found. Apart from the status."""

    IN_ORDER = "in-order"
    PARTLY = "partly"
    NOT_IN_ORDER = "not-in-order"
    NOT_APPLICABLE = "not-applicable"


class ConclusionKey(StrEnum):
    """Worst first: the first that holds is shown."""

    BLOCKER = "blocker"
    INCOMPLETE = "incomplete"
    WARNING = "warning"
    FINE = "fine"


class GateKey(StrEnum):
    """In the order in which a dossier passes them."""

    POSITIVE_DECISION = "positive-decision"
    FIRST_ACTIVITY = "first-activity"
    CLOSING = "closing"


class Requirement(StrEnum):
    """What a gate can ask for."""

    ESSENTIAL_CRITERIA_DONE = "essential-criteria-done"
    TREES_WALKED = "trees-walked"
    NO_BLOCKER = "no-blocker"
    POSITIVE_DECISION = "positive-decision"
    AGREEMENT_CONFIRMED_BY_BOTH = "agreement-confirmed-by-both"
    TEACHER_NAMED = "teacher-named"
    RESEARCH_CLEARED = "research-cleared"
    COLLEAGUE_EVALUATION = "colleague-evaluation"
    FOLLOW_UP_CHOSEN = "follow-up-chosen"


class QuestionKind(StrEnum):
    SMILEY3 = "smiley3"
    SMILEY5 = "smiley5"
    SCALE5 = "scale5"
    CHOICE = "choice"
    MULTI = "multi"
    RANK = "rank"
    NUMBER = "number"
    TEXT = "text"


class Audience(StrEnum):
    PUPILS = "pupils"
    PARENTS = "parents"
    COLLEAGUES = "colleagues"
    PARTNER = "partner"
    ANYONE = "anyone"
    OTHER_SCHOOL = "other-school"
    ALUMNI = "alumni"


class Moment(StrEnum):
    BEFORE_DECISION = "before-decision"
    BEFORE_ACTIVITY = "before-activity"
    AFTER_ACTIVITY = "after-activity"
    YEARLY = "yearly"


class FieldKind(StrEnum):
    """What is typed into a field of an agreement block."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    CHOICE = "choice"
    GOALS = "goals"
    TREE_OUTCOME = "tree-outcome"
    CHECKPOINTS = "checkpoints"


class DetailKind(StrEnum):
    """What is typed or chosen in a field of a working form."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    LINK = "link"
    MOMENTS = "moments"


class FieldMark(StrEnum):
    """What the product does with what was filled in, beside printing it.

    Days: from and until when the agreement holds. A person: not taken along to another dossier.
    """

    VALID_FROM = "valid-from"
    VALID_UNTIL = "valid-until"
    PERSON = "person"


class Result(StrEnum):
    """What the outcome of a tree comes down to."""

    ALLOWED = "allowed"
    WITH_CONDITIONS = "allowed-with-conditions"
    NOT_ALLOWED = "not-allowed"
    ASK_FURTHER = "ask-further"


class Fact(StrEnum):
    """What a dossier or an operator may know already, so that a tree need not ask it blankly."""

    LEVEL = "level"
    GOALS_CHOSEN = "goals-chosen"
    COOPERATION_KIND = "cooperation-kind"
    PARTNER_PROFIT = "partner-profit"
    LEGAL_PERSON = "legal-person"
    NINETY_DAYS = "ninety-days-before-election"
    YEAR_CEILING = "year-ceiling"
    SEVERAL_DAYS_CEILING = "several-days-ceiling"
    COUNCIL_TOPICS = "council-topics"
    COUNCIL_WAIVED = "council-waived"
    PARENTS_PAY = "parents-pay"
    COST_NEEDED = "cost-needed"
    COST_DURATION = "cost-duration"
    COST_IN_SCHOOL_TIME = "cost-in-school-time"


class PeriodKey(StrEnum):
    """Numbers of days that the code looks up in the content."""

    BEFORE_ELECTION = "before-election"


class DataRole(StrEnum):
    """What a partner is with regard to data of pupils (GDPR)."""

    NONE = "none"
    RECIPIENT = "recipient"
    PROCESSOR = "processor"


class Stored(StrEnum):
    """What is kept of a tree that was walked."""

    OUTCOME = "outcome"
    DATE = "date"
    CHECKED_BY = "checked-by"


class NeverStored(StrEnum):
    """What nobody may keep of what a tree made them look at."""

    EXTRACT = "extract"
    CONTENT = "content-of-extract"
    NOTE = "note-on-content"
