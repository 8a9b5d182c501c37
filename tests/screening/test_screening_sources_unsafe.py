"""Published lists that are cut off, foreign, unsafe or broken are refused whole."""

from collections.abc import Callable

import pytest

from casegate.errors import ListRefused
from tests.screening.published import (
    ADVANCED,
    EU,
    UK,
    UN,
    advanced,
    eu,
    un,
)
from tools.screening.sources import ParsedList
from tools.screening.sources.uk import parse_uk

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<{root}><x>&b;</x></{root}>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE b SYSTEM "file:///etc/passwd"><{root}></{root}>'


@pytest.mark.parametrize(
    ("parse", "good", "root"),
    [(eu, EU, "export"), (advanced, ADVANCED, "Sanctions"), (un, UN, "CONSOLIDATED_LIST")],
    ids=["eu", "advanced", "un"],
)
@pytest.mark.parametrize("kind", ["half", "end", "root", "bomb", "external", "nothing", "page"])
def test_xml_that_is_cut_off_foreign_or_unsafe_is_refused(
    parse: Callable[[bytes], ParsedList], good: bytes, root: str, kind: str
) -> None:
    data = {
        "half": good[: len(good) // 2],
        "end": good[:-12],
        "root": good.replace(root.encode(), b"Something"),
        "bomb": BOMB.replace("{root}", root).encode(),
        "external": EXTERNAL.replace("{root}", root).encode(),
        "nothing": b"",
        "page": b"<html><body>Service unavailable</body></html>",
    }[kind]
    with pytest.raises(ListRefused):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [
        EU.replace(b'logicalId="990002"', b'logicalId="990001"'),
        EU.replace(b'logicalId="990002"', b'logicalId=""'),
        EU.replace(b'code="enterprise" classificationCode="E"', b'code="ghost"'),
        EU.replace(b'wholeName="Thistle and Nettle Trading"', b'wholeName=""'),
    ],
    ids=["doubled id", "no id", "unknown kind", "no name"],
)
def test_an_eu_entry_that_can_t_be_read_refuses_the_list(data: bytes) -> None:
    with pytest.raises(ListRefused):
        eu(data)


@pytest.mark.parametrize(
    "data",
    [
        ADVANCED.replace(b'FixedRef="9002">', b'FixedRef="9001">').replace(
            b'<Profile ID="9002"', b'<Profile ID="9001"'
        ),
        ADVANCED.replace(b'ProfileID="9002" ListID', b'ProfileID="9999" ListID'),
        ADVANCED.replace(b'<AliasType ID="1403">Name</AliasType>', b""),
        ADVANCED.replace(b'CountryID="11073"', b'CountryID="99"'),
        ADVANCED.replace(b">SEA THISTLE<", b"><"),
        ADVANCED[: ADVANCED.index(b"<SanctionsEntries>")] + b"</Sanctions>",
    ],
    ids=["doubled", "entry of nobody", "no word", "no country", "no name", "no entries"],
)
def test_an_advanced_list_that_points_at_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(ListRefused):
        advanced(data)


@pytest.mark.parametrize(
    "data",
    [
        UK[: len(UK) // 2],
        UK.replace(b"Unique ID", b"Key"),
        UK.replace(b"EXA0003", b""),
        UK.replace(b",Ship,", b",Starship,"),
        UK.replace(b"EXA0003", b"EXA0002"),
        UK.replace(b"SEA THISTLE", b""),
        b"<html><body>Service unavailable</body></html>",
        b"",
        UK + b'"never closed',
    ],
    ids=["cut off", "another header", "no key", "unknown kind", "two kinds", "no name",
         "an error page", "empty", "an open quotation"],
)  # fmt: skip
def test_a_uk_list_that_can_t_be_read_to_its_end_is_refused(data: bytes) -> None:
    with pytest.raises(ListRefused):
        parse_uk(data)
