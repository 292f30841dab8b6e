"""A group's needs on their way to sponsors as one summary, each by its own country's word."""
