"""How do the tests reach the supervisor without loading the whole application with it?"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "app" / "cli" / "supervisor.py"

_spec = importlib.util.spec_from_file_location("enlace_supervisor", PATH)
assert _spec is not None
assert _spec.loader is not None
supervisor = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = supervisor  # dataclasses look their module up there
_spec.loader.exec_module(supervisor)

die_with_parent = supervisor.die_with_parent
