"""In which region of the world is a country? UN M49, by ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from collections.abc import Mapping

AMERICAS = "019"
_COUNTRIES = {
    "002": "DZ EG EH LY MA SD TN BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW "
    "AO CD CF CG CM GA GQ ST TD BW LS NA SZ ZA BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "003": "BM CA GL PM US",
    "005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "013": "BZ CR GT HN MX NI PA SV",
    "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "030": "CN HK JP KP KR MN MO TW",
    "034": "AF BD BT IN IR LK MV NP PK",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "143": "KG KZ TJ TM UZ",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "150": "BG BY CZ HU MD PL RO RU SK UA AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ "
    "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA AT BE CH DE FR LI LU MC NL",
    "009": "AU CC CX HM NF NZ FJ NC PG SB VU FM GU KI MH MP NR PW UM AS CK NU PF PN TK TO TV WF WS",
}
"""Code of a region -> its countries. Of the Americas "003" is their north without Central America and the
Caribbean (M49 021). Taiwan, which M49 does not list, stands with East Asia; Antarctica stands nowhere."""
IN_AMERICAS = frozenset({"003", "005", "013", "029"})
REGIONS: Mapping[str, str] = {
    country: region for region, countries in _COUNTRIES.items() for country in countries.split()
}
"""Country -> region."""


def is_american(country: str) -> bool | None:
    """Whether a country is in the Americas (M49 019); None for what is no country."""
    region = REGIONS.get(country)
    return None if region is None else region in IN_AMERICAS
