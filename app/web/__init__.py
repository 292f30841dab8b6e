"""How does a request travel from the door to a committed answer?"""
