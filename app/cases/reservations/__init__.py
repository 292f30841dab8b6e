"""What does a country reserve of cases: the legal text, and the rule by which Enlace obeys it?"""
