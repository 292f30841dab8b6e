"""How do units of two countries exchange information on cases under the Common Format?"""
