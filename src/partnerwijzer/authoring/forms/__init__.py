"""Forms to write frameworks with."""

from partnerwijzer.authoring.forms.parts import PartPage
from partnerwijzer.authoring.forms.writing import (
    CriterionForm,
    FilesForm,
    NewFrameworkForm,
    RestForm,
    VersionForm,
    as_typed,
)

__all__ = [
    "CriterionForm",
    "FilesForm",
    "NewFrameworkForm",
    "PartPage",
    "RestForm",
    "VersionForm",
    "as_typed",
]
