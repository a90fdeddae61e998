"""Everything that can be done with surveys. Other modules import from here."""

from partnerwijzer.surveys.actions.anonymous import answer_anonymously
from partnerwijzer.surveys.actions.answering import answer_by_link, decline, note_opened
from partnerwijzer.surveys.actions.byfile import ask_by_file, enter_file, may_enter
from partnerwijzer.surveys.actions.inviting import (
    invite,
    remind,
    remind_waiting,
    resend,
    withdraw_invitation,
)
from partnerwijzer.surveys.actions.ownsets import (
    begin_set,
    drop_draft,
    move_question,
    put_question,
    release_set,
    remove_question,
    restore_set,
    retire_set,
    say_set,
)
from partnerwijzer.surveys.actions.running import (
    change_questions,
    change_set,
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
    "ask_by_file",
    "begin_set",
    "change_questions",
    "change_set",
    "close_survey",
    "create_survey",
    "decline",
    "drop_draft",
    "edit_survey",
    "enter_file",
    "invite",
    "may_enter",
    "move_question",
    "note_opened",
    "put_question",
    "release_set",
    "remind",
    "remind_waiting",
    "remove_question",
    "remove_text",
    "reopen_survey",
    "resend",
    "restore_set",
    "retire_set",
    "say_set",
    "withdraw_invitation",
]
