"""Where a paper comes from: its country, its language, how it writes dates and money."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument
from typing import Any

from evals.papers import pools
from evals.papers.pools import options, pick, table

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
}
SHORT_MONTHS = tuple(month[:3] for month in MONTHS["en"].split())
_HEADINGS = frozenset(
    {
        "passport", "identity_card", "driving_licence", "bill", "bank_letter", "tax_notice",
        "tenancy", "statement", "payslip", "certificate", "register", "articles", "ownership",
        "application", "invoice", "receipt", "funds_letter", "day", "details", "amount", "balance",
        "money_out", "money_in", "item", "quantity", "consumption",
    }
)  # fmt: skip
"""What a paper calls itself, and the heads of its tables, stand there in its own language."""
TODAY = date(2026, 11, 8)
"""The day on which every paper is handed in."""


@dataclass
class Setting:
    """The conventions of one paper."""

    rng: Random
    held: bool
    code: str
    """ISO 3166-1 alpha-2."""
    second: str | None = None
    """A second language for labels."""
    date_form: str = ""
    money_form: str = ""
    third: str | None = None
    """A third one, as on passports."""
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def country(self) -> dict[str, Any]:
        """Give the country's own words."""
        return pools.country(self.code, self.held)

    @property
    def language(self) -> str:
        """Give the paper's language."""
        return str(self.country["language"])

    def pick(self, key: str) -> str:
        """Choose one of the country's words."""
        return pick(self.rng, self.country[key])

    def issuer(self, kind: str) -> str:
        """Choose a word by country and language, such as an issuer's name."""
        own = pools.country_words(self.code, "issuers", kind, self.held)
        common = options(table("issuers", self.held)[kind][self.language])
        return pools.choose(self.rng, own, common, self.held)

    def authority(self, kind: str = "authority") -> str:
        """Choose who issues identity papers, or licences (`licence_authority`)."""
        if own := pools.country_words(self.code, "issuers", kind, self.held):
            return self.rng.choice(own)
        return self.issuer("tax").partition(" - ")[0]

    def prose(self, kind: str) -> str:
        """Choose a sentence of a kind by country and language."""
        own = pools.country_words(self.code, "prose", kind, self.held)
        common = table("prose", self.held)[kind][self.language]
        return pools.choose(self.rng, own, common, self.held)

    def whole(self, kind: str) -> list[str]:
        """Choose a whole text of a kind in the paper's language, sentence by sentence."""
        return list(self.rng.choice(table("prose", self.held)[kind][self.language]))

    def label(self, concept: str) -> str:
        """Name a value, in two languages where the paper does; the same all through a paper."""
        if concept not in self.labels:
            own = pools.label(self.rng, self.language, concept, self.held, code=self.code)
            if " / " not in own:
                own = " / ".join((own, *self._others(concept, own)))
            self.labels[concept] = own
        return self.labels[concept]

    def _others(self, concept: str, own: str) -> list[str]:
        """Name a value in the paper's other languages, where that isn't the same again."""
        named = [own.lower()]
        others = []
        plain = concept not in _HEADINGS or (self.held and concept == "passport")
        for language in filter(None, (self.second, self.third)):
            if plain and concept in table(f"labels_{language}"):
                other = pools.label(self.rng, language, concept, self.held)
                if other.lower() not in named:
                    others.append(other)
                    named.append(other.lower())
        return others

    def day(self, day: date) -> str:
        """Print a day."""
        month = MONTHS[self.language].split()[day.month - 1]
        last = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return self.date_form.format(
            d=day.day, dd=f"{day.day:02d}", m=day.month, mm=f"{day.month:02d}", y=day.year,
            month=month, mon=SHORT_MONTHS[day.month - 1], MON=SHORT_MONTHS[day.month - 1].upper(),
            own=month[:3].upper(),
            th="th" if 11 <= day.day <= 13 else last,
        )  # fmt: skip

    def number(self, amount: Decimal) -> str:
        """Print an amount without its currency."""
        group = self.country["group"]
        decimal = "." if group in {",", "'"} else ","
        plain = f"{abs(amount):,.2f}".replace(",", "G").replace(".", decimal).replace("G", group)
        return ("-" if amount < 0 else "") + plain

    def money(self, amount: Decimal) -> str:
        """Print an amount with its currency."""
        return self.money_form.format(self.number(amount))

    def recent(self, days: int = 85) -> date:
        """Choose a day shortly before the papers are handed in."""
        return TODAY - timedelta(days=self.rng.randint(2, days))


def make_setting(
    rng: Random, *, held: bool, code: str, second: str | None = None, third: str | None = None,
    dates: str = "dates",
) -> Setting:  # fmt: skip
    """Choose the conventions of one paper; `dates` names the days' forms, if its country has it."""
    made = Setting(rng, held, code, second, third=third)
    made.date_form = pick(rng, made.country.get(dates, made.country["dates"]))
    made.money_form = pick(rng, made.country["money"])
    return made
