"""Everything that can be done with surveys. Other modules import from here."""

from partnerwijzer.surveys.actions.anonymous import answer_anonymously
from partnerwijzer.surveys.actions.answering import answer_by_link, decline, note_opened
from partnerwijzer.surveys.actions.inviting import (
    invite,
    remind,
    remind_waiting,
    resend,
    withdraw_invitation,
)
from partnerwijzer.surveys.actions.running import (
    change_questions,
    close_survey,
    create_survey,
    edit_survey,
    remove_text,
    reopen_survey,
)
from partnerwijzer.surveys.refusals import Refused

__all__ = [
    "Refused",
    "answer_anonymously",
    "answer_by_link",
    "change_questions",
    "close_survey",
    "create_survey",
    "decline",
    "edit_survey",
    "invite",
    "note_opened",
    "remind",
    "remind_waiting",
    "remove_text",
    "reopen_survey",
    "resend",
    "withdraw_invitation",
]
