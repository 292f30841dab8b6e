"""How well does an offer fit a need or a group of needs, and why? Pure: no database, no framework."""
