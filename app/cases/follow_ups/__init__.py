"""What becomes of a child who travels with somebody without a family link, and of that person?"""
