"""How does a report come about: from the facts as of a moment, or from what was published?"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from app.calls.models import Call
from app.formats.canonical import canonical_json
from app.formats.spec import Format, Text
from app.intake import published
from app.reports import content, queries
from app.reports.answered import answered
from app.reports.compile import compile_figures
from app.reports.dimensions import codes
from app.reports.figures import FULL, Audience, Basis, Compilation
from app.reports.funded import funding_of
from app.reports.grouped import similar_needs
from app.reports.listing import listed_needs
from app.reports.models import Edition
from app.reports.offered import listed_offers
from app.reports.queries import Frozen
from app.reports.report import Earlier, Editorial, Report, Stage

AT_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def build(
    call: Call, *, as_of: datetime, audience: Audience = FULL, edition: Edition | None = None,
    stage: Stage = "live", lists_needs: bool = True, earlier: Earlier | None = None,
) -> Report:  # fmt: skip
    """The report of a call as of a moment, in a fixed number of queries.

    `earlier` is what its figures are compared with.
    A page shows figures and pages its list, so it does without the needs (`lists_needs`).
    """
    basis = Basis(call_id=call.id, as_of=as_of, audience=audience)
    format = format_of(call)
    compilation = compile_figures(basis, format)
    groups = similar_needs(basis, format)
    return Report(
        call_code=call.code,
        call_title=Text(call.title("es"), call.title("en")),
        zone=call.zone,
        stage=stage,
        number=edition.number if edition else None,
        audience=audience,
        as_of=as_of,
        editorial=editorial_of(edition) if edition else Editorial(title=_title(call)),
        compilation=compilation,
        needs=listed_needs(basis, format, groups) if lists_needs else (),
        answered=answered(call.id, as_of) if audience == FULL else None,
        unasked_themes=unasked_themes(compilation, format),
        earlier=earlier,
        offers=listed_offers(as_of),
        funding=funding_of(call.id, as_of, audience),
        groups=groups,
    )


def figures_at(call: Call, as_of: datetime) -> Earlier:
    """The figures of another moment, to compare with."""
    compilation = compile_figures(Basis(call_id=call.id, as_of=as_of), format_of(call))
    return Earlier(number=None, as_of=as_of, compilation=compilation)


def figures_of(document: Frozen) -> Earlier:
    """The figures of a published edition, to compare with. Raises ContentChanged."""
    report = frozen(document)
    return Earlier(number=report.number, as_of=report.as_of, compilation=report.compilation)


def compared(report: Report, earlier: Earlier | None) -> Report:
    """A published report, compared with another than the one before it where that was asked for."""
    return replace(report, earlier=earlier) if earlier else report


def edition_before(edition: Edition, audience: Audience) -> Earlier | None:
    """The figures of the edition published before this one, as the same readers know them."""
    document = queries.published_before(edition, audience)
    return figures_of(document) if document else None


def format_of(call: Call) -> Format:
    """The version of the form under which a call asked for needs: it names the codes."""
    return published.get(call.format_name, call.format_version)


def _title(call: Call) -> Text:
    return Text(call.title("es"), call.title("en"))


def editorial_of(edition: Edition) -> Editorial:
    """What the Secretariat wrote for an edition."""
    return Editorial(
        title=Text(edition.title("es"), edition.title("en")),
        meeting=edition.meeting,
        agenda_item=edition.agenda_item,
        introduction=Text(edition.introduction_es, edition.introduction_en),
        conclusion=Text(edition.conclusion_es, edition.conclusion_en),
        proposals=Text(edition.proposals_es, edition.proposals_en),
    )


def unasked_themes(compilation: Compilation, format: Format) -> tuple[Text, ...]:
    """The themes of the form's list under which no need stands, in the order of the list."""
    asked = {line.code for line in compilation.grouping("theme").lines}
    listed = codes("theme", format)
    return tuple(code.label for code in (listed.codes if listed else ()) if code.key not in asked)


def frozen(document: Frozen) -> Report:
    """The report as it was published. Raises ContentChanged if somebody altered it since."""
    return content.read(document.content, document.hash)


def digest(*reports: Report) -> str:
    """A mark that differs whenever anything told does, and stays when only time has passed."""
    told = tuple(replace(report, as_of=AT_ANY_TIME) for report in reports)
    return hashlib.sha256(canonical_json(content.plain(told))).hexdigest()
