"""Do the parts of a document fit together? What no single line of it can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.formats import paths
from app.formats.checks import RULES
from app.formats.derived import FORMULAS, formula_of, written_sources
from app.formats.nodes import Reader
from app.formats.spec import Check, Condition, Field, Format, Klass, Section
from app.formats.words import N_

NO_SUCH_FIELD = N_("There is no field “%(name)s”.")
NOT_EARLIER = N_("`when` names “%(name)s”, which is not an earlier field.")
NO_SUCH_ANSWER = N_("“%(name)s” can never hold “%(code)s”.")
FIRST_ELSEWHERE = N_("Only fields of the first section can be shown first.")
TITLE_KIND = N_("The title field must be a required field of kind text.")
TITLE_SEALED = N_("A personal or secret answer cannot be the title: lists show it.")
FACT_TWICE = N_("The fact “%(fact)s” is filled by two fields.")
NO_FORMULA = N_("Options `formula` (%(known)s) and `from` are needed.")
WRONG_SOURCE = N_("The formula %(formula)s needs an earlier field of kind %(kind)s.")
WIDER_THAN_SOURCE = N_("What is computed cannot be shown to more people than “%(name)s”.")
WIDER_THAN_ROWS = N_("A cell cannot be shown to more people than its table.")
FREE_TEXT = N_("Free text reaches a sponsor only with `release: true`.")
RESTRICTED = N_("A restricted answer reaches a sponsor only with `release: true`.")
SEALED = N_("A personal or secret answer cannot be shown to members or sponsors.")
NOTHING_TO_RELEASE = N_(
    "`release` is for what sponsors may be shown; add sponsors to the audience."
)
CHECK_KIND = N_("The rule %(rule)s cannot judge “%(name)s”, of kind %(kind)s.")
OWN_CONDITION = N_("A section cannot count by an answer of its own.")
BLAMED_ELSEWHERE = N_(
    "The rule would blame “%(name)s”, which is not of the row or record it is about."
)
NOT_ROWS = N_("“%(name)s” is not a table of rows.")
OTHER_HASH = N_(
    "This version was published as %(published)s and now means something else (%(now)s). "
    "Make a new version."
)


def judge(form: Format, reader: Reader) -> None:
    """Remember in `reader` everything that does not fit together."""
    _title(form, reader)
    _facts(form, reader)
    for number, field in enumerate(form.fields):
        _judge_field(field, field.key, form.fields[:number], reader)
        _judge_cells(form, field, reader)
        _judge_formula(form, field, None, reader)
    _judge_sections(form, reader)
    for section in form.sections[1:]:
        for field in section.fields:
            if field.first:
                reader.mistake_at(field.key, FIRST_ELSEWHERE)
    for number, check in enumerate(form.checks, 1):
        _judge_check(check, f"check {number}", form, reader)
    if form.published and not reader.mistakes and form.published != form.hash:
        reader.mistake_at("published", OTHER_HASH, published=form.published, now=form.hash)


def _judge_cells(form: Format, field: Field, reader: Reader) -> None:
    for number, cell in enumerate(field.cells):
        at = f"{field.key}.{cell.key}"
        _judge_field(cell, at, field.cells[:number], reader)
        _judge_formula(form, cell, field, reader)
        if cell.kind.points_at_rows and not _is_table(form, cell.options.get("to")):
            reader.mistake_at(at, NOT_ROWS, name=cell.options.get("to", ""))
        if not cell.audience <= field.audience:
            reader.mistake_at(at, WIDER_THAN_ROWS)


def _is_table(form: Format, key: object) -> bool:
    return any(field.key == key and field.is_rows for field in form.fields)


def _judge_sections(form: Format, reader: Reader) -> None:
    """A section counts by what was asked before, in a section or in a table's rows."""
    for section in (*form.sections, *form.screens):
        for when in (each for one in section.when for each in one.each):
            at = f"section {section.key}"
            try:
                named = paths.field_at(form, paths.read(form, when.field, None))
            except paths.NoSuchPlace as nowhere:
                reader.mistake_at(at, NO_SUCH_FIELD, name=nowhere.name)
                continue
            if section in form.sections and _is_within(form, section, when.field):
                reader.mistake_at(at, OWN_CONDITION)
            _judge_answers(named, when, at, reader)


def _is_within(form: Format, section: Section, written: str) -> bool:
    return form.section_of(written.split(".", maxsplit=1)[0]).key == section.key


def _title(form: Format, reader: Reader) -> None:
    if not form.title_field:
        return
    if form.title_field not in form:
        reader.mistake_at("title_field", NO_SUCH_FIELD, name=form.title_field)
        return
    field = form.field(form.title_field)
    if field.kind.name != "text" or not field.required:
        reader.mistake_at("title_field", TITLE_KIND)
    if field.klass.is_sealed:
        reader.mistake_at("title_field", TITLE_SEALED)


def _facts(form: Format, reader: Reader) -> None:
    """A fact has one source: among the fields, and among the cells of one table."""
    for fields, prefix in _groups(form):
        seen = set()
        for field in fields:
            if field.fact and field.fact in seen:
                reader.mistake_at(prefix + field.key, FACT_TWICE, fact=field.fact)
            seen.add(field.fact)


def _groups(form: Format) -> Iterator[tuple[Sequence[Field], str]]:
    yield form.fields, ""
    for field in form.fields:
        yield field.cells, f"{field.key}."


def _judge_field(field: Field, at: str, earlier: Sequence[Field], reader: Reader) -> None:
    _judge_audience(field, at, reader)
    for when in (field.when, *(each.when for each in field.wordings)):
        if when is not None:
            _judge_condition(when, at, earlier, reader)


def _judge_condition(when: Condition, at: str, earlier: Sequence[Field], reader: Reader) -> None:
    named = next((each for each in earlier if each.key == when.field), None)
    if named is None:
        reader.mistake_at(at, NOT_EARLIER, name=when.field)
        return
    _judge_answers(named, when, at, reader)


def _judge_answers(named: Field, when: Condition, at: str, reader: Reader) -> None:
    possible = _possible(named)
    for code in when.any_of:
        if possible is not None and code not in possible:
            reader.mistake_at(at, NO_SUCH_ANSWER, name=named.key, code=code)


def _possible(field: Field) -> frozenset[str] | None:
    """The codes a field can hold; None where the list is too long to say (countries)."""
    if field.codes:
        return frozenset(code.key for code in field.codes.codes)
    if field.kind.name == "yes_no":
        return frozenset({"yes", "no"})
    return None if field.kind.name in ("country", "countries") else frozenset()


def _judge_audience(field: Field, at: str, reader: Reader) -> None:
    """What may leave the country's own circle is decided here, not remembered by people."""
    if field.klass.is_sealed and field.audience:
        reader.mistake_at(at, SEALED)
    if "sponsors" not in field.audience:
        if field.release:
            reader.mistake_at(at, NOTHING_TO_RELEASE)
        return
    if field.release:
        return
    if field.kind.is_free_text:
        reader.mistake_at(at, FREE_TEXT)
    if field.klass is Klass.RESTRICTED:
        reader.mistake_at(at, RESTRICTED)


def _judge_formula(form: Format, field: Field, table: Field | None, reader: Reader) -> None:
    """What follows from answers names a formula that there is, and answers of the kinds it takes."""
    at = f"{table.key}.{field.key}" if table else field.key
    if field.kind.name != "derived" and "formula" not in field.options:
        return
    formula, written = formula_of(field), written_sources(field)
    name = str(field.options.get("formula"))
    if formula is None or len(written) != len(formula.sources):
        reader.mistake_at(at, NO_FORMULA, known=", ".join(sorted(FORMULAS)))
        return
    for each, kind in zip(written, formula.sources, strict=True):
        if each == paths.NUMBER:
            continue
        try:
            path = paths.read(form, each, table.key if table else None)
        except paths.NoSuchPlace:
            reader.mistake_at(at, WRONG_SOURCE, formula=name, kind=kind)
            continue
        source = paths.field_at(form, path)
        if (kind and source.kind.name != kind) or not _is_before(form, source, field):
            reader.mistake_at(at, WRONG_SOURCE, formula=name, kind=kind)
        elif not field.audience <= source.audience:
            reader.mistake_at(at, WIDER_THAN_SOURCE, name=each)


def _is_before(form: Format, source: Field, field: Field) -> bool:
    """Whether a field that a figure is computed from stands before it; of cells, that is not asked."""
    if source not in form.fields or field not in form.fields:
        return True
    return form.fields.index(source) < form.fields.index(field)


def _judge_check(check: Check, at: str, form: Format, reader: Reader) -> None:
    if check.rows is not None and not _is_table(form, check.rows):
        reader.mistake_at(at, NOT_ROWS, name=check.rows)
        return
    rule = RULES[check.rule]
    for number, written in enumerate(check.fields):
        try:
            path = paths.read(form, written, check.rows)
        except paths.NoSuchPlace as nowhere:
            reader.mistake_at(at, NO_SUCH_FIELD, name=nowhere.name)
            continue
        kind = paths.field_at(form, path).kind.name
        if rule.kinds is not None and kind not in rule.kinds:
            reader.mistake_at(at, CHECK_KIND, rule=check.rule, name=written, kind=kind)
        if number == rule.points_at and (path.how != "own" or path.table != check.rows):
            reader.mistake_at(at, BLAMED_ELSEWHERE, name=written)
