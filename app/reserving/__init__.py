"""Who may be told what of a case? Reservations of countries, marks, classes and the law, most restrictive first."""
