"""How do cases leave for, and come from, whoever keeps them in the columns of the HTCDS standard?"""
