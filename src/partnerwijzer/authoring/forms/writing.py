"""Forms to write a framework with: a criterion, a new framework, files."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from partnerwijzer.authoring import drafting
from partnerwijzer.authoring.forms.parts import Offer, PartForm
from partnerwijzer.frameworks import writing
from partnerwijzer.frameworks.schema import Criterion
from partnerwijzer.frameworks.words import CooperationKind, ScreeningKey, StepKey
from partnerwijzer.organisations.models import Umbrella
from partnerwijzer.privacy import asking
from partnerwijzer.privacy.asking import Place
from partnerwijzer.privacy.detecting import never_in
from partnerwijzer.privacy.wording import never_stored
from partnerwijzer.ui.widgets import CheckList, LongText, RadioCards

BOTH = tuple(CooperationKind)
KINDS = [
    ("", _("altijd")),
    (CooperationKind.ONE_OFF, _("enkel bij een eenmalige samenwerking")),
    (CooperationKind.STRUCTURAL, _("enkel bij een structurele samenwerking")),
]
MEASURES = [
    (ScreeningKey.LIGHT, _("in elke screening, ook de lichte")),
    (ScreeningKey.NORMAL, _("in de gewone en de volledige")),
    (ScreeningKey.FULL, _("enkel in de volledige")),
]
GATES = [
    ("", _("nee: het helpt enkel om goed te kiezen")),
    ("positive-decision", _("ja, voor een ‘ja’")),
    ("first-activity", _("ja, voor de eerste activiteit")),
    ("closing", _("ja, voor het dossier wordt afgerond")),
]
JUDGEMENTS = [
    ("partly", _("deels")),
    ("not-in-order", _("niet in orde")),
    ("not-applicable", _("niet van toepassing")),
]


# In which cases a criterion is asked, and the list to choose from.
CASES = {
    "levels": "vocab.education_levels",
    "themes": "vocab.themes",
    "when": "framework.situations",
    "duty": "governance.duties",
}


def _english(label: object, **more: Any) -> forms.CharField:
    return forms.CharField(label=_("In het Engels"), required=False, **more)


class CriterionForm(forms.Form):
    """One criterion in words and rules. English is optional."""

    question = forms.CharField(
        label=_("De vraag"),
        max_length=200,
        help_text=_("Kort, met een vraagteken: ‘Past dit bij de leeftijd van onze leerlingen?’"),
    )
    question_en = _english(question, max_length=200)
    guidance = forms.CharField(
        label=_("Waarom vraag je dit, en waar let je op"),
        widget=LongText,
        max_length=1200,
        help_text=_("Twee tot vijf korte zinnen."),
    )
    guidance_en = _english(guidance, widget=LongText, max_length=1200)
    evidence = forms.CharField(
        label=_("Goed bewijs is bijvoorbeeld"),
        widget=LongText,
        max_length=800,
        help_text=_("Eén soort bewijs per regel."),
    )
    evidence_en = _english(evidence, widget=LongText, max_length=800)
    claim = forms.CharField(
        label=_("Wat is nog geen bewijs"), widget=LongText, max_length=600, required=False
    )
    claim_en = _english(claim, widget=LongText, max_length=600)
    partner_question = forms.CharField(
        label=_("Wat kun je de partner vragen"), max_length=400, required=False
    )
    partner_question_en = _english(partner_question, max_length=400)
    step = forms.ChoiceField(label=_("Bij welke stap"))
    point = forms.ChoiceField(label=_("Bij welk aandachtspunt"), required=False)
    measure = forms.ChoiceField(
        label=_("In welke screening"), choices=MEASURES, widget=RadioCards, initial="full"
    )
    kind = forms.ChoiceField(label=_("Wanneer"), choices=KINDS, required=False)
    when = forms.MultipleChoiceField(
        label=_("Enkel als een van deze startvragen ‘ja’ is"), required=False, widget=CheckList
    )
    levels = forms.MultipleChoiceField(
        label=_("Enkel voor deze niveaus"), required=False, widget=CheckList
    )
    themes = forms.MultipleChoiceField(
        label=_("Enkel bij deze thema’s"), required=False, widget=CheckList
    )
    duty = forms.MultipleChoiceField(
        label=_("Enkel als de schoolraad dit moet krijgen"), required=False, widget=CheckList
    )
    gate = forms.ChoiceField(
        label=_("Moet dit klaar zijn voor je verder kunt"),
        choices=GATES,
        required=False,
        widget=forms.RadioSelect,
    )
    blocks = forms.MultipleChoiceField(
        label=_("Welk oordeel houdt tegen"),
        choices=JUDGEMENTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    blocks_text = forms.CharField(
        label=_("Wat staat er dan te lezen"), max_length=300, required=False
    )
    blocks_text_en = _english(blocks_text, max_length=300)
    second_reader = forms.BooleanField(label=_("Vraag hiervoor een tweede lezer"), required=False)

    def __init__(
        self, *args: Any, offer: Offer, old: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.old = old or {}
        kwargs["initial"] = {**as_typed(self.old), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        points = [("", _t("geen")), *offer("framework.attention_points")]
        choices: dict[str, list[Any]] = {"step": offer("framework.steps"), "point": points}
        choices |= {name: offer(where) for name, where in CASES.items()}
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("blocks") and not data.get("blocks_text"):
            self.add_error("blocks_text", _("Zeg in een zin wat er dan misloopt."))
        special = any(data.get(n) for n in ("kind", *CASES))
        if data.get("measure") == ScreeningKey.LIGHT and special:
            self.add_error(
                "measure", _("Wat in de lichte screening staat, geldt altijd. Kies ‘gewoon’.")
            )
        english = data.get("evidence_en", "").strip()
        if english and _count(english) != _count(data.get("evidence", "")):
            self.add_error("evidence_en", _("Zet er evenveel regels als in het Nederlands."))
        return data

    def criterion(self, key: str, rest: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The criterion as the content keeps it, with what RestForm adds where an umbrella writes.
        What nobody was asked stays as it was."""
        d = self.cleaned_data
        old = self.old if rest is None else rest
        kept = {n: v for n, v in old.items() if n not in ("attention_point", "normal")}
        made = {
            **{"mission": [], "rubrics": [], "source": ["own"]},
            **kept,
            "key": key,
            "step": d["step"],
            "question": drafting.text(d["question"], d["question_en"]),
            "guidance": drafting.text(d["guidance"], d["guidance_en"]),
            "typical_evidence": drafting.lines(d["evidence"], d["evidence_en"]),
            "claim_is_not_enough": drafting.text(d["claim"], d["claim_en"]) or drafting.CLAIM,
            "partner_question": drafting.text(d["partner_question"], d["partner_question_en"]),
            "essential": bool(d["gate"]),
            "gate": d["gate"] or None,
            "blocker_when": self._blocker(),
            "applies": self._applies(),
            "light": d["measure"] == ScreeningKey.LIGHT,
            "second_reader": d["second_reader"],
        }
        if d["measure"] == ScreeningKey.NORMAL:
            made["normal"] = True
        if d["point"]:
            made["attention_point"] = d["point"]
        return made

    def _blocker(self) -> dict[str, Any] | None:
        d = self.cleaned_data
        if not d["blocks"]:
            return None
        words = drafting.text(d["blocks_text"], d["blocks_text_en"])
        return {"judgements": d["blocks"], "text": words}

    def _applies(self) -> dict[str, Any]:
        d = self.cleaned_data
        kind = [d["kind"]] if d["kind"] else [str(k) for k in BOTH]
        return {"kind": kind, **{name: d[name] for name in CASES if d[name]}}


class RestForm(PartForm):
    """What an umbrella may say of a criterion besides: what it hangs together with, its source."""

    SHOWN = (
        *("mission", "rubrics", "trees", "ladder", "vision_texts", "about_school"),
        *("source", "verified"),
    )

    def __init__(self, *args: Any, old: dict[str, Any] | None, offer: Offer, **kwargs: Any) -> None:
        super().__init__(
            *args, model=Criterion, old=old, offer=offer, only=self.SHOWN, prefix="rest", **kwargs
        )


def _count(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _said(thing: Any, language: str = "nl") -> str:
    return str((thing or {}).get(language, ""))


def _list(old: dict[str, Any], language: str) -> str:
    """Kinds of evidence, one on each line."""
    every = (_said(e, language) for e in old.get("typical_evidence", []))
    return "\n".join(filter(None, every))


def as_typed(old: dict[str, Any]) -> dict[str, Any]:
    """A criterion of the content as the form shows it."""
    if not old:
        return {}
    applies, blocker = old.get("applies", {}), old.get("blocker_when") or {}
    kinds = applies.get("kind", [])
    words = {
        f"{field}{ending}": _said(old.get(name), language)
        for field, name in (
            ("question", "question"),
            ("guidance", "guidance"),
            ("claim", "claim_is_not_enough"),
            ("partner_question", "partner_question"),
        )
        for ending, language in (("", "nl"), ("_en", "en"))
    }
    return {
        **words,
        "evidence": _list(old, "nl"),
        "evidence_en": _list(old, "en"),
        "step": old.get("step", StepKey.KNOW_PARTNER),
        "point": old.get("attention_point", ""),
        "measure": "light" if old.get("light") else "normal" if old.get("normal") else "full",
        "kind": kinds[0] if len(kinds) == 1 else "",
        **{name: applies.get(name, []) for name in CASES},
        "gate": old.get("gate") or "",
        "blocks": blocker.get("judgements", []),
        "blocks_text": _said(blocker.get("text")),
        "blocks_text_en": _said(blocker.get("text"), "en"),
        "second_reader": bool(old.get("second_reader")),
    }


class NewFrameworkForm(forms.Form):
    """A name, and what it starts from."""

    title = forms.CharField(label=_("Hoe heet jullie kader"), max_length=80)
    umbrella = forms.ModelChoiceField(
        queryset=Umbrella.objects.none(), label=_("Van welke koepel"), empty_label=None
    )
    base = forms.ChoiceField(label=_("Vertrek van"))

    def __init__(self, *args: Any, umbrellas: Any, bases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bases = {str(v.pk): v for v in bases}
        self.fields["umbrella"].queryset = umbrellas  # type: ignore[attr-defined]
        self.fields["base"].choices = [  # type: ignore[attr-defined]
            (pk, f"{v.name} {v.version}") for pk, v in self.bases.items()
        ]

    def clean_base(self) -> Any:
        return self.bases[self.cleaned_data["base"]]


def _guarded(texts: dict[str, str]) -> dict[str, str]:
    """The same texts, after the guard that typed texts pass too.

    Raises:
        Question: there is data of persons in it that has to be asked about first.
    """
    never = frozenset().union(*map(never_in, texts.values()))
    if never:
        raise forms.ValidationError(never_stored(sorted(never)))
    asking.check_places(Place(f"{name}.yaml", text) for name, text in texts.items())
    return texts


class FilesForm(forms.Form):
    """A ZIP with the six files."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    upload = forms.FileField(
        label=_("ZIP met de zes bestanden"),
        help_text=_("Zoals je het hier ophaalt. Wat in het ontwerp stond, wordt vervangen."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_upload(self) -> dict[str, str]:
        upload = self.cleaned_data["upload"]
        too_big = upload.size > writing.MOST_BYTES
        try:
            if too_big:
                raise writing.NotABundle
            texts = writing.texts_in(upload.read())
        except writing.NotABundle:
            raise forms.ValidationError(
                _("Dit is geen ZIP met YAML-bestanden, of veel te groot.")
            ) from None
        return _guarded(texts)


class VersionForm(forms.Form):
    """Only the version that was read: a button."""

    version = forms.IntegerField(widget=forms.HiddenInput)
