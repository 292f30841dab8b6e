"""How does whoever drafted tell whoever certifies that a draft is ready?"""
