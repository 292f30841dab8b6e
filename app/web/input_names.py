"""What is an input called on the page that asks for it? Read off the templates, which say it once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from flask import current_app, request
from flask_babel import gettext as _
from jinja2 import nodes

TYPED = frozenset({"text_input", "textarea", "date_input", "number_input"})
"""Parts into which a person types words."""
CHOSEN = frozenset({"select", "radios", "checkboxes", "checkbox", "yes_no", "file_input"})
"""Parts whose answers are codes, which mean nothing to a reader."""

_labels: dict[str, str] = {}


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

    def question(self, name: str) -> str | None:
        """The msgid of what is asked, whether it is typed or chosen."""
        return self.label(name) or self.questions.get(name)

    def label(self, name: str) -> str | None:
        """The msgid of what an input is called."""
        known = self.labels.get(name) or _labels.get(name)
        return known or next((m for p, m in self.prefixes.items() if name.startswith(p)), None)

    def fits(self, names: Sequence[str]) -> tuple[int, int]:
        """How many of these the template asks to be typed, and how many to be chosen."""
        typed = [n for n in names if n in self.typed or n.startswith(tuple(self.prefixes))]
        return len(typed), len(self.chosen.intersection(names))


def name_inputs(labels: Mapping[str, str]) -> None:
    """Tell what inputs are called whose templates take their labels from a feature's table."""
    _labels.update(labels)


def inputs_of(names: Iterable[str]) -> Inputs:
    """The inputs of the template that asks for most of these names; none where none asks for any.

    What is typed counts first: a page may carry on, unseen, what was chosen on the page before.
    """
    wanted = [name for name in names if not name.startswith("_")]
    best = max(_all(), key=lambda each: each.fits(wanted), default=Inputs())
    return best if any(best.fits(wanted)) else Inputs()


def told_apart(errors: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(input, sentence) pairs; a sentence that is said of several inputs names the question of each."""
    said = [sentence for _name, sentence in errors]
    repeated = {sentence for sentence in said if said.count(sentence) > 1}
    if not repeated:
        return list(errors)
    inputs = inputs_of({*request.values, *(name for name, _sentence in errors)})
    return [
        (name, f"{_(question)}: {sentence}")
        if sentence in repeated and (question := inputs.question(name))
        else (name, sentence)
        for name, sentence in errors
    ]


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
    if said := _msgid(label):
        known = inputs.labels if first is name else inputs.prefixes
        known[first.value] = said


def _msgid(label: nodes.Expr) -> str | None:
    """What a label says, where the template itself says it."""
    said = label.args[0] if isinstance(label, nodes.Call) and label.args else None
    return said.value if isinstance(said, nodes.Const) else None
