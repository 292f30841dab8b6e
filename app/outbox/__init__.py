"""Which messages were promised, and were they delivered?"""
