"""Organisations of the Conference, their units, and who acts for them in which role."""
