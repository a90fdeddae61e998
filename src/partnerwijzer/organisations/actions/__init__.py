"""Every write about schools, people and accounts, by subject."""

from partnerwijzer.organisations.actions.account import choose_school, end_session, save_account
from partnerwijzer.organisations.actions.lists import import_schools_file
from partnerwijzer.organisations.actions.people import (
    INVITATION_DAYS,
    accept,
    add_member,
    change_role,
    end_membership,
    invite,
    invite_again,
    join,
    set_up,
    withdraw_invitation,
)
from partnerwijzer.organisations.actions.schools import (
    MOST_PRIORITIES,
    add_priority,
    assign_adviser,
    change_priority,
    create_school,
    end_assignment,
    move_priority,
    remove_priority,
    save_profile,
    take_in,
)
from partnerwijzer.organisations.refusal import Refused

__all__ = [
    "INVITATION_DAYS",
    "MOST_PRIORITIES",
    "Refused",
    "accept",
    "add_member",
    "add_priority",
    "assign_adviser",
    "change_priority",
    "change_role",
    "choose_school",
    "create_school",
    "end_assignment",
    "end_membership",
    "end_session",
    "import_schools_file",
    "invite",
    "invite_again",
    "join",
    "move_priority",
    "remove_priority",
    "save_account",
    "save_profile",
    "set_up",
    "take_in",
    "withdraw_invitation",
]
