"""Everything that can be done with bodies, meetings and advice. Other modules import from here."""

from partnerwijzer.councils.actions.advising import answer_advice, edit_advice, receive_advice
from partnerwijzer.councils.actions.bodies import (
    Refused,
    add_member,
    end_body,
    end_mandate,
    make_body,
    remove_member,
    save_body,
    save_rules,
)
from partnerwijzer.councils.actions.meeting import (
    add_point,
    cancel_meeting,
    edit_meeting,
    edit_point,
    meeting_on,
    plan_meeting,
    remove_point,
)

__all__ = [
    "Refused",
    "add_member",
    "add_point",
    "answer_advice",
    "cancel_meeting",
    "edit_advice",
    "edit_meeting",
    "edit_point",
    "end_body",
    "end_mandate",
    "make_body",
    "meeting_on",
    "plan_meeting",
    "receive_advice",
    "remove_member",
    "remove_point",
    "save_body",
    "save_rules",
]
