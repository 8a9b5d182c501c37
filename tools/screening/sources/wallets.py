"""Addresses of crypto wallets inside running text, told from other words by their check digits."""

import hashlib
import re

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CHECKED = re.compile(rf"(?<![0-9A-Za-z])[13TLMDX][{_BASE58}]{{25,34}}(?![0-9A-Za-z])")
"""Bitcoin, Tron, Litecoin, Dogecoin, Dash: Base58Check."""
_PLAIN = re.compile(
    r"(?<![0-9A-Za-z])(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{11,71}|[48][0-9AB]"
    rf"[{_BASE58}]{{93}})(?![0-9A-Za-z])"
)
"""Ethereum and its kin, Bitcoin's Bech32, Monero: long enough to be nothing else."""
_BODY, _CHECK = 21, 4
"""Bytes of a Base58Check address: version and hash, then the start of their double SHA-256."""


def wallet_addresses(text: str) -> tuple[str, ...]:
    """Give the wallet addresses in a text, as they stand there, each once."""
    checked = (word for word in _CHECKED.findall(text) if _is_base58check(word))
    return tuple(dict.fromkeys((*checked, *_PLAIN.findall(text))))


def _is_base58check(word: str) -> bool:
    number = 0
    for char in word:
        number = number * 58 + _BASE58.index(char)
    if number.bit_length() > (_BODY + _CHECK) * 8:
        return False
    data = number.to_bytes(_BODY + _CHECK, "big")
    body, check = data[:_BODY], data[_BODY:]
    return hashlib.sha256(hashlib.sha256(body).digest()).digest()[:_CHECK] == check
