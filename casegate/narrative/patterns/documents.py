"""Sentences about documents, agreement between sources, and ownership."""

from casegate.narrative.patterns.base import ALL, BODY, HIT, KYC, NO_FILE, SAR, Pattern

_IDENTITY = frozenset({SAR, KYC, HIT})
_PAPERS = frozenset({KYC, HIT})
_FUNDS = frozenset({SAR, NO_FILE, KYC})
_SOURCES = frozenset({SAR, KYC, HIT})
_REGISTERED = "The {document} on file shows {party} registered under number {number}"

PATTERNS: tuple[Pattern, ...] = (
    Pattern("document_identity.birth", ("document_identity",), _IDENTITY, BODY, 30,
            "The {document} on file shows {party}, born on {birth}."),
    Pattern("document_identity.plain", ("document_identity",), _IDENTITY, BODY, 31,
            "The {document} on file shows {party}."),
    Pattern("document_identity.validity", ("document_identity",), _IDENTITY, BODY, 32,
            "The {document} on file for {party} bears the number {number} and is valid until "
            "{expiry}."),
    Pattern("document_identity.number", ("document_identity",), _IDENTITY, BODY, 33,
            "The {document} on file for {party} bears the number {number}."),
    Pattern("document_identity.expiry", ("document_identity",), _IDENTITY, BODY, 34,
            "The {document} on file for {party} is valid until {expiry}."),
    Pattern("document_identity.country", ("document_identity",), _IDENTITY, BODY, 35,
            "The {document} on file for {party} names {country} as country."),
    Pattern("document_address.dated", ("document_address",), _PAPERS, BODY, 36,
            "The {document} on file, dated {date}, shows {party} at {address}."),
    Pattern("document_address.plain", ("document_address",), _PAPERS, BODY, 37,
            "The {document} on file shows {party} at {address}."),
    Pattern("document_funds.full", ("document_funds",), _FUNDS, BODY, 40,
            "The {document} on file for {party}, dated {date}, names {source} as the origin of "
            "{amount}."),
    Pattern("document_funds.party_amount", ("document_funds",), _FUNDS, BODY, 41,
            "The {document} on file for {party} names {source} as the origin of {amount}."),
    Pattern("document_funds.dated_amount", ("document_funds",), _FUNDS, BODY, 42,
            "The {document} on file, dated {date}, names {source} as the origin of {amount}."),
    Pattern("document_funds.amount", ("document_funds",), _FUNDS, BODY, 43,
            "The {document} on file names {source} as the origin of {amount}."),
    Pattern("document_funds.party_dated", ("document_funds",), _FUNDS, BODY, 44,
            "The {document} on file for {party}, dated {date}, names {source} as the source of "
            "funds."),
    Pattern("document_funds.party", ("document_funds",), _FUNDS, BODY, 45,
            "The {document} on file for {party} names {source} as the source of funds."),
    Pattern("document_funds.dated", ("document_funds",), _FUNDS, BODY, 46,
            "The {document} on file, dated {date}, names {source} as the source of funds."),
    Pattern("document_funds.plain", ("document_funds",), _FUNDS, BODY, 47,
            "The {document} on file names {source} as the source of funds."),
    Pattern("document_registration.full", ("document_registration",), _SOURCES, BODY, 50,
            _REGISTERED + " on {date} in {country}."),
    Pattern("document_registration.date", ("document_registration",), _SOURCES, BODY, 51,
            _REGISTERED + " on {date}."),
    Pattern("document_registration.country", ("document_registration",), _SOURCES, BODY, 52,
            _REGISTERED + " in {country}."),
    Pattern("document_registration.plain", ("document_registration",), _SOURCES, BODY, 53,
            _REGISTERED + "."),
    Pattern("attribute_agrees.sources", ("attribute_agrees",), _PAPERS, BODY, 60,
            "The {attribute} of {party} agrees across {count} {count|source|sources}."),
    Pattern("attribute_conflict.values", ("attribute_conflict",), _SOURCES, BODY, 61,
            'The {attribute} of {party} differs between sources: "{first}" against "{second}".'),
    Pattern("owner_control.share", ("owner", "control"), ALL, BODY, 64,
            "{owner.party} holds {owner.share} of {owner.company} and controls it.",
            shared=(("owner.party", "control.party"), ("owner.company", "control.company"))),
    Pattern("owner.share", ("owner",), ALL, BODY, 65, "{party} holds {share} of {company}."),
    Pattern("control.plain", ("control",), ALL, BODY, 66, "{party} controls {company}."),
)  # fmt: skip
