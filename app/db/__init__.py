"""How is what Enlace knows stored, and which walls stand around it?"""
