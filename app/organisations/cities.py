"""Which towns tell a reader of which country a text speaks?

The capital, the larger towns and the well-known border crossings of each member country. A town whose
name is a word as well (Colón, León, Limón, Progreso), or a country, is left out: it would refuse what
tells nobody. What only adds a word to the country's own name (Ciudad de México) is found by that name.
"""

from __future__ import annotations

CITIES: dict[str, tuple[str, ...]] = {
    "BZ": ("Belmopán", "Belmopan", "San Ignacio", "Orange Walk", "Corozal", "Dangriga",
           "Punta Gorda", "Benque Viejo"),
    "CA": ("Ottawa", "Toronto", "Montreal", "Vancouver", "Quebec", "Calgary", "Edmonton", "Winnipeg",
           "Ontario"),
    "CR": ("San José", "Alajuela", "Heredia", "Cartago", "Puntarenas", "Puerto Limón", "Guanacaste", "Peñas Blancas", "Paso Canoas"),
    "DO": ("Santo Domingo", "Santiago de los Caballeros", "Punta Cana", "Puerto Plata",
           "San Pedro de Macorís", "Higüey", "Dajabón", "Jimaní", "Boca Chica"),
    "GT": ("Quetzaltenango", "Huehuetenango", "Escuintla", "Cobán", "Mixco", "Villa Nueva", "Chiquimula",
           "Puerto Barrios", "Tecún Umán", "Petén"),
    "HN": ("Tegucigalpa", "San Pedro Sula", "La Ceiba", "Choluteca", "Comayagua", "Puerto Cortés",
           "Ocotepeque", "Choloma", "Roatán"),
    "MX": ("Guadalajara", "Monterrey", "Tijuana", "Ciudad Juárez", "Tapachula", "Puebla", "Cancún",
           "Nuevo Laredo", "Reynosa", "Matamoros", "Mexicali", "Oaxaca", "Veracruz", "Chiapas", "Tenosique",
           "Villahermosa", "Acapulco", "Querétaro", "Hermosillo"),
    "NI": ("Managua", "Matagalpa", "Chinandega", "Estelí", "Masaya", "Bluefields", "Jinotega",
           "Ocotal"),
    "PA": ("Tocumen", "San Miguelito", "Chiriquí", "Penonomé", "La Chorrera", "Puerto Armuelles",
           "Darién", "Paso Canoas"),
    "SV": ("San Salvador", "Santa Ana", "San Miguel", "Santa Tecla", "Soyapango", "Sonsonate",
           "Ahuachapán", "Acajutla", "La Hachadura"),
    "US": ("Washington", "Nueva York", "New York", "Los Ángeles", "Miami", "Houston", "Chicago",
           "San Diego", "San Francisco", "San Antonio", "Dallas", "California", "Texas", "Arizona"),
}  # fmt: skip
"""Country -> its towns, as Spanish and English write them; accents and capitals do not matter."""
