"""Every change in the databank."""

from partnerwijzer.partners.actions.keeping import (
    CONTACT_FIELDS,
    FIELDS,
    RECOGNITION_FIELDS,
    create_partner,
    edit_partner,
    remove_contact,
    remove_recognition,
    save_contact,
    save_recognition,
)
from partnerwijzer.partners.actions.merging import FACTS as MERGE_FACTS
from partnerwijzer.partners.actions.merging import (
    CannotMerge,
    merge,
    note_likeness,
    set_aside,
    undo_merge,
)
from partnerwijzer.partners.actions.offering import (
    OFFER_FIELDS,
    SOURCE_FIELDS,
    add_source,
    check_source,
    confirm_price,
    create_offer,
    edit_offer,
    remove_source,
    restore_offer,
    withdraw_offer,
)
from partnerwijzer.partners.actions.sharing import publish_experience, withdraw_experience
from partnerwijzer.partners.actions.watching import (
    compare_with_register,
    end_mark,
    follow_register,
    mark_partner,
    settle_register_changes,
)

__all__ = [
    "CONTACT_FIELDS",
    "FIELDS",
    "MERGE_FACTS",
    "OFFER_FIELDS",
    "RECOGNITION_FIELDS",
    "SOURCE_FIELDS",
    "CannotMerge",
    "add_source",
    "check_source",
    "compare_with_register",
    "confirm_price",
    "create_offer",
    "create_partner",
    "edit_offer",
    "edit_partner",
    "end_mark",
    "follow_register",
    "mark_partner",
    "merge",
    "note_likeness",
    "publish_experience",
    "remove_contact",
    "remove_recognition",
    "remove_source",
    "restore_offer",
    "save_contact",
    "save_recognition",
    "set_aside",
    "settle_register_changes",
    "undo_merge",
    "withdraw_experience",
    "withdraw_offer",
]
