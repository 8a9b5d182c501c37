"""Samples of published lists, and their loaders, for tests."""

from pathlib import Path

from tools.screening.sources import ParsedList
from tools.screening.sources.eu import parse_eu
from tools.screening.sources.ofac_advanced import parse_advanced
from tools.screening.sources.un import parse_un

SAMPLES = Path(__file__).parent / "samples"
"""Invented entries in the bytes of the published formats."""
EU = (SAMPLES / "eu.xml").read_bytes()
UK = (SAMPLES / "uk.csv").read_bytes()
OFSI = (SAMPLES / "conlist.csv").read_bytes()
ADVANCED = (SAMPLES / "sdn_advanced.xml").read_bytes()
UN = (SAMPLES / "un.xml").read_bytes()
SDN = (SAMPLES / "sdn.csv").read_bytes()
BECH32 = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
WALLET = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"


def eu(data: bytes) -> ParsedList:
    """Read the EU's list."""
    return parse_eu(data, around=1)


def advanced(data: bytes) -> ParsedList:
    """Read OFAC's advanced list."""
    return parse_advanced(data, around=1)


def un(data: bytes) -> ParsedList:
    """Read the UN's list."""
    return parse_un(data, around=1)
