"""How does a draft end that was started by mistake, and how does it come back?"""
