"""By which codes and names are countries written?"""

from __future__ import annotations

from functools import cache

import pycountry


@cache
def alpha3(alpha2: str) -> str:
    """The three letters of a country in references, such as HND. Raises LookupError."""
    country = pycountry.countries.get(alpha_2=alpha2)
    if country is None:
        raise LookupError(alpha2)
    return country.alpha_3
