"""Which drawing shows these numbers? SVG made of plain text, always meant to stand beside its table."""

from app.figures.bars import Bar, bars
from app.figures.gap import GAP_WORDS, GapLine, GapWords, gap, gap_stacks
from app.figures.grid import GridCell, GridColumn, GridRow, grid
from app.figures.stacked import Stack, Tone, described, stacked

__all__ = [
    "GAP_WORDS", "Bar", "GapLine", "GapWords", "GridCell", "GridColumn", "GridRow", "Stack", "Tone",
    "bars", "described", "gap", "gap_stacks", "grid", "stacked",
]  # fmt: skip
