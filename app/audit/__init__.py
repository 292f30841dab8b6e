"""What happened, in which order, and has anybody changed the record of it?"""
