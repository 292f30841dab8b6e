"""The second factor: what somebody has besides a password, and whether they gave it lately.

Other features use `require_fresh` in actions, `take_factor` in views and `ui.factor` in forms.
"""

from app.accounts.factors.freshness import FactorNeeded, is_fresh, require_fresh
from app.accounts.factors.taking import take_factor

__all__ = ["FactorNeeded", "is_fresh", "require_fresh", "take_factor"]
