"""The parts of a score and how a person reads them."""

from tools.screening.comparing import NAME

SAME_NUMBER = "identifier_match"
SPELLING = "spelling_match"
WORDING = "wording_match"
SOUND = "sound_match"
"""The features beside the matcher's own: see `spelling_weight`, `wording` and `sound` in the
policy."""
NAME_FEATURES = (NAME, SPELLING, WORDING, SOUND)
FEATURE_WORDS = {
    NAME: "names, word by word with known spellings, nicknames and initials",
    SPELLING: "letters of the whole name",
    WORDING: "words of the name, rare ones counting more",
    SOUND: "consonants of the name in Arabic script",
    "weak_alias_match": "the same weak alias",
    SAME_NUMBER: "the same identification number",
    "lei_code_match": "the same LEI",
    "bic_code_match": "the same BIC",
    "ogrn_code_match": "the same OGRN",
    "inn_code_match": "the same INN",
    "uei_code_match": "the same UEI",
    "npi_code_match": "the same NPI",
    "isin_security_match": "the same ISIN",
    "vessel_imo_mmsi_match": "the same IMO or MMSI number",
    "crypto_wallet_address": "the same wallet",
    "address_entity_match": "the same address",
    "address_prop_match": "the address agrees",
    "country_mismatch": "another country",
    "dob_year_disjoint": "another year of birth",
    "dob_day_disjoint": "another day of birth",
    "gender_mismatch": "another gender",
}
"""How a person reads each part of a score."""
