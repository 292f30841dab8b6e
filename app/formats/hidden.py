"""How does a document say that something was answered here, and is sealed (or told in part: in_part.py)?

In the place of the answer stands a mark: in a draft the words that were seen (draft and revision), in a
certified version what was committed to. A mark tells that an answer changed, and nothing of what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.formats import in_part

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, ERASED = "sealed", "erased"
_WORDS = {"es": "sellado", "en": "sealed"}
_GONE = {"es": "borrado para siempre", "en": "erased for good"}


def hidden(mark: str, *, is_erased: bool = False) -> dict[str, Any]:
    """What stands in a document for a sealed answer."""
    return {KEY: mark, ERASED: True} if is_erased else {KEY: mark}


def is_hidden(value: Any) -> bool:
    """Whether this stands for a sealed answer. No kind of answer is kept like it."""
    return isinstance(value, dict) and KEY in value


def without_hidden(value: Any) -> Any:
    """An answer, or the rows of a table, as far as it can be read: what is worked out from it."""
    if isinstance(value, list):
        return [without_hidden(each) for each in value]
    if is_hidden(value):
        return None
    if isinstance(value, Mapping):
        return {key: each for key, each in value.items() if not is_hidden(each)}
    return value


def stands_in(value: Any) -> bool:
    """Whether this stands in the place of an answer and is none itself."""
    return is_hidden(value) or in_part.mask_of(value) is not None or in_part.is_reserved(value)


def erased(value: Any) -> Any:
    """A document, or a part of it, whose sealed answers are told as erased."""
    if is_hidden(value):
        return hidden(value[KEY], is_erased=True)
    if isinstance(value, list):
        return [erased(each) for each in value]
    if isinstance(value, Mapping):
        return {key: erased(each) for key, each in value.items()}
    return value


def words(value: Any, lang: str) -> str:
    """What is read in the place of an answer; of a sealed one neither its length nor that it is long."""
    if not is_hidden(value) and not _looks_hidden(value):
        return in_part.words(value, lang)
    told = _GONE if value.get(ERASED) else _WORDS
    return told["es" if lang.startswith("es") else "en"]


def _looks_hidden(value: Any) -> bool:
    """Whether it is told like any sealed answer: what is left of it may not be known to be a part."""
    return in_part.is_unopened(value) and not in_part.says_so(value)


def _telling_nothing(method: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def answer(kind: Any, value: Any, *more: Any) -> Any:
        return instead(value, *more) if stands_in(value) else method(kind, value, *more)

    return answer


_INSTEAD: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "dump": lambda value, field, locale: [],
    "show": lambda value, field, lang, locale: words(value, lang),
    "cell": lambda value, field, lang: words(value, lang),
    "is_answered": lambda value: not in_part.is_reserved(value),
    "is_complete": lambda value: True,
    "holds": lambda value: frozenset(),
})  # fmt: skip


def tell_nothing(kind: type) -> None:
    """Make a kind of answer tell of one that is sealed or told in part what stands there, and no more."""
    for name, instead in _INSTEAD.items():
        if name in vars(kind):
            setattr(kind, name, _telling_nothing(vars(kind)[name], instead))
