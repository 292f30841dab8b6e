"""What does the Common Format ask, and how far is it agreed upon?"""
