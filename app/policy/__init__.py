"""May this person do this to that record? One table answers, everybody else asks."""
