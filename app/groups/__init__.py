"""Similar needs of several countries, looked at together: what is proposed, and what a person groups."""
