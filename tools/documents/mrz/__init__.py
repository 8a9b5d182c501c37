"""Machine readable zones of travel documents, by ICAO 9303. Nothing is made to fit."""

from tools.documents.mrz.find import find_zone
from tools.documents.mrz.zone import Part, Zone

__all__ = ["Part", "Zone", "find_zone"]
