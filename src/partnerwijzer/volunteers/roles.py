"""In which roles parents, alumni and others help: as the framework's lists say. Pure."""

from dataclasses import dataclass

from partnerwijzer.frameworks.schema import Content

# Involvement that is no place at an activity: it happens at home, in talks, in councils.
ELSEWHERE = ("interest-at-home", "two-way-talk", "having-a-say")
# Working forms that somebody without organisation can take on: see vocab.yaml.
FORMS = ("talk", "reading-at-school", "language-lessons-for-parents")


@dataclass(frozen=True)
class Role:
    key: str
    label: str
    help: str
    watch_out: str = ""


def roles(content: Content) -> dict[str, Role]:
    """Every role by key, in the order of the content; a working form only once."""
    found = {
        str(i.key): Role(str(i.key), str(i.label), str(i.help), str(i.watch_out))
        for i in content.vocab.parent_involvement
        if i.key not in ELSEWHERE
    }
    for form in content.vocab.working_forms:
        if form.key in FORMS:
            found.setdefault(str(form.key), Role(str(form.key), str(form.label), str(form.help)))
    return found


def role(content: Content, key: str) -> Role:
    """One role; what the content no longer has keeps its key as its name."""
    return roles(content).get(key, Role(key, key, ""))
