"""How fast is Enlace beside the smallest honest program for the same work?"""
