"""Which pages move a dossier along: versions, receipts, withdrawal, revision, review?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Response, g, request
from flask_babel import gettext as _

from app.formats.completeness import section_states
from app.formats.projection import Viewer, project
from app.formats.shown import ShownSection
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import exports, pages, published, queries, reuse
from app.intake.actions import document_in
from app.intake.answers import document_of, written
from app.intake.differences import SectionChanges, compared, still_asked
from app.intake.discarding.views import Discarded, discarded
from app.intake.models import Draft, Version
from app.intake.mounting import Mount
from app.intake.news import people_in
from app.intake.opened import Opened
from app.intake.readiness.views import ready
from app.intake.sealed.asking import Asking, opening_of_version
from app.intake.sealed.showing import sealing_of_record
from app.intake.views import chain
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web import locale
from app.web.downloads import download
from app.web.errors import Refusal
from app.web.forms import is_submitted, typed_text
from app.web.guard import current_actor
from app.web.page import done, finish_reading, page
from app.workflow.machine import NotNow
from app.workflow.tables import DOSSIER

REASON_LIMIT = 4000


def show(mount: Mount, opened: Opened) -> Response:
    """GET /…/<id>: where it stands, and the next step."""
    left = _left(opened)
    draft = opened.draft or left
    document = document_of(opened.format, written(draft)) if draft is not None else {}
    stood = section_states(opened.format, document) if opened.draft is not None else {}
    thrown_away = discarded(opened)
    reasons, reviews = queries.reasons(opened), _may(mount.review, opened)
    latest = None if draft is not None else queries.latest_version(opened)
    asked = still_asked(opened, document, reasons) if stood else {}
    return page(
        "intake/show.html", table_of=exports.table_of, certified=_certified(mount, opened, latest), left=_shown(mount, opened, opened.format, document) if left else (), sealing=sealing_of_record(opened.dossier, opened.format), mount=mount, opened=opened, reasons=reasons,
        versions=queries.versions(opened.dossier), title=title_of(document, opened, latest, thrown_away),
        next_section=next_section(opened, document, stood, asked), document=document,
        origin=reuse.origin_of(opened, locale.lang()), discarded=thrown_away, ready=ready(opened),
        queue=mount.queue(opened) if reviews and "reviewed" in request.args else None,
        queue_words=mount.queue_words() if reviews else {},
        tasks=chain(mount, opened, document, stood, asked, "")[:-1] if stood else [],
    )  # fmt: skip


def _left(opened: Opened) -> Draft | None:
    """The draft in which its own delegation still reads what was written when the record ended."""
    own = opened.organisation_id == current_actor().organisation_id
    return queries.left_draft(opened) if own else None


def _may(permission: Permission | None, opened: Opened) -> bool:
    return permission is not None and allowed(current_actor(), permission, opened)


def next_section(
    opened: Opened, document: Mapping[str, Any], stood: dict[str, str], asked: Mapping[str, bool]
) -> str:
    """The section to go on with: where a change was asked for, those first in which none was made;
    else the first one that is not complete."""
    keys = [section.key for section in pages.pages(opened.format, document)]
    ways = (
        [key for key in keys if asked.get(key)],
        [key for key in keys if key in asked],
        [key for key in keys if stood.get(key) != "complete"],
        keys,
    )
    return next(way[0] for way in ways if way)


def title_of(
    document: dict[str, Any], opened: Opened, latest: Version | None, thrown_away: Discarded | None
) -> str:
    """What the record is called: by its newest words for its own country."""
    named = thrown_away.title if thrown_away else document.get(opened.format.title_field)
    if not named:
        latest = latest or queries.latest_version(opened)
    return named or (latest.title if latest else "") or _("Without a title yet")


def _certified(mount: Mount, opened: Opened, found: Version | None) -> tuple[ShownSection, ...]:
    """What a version says to this reader, section by section; nothing where there is none."""
    if found is None:
        return ()
    format = published.get(opened.dossier.format_name, found.format_version)
    return _shown(mount, opened, format, document_in(found))


def _shown(
    mount: Mount, opened: Opened, format: Format, document: dict[str, Any]
) -> tuple[ShownSection, ...]:
    viewer = Viewer("secretariat" if g.actor.is_secretariat else "own")
    return project(format, document, viewer, mount.lists(opened))


def version(mount: Mount, opened: Opened, number: int) -> Response:
    """GET /…/versions/<number>: what was certified, word for word."""
    found = queries.version(opened, number)
    return version_page(mount, opened, found, document_in(found))


def version_page(
    mount: Mount, opened: Opened, found: Version, document: dict[str, Any],
    asking: Asking | None = None, *, status: int = 200,
) -> Response:  # fmt: skip
    """A certified version; `document` may hold answers that were opened for this response alone."""
    form = published.get(opened.dossier.format_name, found.format_version)
    sealing = sealing_of_record(opened.dossier, form)
    shown = _shown(mount, opened, form, sealing.told(document) if sealing else document)
    return page(
        "intake/version.html", status=status, mount=mount, table_of=exports.table_of, opened=opened,
        version=found, shown=shown, changes=changes_since(opened, found), sealing=sealing,
        opening=opening_of_version(mount, opened, form, shown, sealing, asking),
    )  # fmt: skip


def changes_since(opened: Opened, found: Version) -> list[SectionChanges]:
    """What differs from the version before, beside what the Secretariat asked; empty for the first."""
    if found.number == 1:
        return []
    before = queries.version(opened, found.number - 1)
    return compared(opened, before, found, asked=queries.reasons_before(opened, found.number))


def receipt(mount: Mount, opened: Opened, number: int) -> Response:
    """GET /…/versions/<number>/receipt: the acuse de recibo."""
    found = queries.version(opened, number)
    return page("intake/receipt.html", mount=mount, opened=opened, version=found,
                facts=exports.receipt_facts(opened, found))  # fmt: skip


def receipt_pdf(mount: Mount, opened: Opened, number: int) -> Response:
    """GET /…/versions/<number>/receipt.pdf"""
    found = queries.version(opened, number)
    finish_reading()
    body = exports.receipt_pdf(mount, opened, found)
    return download(body, f"{found.receipt}-{_('receipt')}.pdf")


def document_pdf(mount: Mount, opened: Opened) -> Response:
    """GET /…/document.pdf: the draft, or the newest version, to circulate outside Enlace."""
    if opened.is_discarded:
        raise NotNow("dossier", opened.state, "print")
    if (draft := opened.draft or _left(opened)) is not None:
        document, mark = document_of(opened.format, written(draft)), _("DRAFT")
    elif (latest := queries.latest_version(opened)) is not None:
        document, mark = document_in(latest), ""
    else:
        raise NotNow("dossier", opened.state, "print")
    finish_reading()
    body = exports.document_pdf(mount, opened, document, mark)
    return download(body, f"{opened.dossier.reference}.pdf")


def withdrawal(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/withdrawal: ask once more, with the reason, and withdraw."""
    DOSSIER.after(opened.state, "withdraw")
    error = None
    if is_submitted():
        reason = typed_text("reason")
        if reason and len(reason) <= REASON_LIMIT:
            mount.verbs.withdraw(current_actor(), opened, reason=reason)
            return done(mount.url(opened, "show"), _("It was withdrawn. Its versions are kept."))
        error = _("Say why in a sentence.")
        if reason:
            error = _("This is too long: at most %(most)s characters.", most=REASON_LIMIT)
    return page("intake/withdrawal.html", mount=mount, opened=opened, error=error, work_form=True,
                people=people_in(current_actor(), opened),
                reason=request.form.get("reason", ""), status=422 if error else 200)  # fmt: skip


def revision(mount: Mount, opened: Opened) -> Response:
    """POST /…/revision: open a draft again, from the newest version, where a change was asked for."""
    asked = queries.reasons(opened)
    mount.verbs.reopen(current_actor(), opened)
    first = next((s.key for s in opened.format.sections if s.key in asked), None)
    url = mount.url(opened, "section", section=first) if first else mount.url(opened, "show")
    return done(url, _("The draft is open. Change what is needed and certify again."))


def review(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/review: the Secretariat reads the submitted version section by section."""
    if opened.state != "submitted":
        raise NotNow("dossier", opened.state, "review")
    if is_submitted():
        return _decide(mount, opened)
    return _review_page(mount, opened)


def _decide(mount: Mount, opened: Opened) -> Response:
    if request.form.get("version") != opened.dossier.latest_version_id:
        raise NotNow("dossier", opened.state, "decide on another version")
    verdict, note = request.form.get("verdict"), typed_text("note")
    reasons = {
        name.removeprefix("reason."): typed_text(name)
        for name, text in request.form.items()
        if name.startswith("reason.") and text.strip()
    }
    marked = set(request.form.getlist("returned")) | set(reasons)
    if too_long := _too_long({"note": note, **{f"reason.{key}": r for key, r in reasons.items()}}):
        return _review_page(mount, opened, too_long)
    if verdict == "accept" and not marked:
        mount.verbs.accept(current_actor(), opened, note=note)
        return done(_next_url(mount, opened), _("%(reference)s was accepted.",
                                                reference=opened.dossier.reference))  # fmt: skip
    if verdict == "return":
        try:
            mount.verbs.return_to_delegation(
                current_actor(), opened, note=note,
                reasons={section: reasons.get(section, "") for section in marked},
            )  # fmt: skip
        except Refusal as refusal:
            return _review_page(mount, opened, {"verdict": refusal.say()})
        return done(_next_url(mount, opened), _("%(reference)s was returned with its reasons.",
                                                reference=opened.dossier.reference))  # fmt: skip
    message = N_(
        "You asked for changes in a section: return it, or take the request out to accept."
    )
    if verdict not in ("accept", "return"):
        message = N_("Choose whether to accept or to return.")
    return _review_page(mount, opened, {"verdict": _(message)})


def _too_long(texts: Mapping[str, str]) -> dict[str, str]:
    """Input name -> what is wrong with what was typed there."""
    return {name: _("This is too long: at most %(most)s characters.", most=REASON_LIMIT)
            for name, text in texts.items() if len(text) > REASON_LIMIT}  # fmt: skip


def _next_url(mount: Mount, opened: Opened) -> str:
    return mount.url(opened, "show", reviewed="yes", **mount.queue_words())


def _review_page(
    mount: Mount, opened: Opened, errors: Mapping[str, str] = MappingProxyType({})
) -> Response:
    found = queries.latest_version(opened)
    if found is None:
        raise NotNow("dossier", opened.state, "review")
    format = published.get(opened.dossier.format_name, found.format_version)
    return page(
        "intake/review.html", mount=mount, table_of=exports.table_of, opened=opened, version=found, errors=errors,
        work_form=True, shown=project(format, document_in(found), Viewer("secretariat")),
        changes=changes_since(opened, found), asked_before=queries.reasons_before(opened, found.number),
        typed=request.form, marked=set(request.form.getlist("returned")),
        status=422 if errors else 200, queue=mount.queue(opened), queue_words=mount.queue_words(),
        clearance=exports.clearance_words(found), **mount.beside_review(opened, found),
    )  # fmt: skip
