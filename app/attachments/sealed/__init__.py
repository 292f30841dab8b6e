"""How are files kept of which nobody but their holder may know anything, not even the name?"""
