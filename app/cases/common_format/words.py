"""What is each class of answers called on the pages of cases?"""

from __future__ import annotations

from app.formats.spec import Klass
from app.formats.words import N_

CLASS_WORDS = {
    Klass.PUBLIC: N_("public"),
    Klass.MEMBERS: N_("for members"),
    Klass.RESTRICTED: N_("restricted"),
    Klass.PERSONAL: N_("personal"),
    Klass.SECRET: N_("secret"),
}
