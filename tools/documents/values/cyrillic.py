"""How Cyrillic names are written in Latin letters."""

# ruff: noqa: RUF001 - the letters that look like Latin ones are meant

# ICAO 9303-3 section 6.B (passports), and the English usage where it differs.
_ICAO = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "ie", "ы": "y", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i",
    "є": "ie", "ґ": "g",
    "ь": "",
}  # fmt: skip
CYRILLIC = (
    str.maketrans(_ICAO),
    str.maketrans(_ICAO | {"й": "y", "ю": "yu", "я": "ya", "ъ": "", "ї": "yi", "є": "ye"}),
)
"""As passports write them, and as English texts do."""
