"""Which colours may a drawing use? Those of the look, each legible on white and on paper."""

from __future__ import annotations

INK = "#16213a"
TEAL = "#0b5563"
TEAL_LIGHT = "#6aa5ae"
MARIGOLD = "#f4b41a"
MUTED = "#52606d"
EDGE = "#6b7885"
LINE = "#d9dfdc"
WHITE = "#ffffff"
