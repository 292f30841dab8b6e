"""How is what a case says of persons kept so that the database alone does not hold it?"""
