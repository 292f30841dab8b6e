"""How is an answer of class personal or secret written, kept and opened?"""
