"""How is a communication forgotten before its day, when two persons want it so?"""
