"""Training needs: the pages, lists and facts of the first form."""
