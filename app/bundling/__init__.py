"""Which regional courses serve most need for the money and hosts offered, and what does that leave unserved?"""
