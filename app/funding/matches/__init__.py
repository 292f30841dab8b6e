"""Which offers fit which needs, why, and by which weights was that said?"""
