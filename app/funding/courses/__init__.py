"""A planned course: what it comprises, who takes part, what it costs and who is to pay which line."""
