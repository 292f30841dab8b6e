"""What is an input called on the page that asks for it? Read off the templates, which say it once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from flask import current_app, request
from flask_babel import gettext as _
from jinja2 import nodes

from app.formats.spec import Text
from app.web import locale

TYPED = frozenset({"text_input", "textarea", "date_input", "number_input"})
"""Parts into which a person types words."""
CHOSEN = frozenset({"select", "radios", "checkboxes", "checkbox", "yes_no", "file_input"})
"""Parts whose answers are codes, which mean nothing to a reader."""

_labels: dict[str, str | Text] = {}


@dataclass
class Inputs:
    """The inputs of one template: the msgids of those typed into, and the names of those chosen from."""

    labels: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    """Beginnings of names that are put together on the page, such as `reason.<section>`."""
    typed: set[str] = field(default_factory=set)
    """All names typed into, also those whose labels come from a feature's table."""
    chosen: set[str] = field(default_factory=set)
    questions: dict[str, str] = field(default_factory=dict)
    """The msgids of those chosen from."""

    def question(self, name: str) -> str:
        """What is asked, in the reader's language, whether it is typed or chosen; "" where unknown."""
        return self.label(name) or _said(self.questions.get(name, ""))

    def label(self, name: str) -> str:
        """What an input is called, in the reader's language; "" where the template does not say it."""
        known = self.labels.get(name) or _labels.get(name)
        return _said(known or next((m for p, m in self.prefixes.items() if name.startswith(p)), ""))

    def is_of_a_row(self, name: str) -> bool:
        """Whether the page puts its name together, as of one of several of a kind."""
        return name.startswith(tuple(self.prefixes))

    def fits(self, names: Sequence[str]) -> tuple[int, int]:
        """How many of these the template asks to be typed, and how many to be chosen."""
        typed = [n for n in names if n in self.typed or self.is_of_a_row(n)]
        return len(typed), len(self.chosen.intersection(names))


def name_inputs(labels: Mapping[str, str | Text]) -> None:
    """Tell what inputs are called whose templates take their labels from a feature's table or list."""
    _labels.update(labels)


def _said(label: str | Text) -> str:
    if isinstance(label, Text):
        return label.say(locale.lang())
    return _(label) if label else ""


def inputs_of(names: Iterable[str]) -> Inputs:
    """The inputs of the template that asks for most of these names; none where none asks for any.

    What is typed counts first: a page may carry on, unseen, what was chosen on the page before.
    """
    wanted = [name for name in names if not name.startswith("_")]
    best = max(_all(), key=lambda each: each.fits(wanted), default=Inputs())
    return best if any(best.fits(wanted)) else Inputs()


def told_apart(errors: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(input, sentence) pairs; a sentence that may be said of several inputs names the question of each.

    That is one which is said twice here, or of an input that is one of a row of its kind.
    """
    if not errors:
        return []
    said = [sentence for _name, sentence in errors]
    inputs = inputs_of({*request.values, *(name for name, _sentence in errors)})
    return [
        (name, f"{question}: {sentence}")
        if (said.count(sentence) > 1 or inputs.is_of_a_row(name))
        and (question := inputs.question(name)) and question not in sentence
        else (name, sentence)
        for name, sentence in errors
    ]  # fmt: skip


@cache
def _all() -> tuple[Inputs, ...]:
    env = current_app.jinja_env
    sources = (
        env.loader.get_source(env, name)[0]  # type: ignore[union-attr]
        for name in sorted(env.list_templates(extensions=["html"]))
        if not name.startswith("components/")
    )
    found = (_read(env.parse(source)) for source in sources)
    return tuple(each for each in found if each.typed or each.prefixes or each.chosen)


def _read(template: nodes.Template) -> Inputs:
    inputs = Inputs()
    for call in template.find_all(nodes.Call):
        part = call.node
        if not isinstance(part, nodes.Getattr) or len(call.args) < 2:
            continue
        if not isinstance(part.node, nodes.Name) or part.node.name != "ui":
            continue
        if part.attr in TYPED:
            _note_typed(inputs, call.args[0], call.args[1])
        elif part.attr in CHOSEN and isinstance(call.args[0], nodes.Const):
            inputs.chosen.add(call.args[0].value)
            if said := _msgid(call.args[1]):
                inputs.questions[call.args[0].value] = said
    return inputs


def _note_typed(inputs: Inputs, name: nodes.Expr, label: nodes.Expr) -> None:
    first = name.nodes[0] if isinstance(name, nodes.Concat) else name
    if not isinstance(first, nodes.Const):
        return
    if first is name:
        inputs.typed.add(first.value)
    known = inputs.labels if first is name else inputs.prefixes
    if first is not name:
        known.setdefault(first.value, "")
    said = _msgid(label)
    # With a place for something in it, it is said by the page alone: a list's own label stands for it.
    if said and "%(" not in said:
        known[first.value] = said


def _msgid(label: nodes.Expr) -> str | None:
    """What a label says, where the template itself says it."""
    said = label.args[0] if isinstance(label, nodes.Call) and label.args else None
    return said.value if isinstance(said, nodes.Const) else None
