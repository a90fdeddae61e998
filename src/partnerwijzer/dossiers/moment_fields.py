"""Fields of a moment that the content and the dossier ask for: those of its working form, and what
each of several partners does; and what is asked of who moves or stops one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers.models import Activity, DossierPartner, PartIn
from partnerwijzer.dossiers.moment_change import Side
from partnerwijzer.dossiers.queries.partnermails import PartnerMails
from partnerwijzer.frameworks.schema import Detail
from partnerwijzer.frameworks.words import DetailKind
from partnerwijzer.ui.fields import AddressesField, DayField, WholeNumberField
from partnerwijzer.ui.widgets import DateInput, LongText

DETAIL, PARTNER = "werk-", "met-"
LONGEST, LONG = 300, 2000


def add_details(
    form: forms.BaseForm,
    details: Iterable[Detail],
    kept: Mapping[str, Any],
    *,
    also_after: bool,
    moments: Sequence[Activity] = (),
) -> list[str]:
    """Fields that the content asks for, filled with what is kept; gives their names in order.

    Args:
        also_after: with what is asked afterwards.
        moments: for fields that choose among moments of the dossier.
    """
    names = []
    for detail in details:
        if detail.moment == "after" and not also_after:
            continue
        name = f"{DETAIL}{detail.key}"
        form.fields[name] = _field(detail, moments)
        form.fields[name].initial = kept.get(detail.key)
        names.append(name)
    return names


def _field(detail: Detail, moments: Sequence[Activity]) -> forms.Field:
    same: dict[str, Any] = {
        "label": str(detail.label),
        "help_text": str(detail.help or ""),
        "required": False,
    }
    if detail.kind is DetailKind.LONG:
        return forms.CharField(**same, max_length=LONG, widget=LongText)
    if detail.kind is DetailKind.CHOICE:
        options = [(o.key, str(o.label).capitalize()) for o in detail.options]
        return forms.ChoiceField(**same, choices=options, widget=forms.RadioSelect)
    if detail.kind is DetailKind.NUMBER:
        return WholeNumberField(**same, min_value=0, max_value=9999)
    if detail.kind is DetailKind.DAY:
        return DayField(**same, widget=DateInput)
    if detail.kind is DetailKind.LINK:
        return forms.URLField(**same, max_length=500, assume_scheme="https")
    if detail.kind is DetailKind.MOMENTS:
        return forms.MultipleChoiceField(
            **same, choices=_moments(detail, moments), widget=forms.CheckboxSelectMultiple
        )
    return forms.CharField(**same, max_length=LONGEST)


def _moments(detail: Detail, moments: Sequence[Activity]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{one.title}, {date_format(one.on, 'j F Y')}")
        for one in moments
        if not detail.of or one.working_form in detail.of
    ]


def details_of(
    data: Mapping[str, Any], names: Iterable[str], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """What is kept of the fields: what was typed now, and what another form had before."""
    found = dict(kept)
    for name in names:
        value = data.get(name)
        found[name.removeprefix(DETAIL)] = value.isoformat() if isinstance(value, date) else value
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def add_partners(
    form: forms.BaseForm, rows: Sequence[DossierPartner], named: Iterable[Any]
) -> list[str]:
    """What each of several partners does; no field for one partner. Gives the names of the fields.

    Args:
        named: what is kept, each with `row_id` and `part`.
    """
    if len(rows) < 2:
        return []
    now = {one.row_id: one.part for one in named}
    choices = [("", _("komt niet")), *PartIn.choices]
    names = []
    for row in rows:
        name = f"{PARTNER}{row.pk}"
        form.fields[name] = forms.ChoiceField(
            label=row.partner.name, required=False, choices=choices, initial=now.get(row.pk, "")
        )
        names.append(name)
    return names


def parts_of(data: Mapping[str, Any], names: Iterable[str]) -> dict[int, str]:
    """By key of a DossierPartner what it does."""
    given = {int(name.removeprefix(PARTNER)): data.get(name, "") for name in names}
    return {key: part for key, part in given.items() if part}


class TellForm(forms.Form):
    """Whether the partner gets a mail."""

    partner_mail = AddressesField(
        label=gettext_lazy("Mail dit ook naar de partner"),
        required=False,
        max_length=900,
        help_text=gettext_lazy(
            "Maak leeg als je de partner zelf al verwittigde. De leerkrachten en wie komt helpen, "
            "krijgen altijd mail."
        ),
    )

    def __init__(self, *args: Any, mails: PartnerMails, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mails.offer(self.fields["partner_mail"])


class ReasonForm(TellForm):
    """By whom and why, and whether the partner gets a mail."""

    side = forms.ChoiceField(
        label=gettext_lazy("Wie kon niet"), choices=Side.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom"),
        max_length=300,
        help_text=gettext_lazy(
            "Dit lezen je collega’s, en de partner als je die mailt. Geen namen, en niets over "
            "gezondheid."
        ),
    )
    field_order: Sequence[str] = ("side", "reason", "partner_mail")
