"""Which drawing shows these numbers? SVG made of plain text, always meant to stand beside its table."""

from app.figures.bars import Bar, bars
from app.figures.stacked import Stack, stacked

__all__ = ["Bar", "Stack", "bars", "stacked"]
