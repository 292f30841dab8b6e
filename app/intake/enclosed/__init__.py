"""How are the files of a sensitive record added, removed and opened?"""
