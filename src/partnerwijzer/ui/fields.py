"""Form fields that read numbers and money in Belgian notation, and in the other one; addresses."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui import amounts
from partnerwijzer.ui.widgets import MoneyInput, NumberText

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    """A day of which the year can be right: days are added to it, which year 9999 cannot have."""

    default_error_messages = {"far": _("Kijk het jaar na: het ligt tussen 2000 en 2099.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(self.error_messages["far"], code="far")


class NumberField(forms.DecimalField):
    """A number with decimals: `1.250,5` and `1250.5` are the same."""

    widget = NumberText
    default_error_messages = {"invalid": _("Schrijf een getal, bijvoorbeeld 12,5.")}

    def to_python(self, value: Any) -> Any:
        """The Decimal that was typed; None for nothing."""
        text = value.strip() if isinstance(value, str) else value
        if not isinstance(text, str) or not text:
            return super().to_python(None if text == "" else text)
        try:
            return amounts.parse(text)
        except amounts.NotANumber:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class MoneyField(NumberField):
    """An amount in euro, to the cent, not below zero unless `min_value` says so."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Schrijf een bedrag, bijvoorbeeld 6,50."),
        "max_decimal_places": _("Een bedrag heeft hoogstens twee cijfers na de komma."),
    }

    def __init__(self, *, max_digits: int = 9, min_value: int | None = 0, **options: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, min_value=min_value, **options)


class WholeNumberField(forms.IntegerField):
    """A count: `1.250` and `1250` are the same."""

    widget = NumberText
    default_error_messages = {"invalid": _("Schrijf een geheel getal, bijvoorbeeld 24.")}

    def __init__(self, *, unit: object = "", **options: Any) -> None:
        options.setdefault("widget", NumberText({"inputmode": "numeric"}, unit=unit))
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        text = value.strip() if isinstance(value, str) else value
        if not isinstance(text, str) or not text:
            return super().to_python(None if text == "" else text)
        try:
            number = amounts.parse(text)
        except amounts.NotANumber:
            number = Decimal("0.5")
        if number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)


class AddressesField(forms.CharField):
    """One or more e-mail addresses, with commas or spaces between them; gives a list."""

    default_error_messages = {"invalid": _("‘{word}’ is geen e-mailadres.")}

    def to_python(self, value: Any) -> Any:
        words = (super().to_python(value) or "").replace(";", " ").replace(",", " ").split()
        for word in words:
            try:
                validate_email(word)
            except ValidationError:
                text = str(self.error_messages["invalid"]).format(word=word)
                raise ValidationError(text, code="invalid") from None
        return list(dict.fromkeys(words))
