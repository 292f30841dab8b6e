"""Records that arrive by letter, e-mail or telephone, and are drafted for the country that sent them."""
