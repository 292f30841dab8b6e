"""Which organisations does the Conference consist of, as far as its public sources say?

Members and observers as `docs/roles.md` names their sources; sponsors as the demonstration of May 2004
needs them. Names of observers are translations of ours where no official one was found.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.policy.actor import OrganisationKind


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An organisation to admit."""

    key: str
    kind: OrganisationKind
    name_es: str
    name_en: str
    country: str | None = None
    zone: str = "America/Panama"


def _delegation(country: str, name_es: str, name_en: str, zone: str) -> Entry:
    return Entry(
        key=country.lower(), kind=OrganisationKind.DELEGATION, country=country, name_es=name_es,
        name_en=name_en, zone=zone,
    )  # fmt: skip


def _sponsor(key: str, name_es: str, name_en: str, country: str | None = None,
             zone: str = "America/Panama") -> Entry:  # fmt: skip
    return Entry(
        key=key, kind=OrganisationKind.SPONSOR, country=country, name_es=name_es, name_en=name_en,
        zone=zone,
    )  # fmt: skip


def _observer(key: str, name_es: str, name_en: str, country: str | None = None,
              zone: str = "America/Panama") -> Entry:  # fmt: skip
    return Entry(
        key=key, kind=OrganisationKind.OBSERVER, country=country, name_es=name_es,
        name_en=name_en, zone=zone,
    )  # fmt: skip


SECRETARIAT = Entry(
    key="st", kind=OrganisationKind.SECRETARIAT, name_es="Secretaría Técnica",
    name_en="Technical Secretariat",
)  # fmt: skip

DELEGATIONS = (
    _delegation("BZ", "Belice", "Belize", "America/Belize"),
    _delegation("CA", "Canadá", "Canada", "America/Toronto"),
    _delegation("CR", "Costa Rica", "Costa Rica", "America/Costa_Rica"),
    _delegation("SV", "El Salvador", "El Salvador", "America/El_Salvador"),
    _delegation("US", "Estados Unidos", "United States", "America/New_York"),
    _delegation("GT", "Guatemala", "Guatemala", "America/Guatemala"),
    _delegation("HN", "Honduras", "Honduras", "America/Tegucigalpa"),
    _delegation("MX", "México", "Mexico", "America/Mexico_City"),
    _delegation("NI", "Nicaragua", "Nicaragua", "America/Managua"),
    _delegation("PA", "Panamá", "Panama", "America/Panama"),
    _delegation("DO", "República Dominicana", "Dominican Republic", "America/Santo_Domingo"),
)

SPONSORS = (
    _sponsor("ca.sponsor", "Canadá, cooperación", "Canada, cooperation", "CA", "America/Toronto"),
    _sponsor("us.sponsor", "Estados Unidos, cooperación", "United States, cooperation", "US",
             "America/New_York"),
    _sponsor("mx.sponsor", "México, cooperación", "Mexico, cooperation", "MX", "America/Mexico_City"),
    _sponsor("iom", "Organización Internacional para las Migraciones (OIM)",
             "International Organization for Migration (IOM)", None, "America/Costa_Rica"),
    _sponsor("unhcr", "Alto Comisionado de las Naciones Unidas para los Refugiados (ACNUR)",
             "United Nations High Commissioner for Refugees (UNHCR)"),
)  # fmt: skip

PRESIDENCY = Entry(
    key="ppt", kind=OrganisationKind.PRESIDENCY, name_es="Presidencia Pro Témpore",
    name_en="Pro Tempore Presidency",
)  # fmt: skip

OBSERVERS = (
    _observer("ar", "Argentina", "Argentina", "AR", "America/Argentina/Buenos_Aires"),
    _observer("co", "Colombia", "Colombia", "CO", "America/Bogota"),
    _observer("ec", "Ecuador", "Ecuador", "EC", "America/Guayaquil"),
    _observer("jm", "Jamaica", "Jamaica", "JM", "America/Jamaica"),
    _observer("pe", "Perú", "Peru", "PE", "America/Lima"),
    _observer("iom.observer", "OIM, observador", "IOM, observer", None, "America/Costa_Rica"),
    _observer("unhcr.observer", "ACNUR, observador", "UNHCR, observer"),
    _observer("eclac", "Comisión Económica para América Latina y el Caribe (CEPAL-CELADE)",
              "Economic Commission for Latin America and the Caribbean (ECLAC-CELADE)"),
    _observer("iachr", "Comisión Interamericana de Derechos Humanos (CIDH)",
              "Inter-American Commission on Human Rights (IACHR)", None, "America/New_York"),
    _observer("un.migrants", "Relatoría Especial de la ONU sobre los derechos humanos de los migrantes",
              "UN Special Rapporteur on the human rights of migrants", None, "Europe/Zurich"),
    _observer("sica", "Sistema de la Integración Centroamericana (SICA)",
              "Central American Integration System (SICA)", None, "America/El_Salvador"),
    _observer("unfpa", "Fondo de Población de las Naciones Unidas (UNFPA)",
              "United Nations Population Fund (UNFPA)"),
    _observer("segib", "Secretaría General Iberoamericana (SEGIB)",
              "Ibero-American General Secretariat (SEGIB)", None, "Europe/Madrid"),
    _observer("icrc", "Comité Internacional de la Cruz Roja (CICR)",
              "International Committee of the Red Cross (ICRC)", None, "America/Mexico_City"),
    _observer("unicef", "Fondo de las Naciones Unidas para la Infancia (UNICEF)",
              "United Nations Children's Fund (UNICEF)"),
    _observer("ilo", "Organización Internacional del Trabajo (OIT)",
              "International Labour Organization (ILO)", None, "America/Costa_Rica"),
    _observer("undp", "Programa de las Naciones Unidas para el Desarrollo (PNUD)",
              "United Nations Development Programme (UNDP)"),
    _observer("unodc", "Oficina de las Naciones Unidas contra la Droga y el Delito (UNODC)",
              "United Nations Office on Drugs and Crime (UNODC)"),
)  # fmt: skip

CIVIL_SOCIETY = Entry(
    key="rrocm", kind=OrganisationKind.CIVIL_SOCIETY,
    name_es="Red Regional de Organizaciones Civiles para las Migraciones (RROCM)",
    name_en="Regional Network of Civil Organizations on Migration (RNCOM)",
)  # fmt: skip

OPERATOR = Entry(
    key="operator", kind=OrganisationKind.OPERATOR, name_es="Operación del servidor",
    name_en="Server operations",
)  # fmt: skip

ALL = (*DELEGATIONS, *SPONSORS, PRESIDENCY, *OBSERVERS, CIVIL_SOCIETY, OPERATOR)
"""Everything but the Secretariat, which admits them."""
