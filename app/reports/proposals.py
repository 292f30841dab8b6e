"""With which proposals does an edition begin, for the Secretariat to amend?

In the manner of the network's recommendations, and naming no country: members read the same text, and
beside a need whose country is not named a list of those who answered could tell which one it is.
"""

from __future__ import annotations

from app.formats.spec import Text

FIRST = Text(
    """\
Agradecer a los países que remitieron sus necesidades de capacitación a la Secretaría Técnica.

Tomar nota de la recopilación elaborada por la Secretaría Técnica, con el contenido temático, \
el perfil y la cantidad de participantes y la duración.

Instar a los países que aún no lo han hecho a remitir sus necesidades por medio de la \
Secretaría Técnica.

Solicitar a la Secretaría Técnica que, con base en esta recopilación, identifique posibles \
auspiciadores e informe de ello en la próxima reunión.""",
    """\
To thank the countries that sent their training needs to the Technical Secretariat.

To take note of the compilation prepared by the Technical Secretariat, with thematic content, \
participant profile and number, and duration.

To urge the countries that have not yet done so to send their needs through the Technical \
Secretariat.

To request the Technical Secretariat to identify possible sponsors on the basis of this \
compilation and to report on it at the next meeting.""",
)
