"""How do needs find whoever pays, teaches or hosts, and become courses that take place?"""
