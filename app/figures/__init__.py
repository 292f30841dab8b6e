"""Which drawing shows these numbers? SVG made of plain text, always meant to stand beside its table."""

from app.figures.bars import Bar, bars
from app.figures.gap import GAP_WORDS, GapLine, GapWords, gap
from app.figures.stacked import Stack, Tone, stacked

__all__ = ["GAP_WORDS", "Bar", "GapLine", "GapWords", "Stack", "Tone", "bars", "gap", "stacked"]
