"""The tag library of our components. It is built in: templates need no {% load %}."""

from partnerwijzer.ui.components import (
    blocks,
    figures,
    formfields,
    frame,
    lists,
    marks,
    planning,
    register,
    searching,
    words,
)

__all__ = [
    "blocks",
    "figures",
    "formfields",
    "frame",
    "lists",
    "marks",
    "planning",
    "register",
    "searching",
    "words",
]
