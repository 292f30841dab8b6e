"""What is said in the place of an answer that a reader does not see whole?"""

from __future__ import annotations

from app.formats.words import N_

STATE_WORDS = {
    "masked": N_("shown in part only"),
    "reserved_by_sender": N_("reserved by the country that sends it"),
    "reserved_by_receiver": N_("reserved by the country that receives it"),
    "not_provided": N_("not provided"),
}
