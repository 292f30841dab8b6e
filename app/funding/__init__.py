"""How do needs find whoever pays, teaches or hosts? Offers, and what comes of them."""
