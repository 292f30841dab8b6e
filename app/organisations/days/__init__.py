"""On which days does a country not work, so that no period of working days counts them?"""
