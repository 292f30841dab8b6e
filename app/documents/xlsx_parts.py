"""How is a part of a workbook read a piece at a time, so that a hostile one costs neither memory nor time?

A workbook is an archive of XML parts. What a part declares to hold is looked at before it is opened;
a document type, by which entities would come in, is refused by the parser itself.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from app.formats.words import N_
from app.storage.archives import BOMB
from app.storage.refusals import Unwelcome

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that all parts which are read may hold together."""
MOST_ELEMENTS = 2_500_000
"""Elements that they may hold together: half a million cells take two each, and their texts two more."""
MOST_RELATIONS = 2_000
"""As many as an archive may have entries."""
_PIECE = 1 << 16
TOO_MUCH = N_("The workbook holds more than can be read at once. Divide it into several files.")
BROKEN = N_("This workbook cannot be read. Open it, save it again as Excel (.xlsx) and send that.")
LINKED = N_(
    "The workbook takes data from other files or addresses. Remove the links (in Excel: Data, Edit "
    "links) and save it again."
)
EMBEDDED = N_("The workbook has other files or controls inside it. Remove them and save it again.")
_LINKS = ("/externallinks/", "/connections.xml", "/querytables/", "/webextensions/", "/model/")
_EMBEDDED = ("/embeddings/", "/activex/", "/ctrlprops/", "/oleobjects/")
_HARMLESS_TARGET = "hyperlink"
"""Excel makes a link of every address that somebody types; nothing follows it here."""

Attributes = dict[str, str]


class Listener(Protocol):
    """Hears the elements of a part by their local names, and the text of those it wants."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class Parts:
    """The parts of one workbook. Raises Unwelcome wherever it cannot or should not be read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._left = MOST_UNPACKED
        self._elements_left = MOST_ELEMENTS
        _refuse(self._names, _LINKS, LINKED)
        _refuse(self._names, _EMBEDDED, EMBEDDED)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> (kind, part it leads to), of what a part is related to inside the workbook."""
        folder, name = posixpath.split(part)
        listener = _Relations(folder)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in self:
            self.hear(path, listener)
        return listener.found

    def hear(self, part: str, listener: Listener) -> None:
        """Read a whole part."""
        for _ in self.pieces(part, listener):
            pass

    def pieces(self, part: str, listener: Listener) -> Iterator[None]:
        """Read a part piece by piece; whoever listens may act after each."""
        parser = self._parser(listener)
        try:
            with self._open(part) as stream:
                while piece := stream.read(_PIECE):
                    parser.Parse(piece, False)
                    yield
                parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, ValueError, LookupError,
                EOFError, OSError, NotImplementedError, RuntimeError) as fault:  # fmt: skip
            raise Unwelcome(BROKEN) from fault
        yield

    def _open(self, part: str) -> zipfile.ZipExtFile:
        entry = self._archive.getinfo(self._names[part.lower()])
        self._left -= entry.file_size
        if self._left < 0:
            raise Unwelcome(BOMB)
        return self._archive.open(entry)  # type: ignore[return-value]

    def _parser(self, listener: Listener) -> expat.XMLParserType:
        def start(name: str, attributes: Attributes) -> None:
            self._elements_left -= 1
            if self._elements_left < 0:
                raise Unwelcome(TOO_MUCH)
            listener.start(_local(name), {_local(key): each for key, each in attributes.items()})

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: listener.end(_local(name))
        parser.CharacterDataHandler = listener.text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        return parser


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(names: dict[str, str], unwanted: tuple[str, ...], reason: str) -> None:
    if any(part in f"/{name}" for name in names for part in unwanted):
        raise Unwelcome(reason)


def _refuse_document_type(*_: object) -> None:
    raise Unwelcome(BROKEN)


class _Relations:
    """Hears where a part leads; a way out of the workbook is refused, unless it is only a link to click."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External":
            if kind != _HARMLESS_TARGET:
                raise Unwelcome(LINKED)
            return
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
        self.found[attributes.get("Id", "")] = (kind, target.lstrip("/"))
        if len(self.found) > MOST_RELATIONS:
            raise Unwelcome(TOO_MUCH)

    def end(self, name: str) -> None:
        """Nothing stands between a relation's beginning and its end."""

    def text(self, text: str) -> None:
        """A relation holds no text."""
