"""How is a communication drafted by one unit, released to others, answered, taken back and forgotten?"""
