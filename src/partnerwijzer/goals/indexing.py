"""What the index of the goals holds: a group for each set, with a unit for the set itself and one
for each of its goals. So the words of a set hold for each goal of it, see search.matches.

Sets stand in the order in which goals are listed: by name, the newest edition first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from partnerwijzer.goals.models import Goal, GoalSet, Validity
from partnerwijzer.search.following import Follower, Source
from partnerwijzer.search.table import Group, Unit

TOPIC = "goals"
# Raised with each change in what the groups hold.
VERSION = "1"
# Tables whose rows say something about a set of goals -> SQL for the key of that set.
WATCHED = {"goals_goal": "{row}.goal_set_id", "goals_goalset": "{row}.source_id"}
AT_ONCE = 50
# The key of the unit of the set itself; that of a goal is the key of the goal.
ITSELF = 0
# No word has this sign: a code with it is found as a whole, and only where it is asked for.
CODE = "#"
_HIGH = 0xD7FF


def groups(keys: Iterable[int] | None) -> Iterator[Group]:
    """The groups of these sets, or of all."""
    rows = GoalSet.objects.order_by("pk")
    every = list(rows.values_list("pk", flat=True)) if keys is None else sorted(keys)
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        goals: dict[int, list[Goal]] = defaultdict(list)
        columns = ("pk", "goal_set_id", "code", "search_text", "validity", "valid_until")
        for goal in Goal.objects.filter(goal_set__in=some).only(*columns).order_by("pk"):
            goals[goal.goal_set_id].append(goal)
        for row in rows.filter(pk__in=some):
            yield _group(row, goals[row.pk])


def _group(row: GoalSet, goals: Iterable[Goal]) -> Group:
    shared = frozenset({f"level:{row.level}", f"competence:{row.competence_number}"})
    units = [Unit(ITSELF, "", "", keys=row.search_text.strip())]
    units += [_unit(goal, shared) for goal in goals]
    facts = (row.level, row.competence_number, row.competence)
    return Group(row.pk, _order(row), tuple(units), facts)


def _unit(goal: Goal, shared: frozenset[str]) -> Unit:
    state = {"goal", "expired"} if goal.validity == Validity.EXPIRED else {"goal"}
    until = {} if goal.valid_until is None else {"until": goal.valid_until.toordinal()}
    keys = f"{goal.search_text.strip()} {code_key(goal.code)}"
    return Unit(goal.pk, "", "", shared | state, keys, until)


def code_key(code: str) -> str:
    """By what a code is found as a whole."""
    return CODE + "_".join(code.split())


def _order(row: GoalSet) -> str:
    """Sorts by name, and of one name the highest edition first."""
    turned = "".join(chr(_HIGH - 1 - min(ord(letter), _HIGH - 1)) for letter in row.edition)
    return f"{row.name}\x00{turned}{chr(_HIGH)}"


goals_index = Follower(Source(TOPIC, VERSION, groups))
