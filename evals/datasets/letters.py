"""Letters in free prose: the origin of money told in words that no fixed phrase covers.

Each is a person's account opening whose printed letter is replaced, so that the reader has to ask
the model. The truth lists every wording of the origin that is a faithful copy.
"""

from dataclasses import dataclass, replace
from random import Random  # noqa: TID251 - seeded here, so that equal seeds give equal letters

from examples.bundle import Bundle
from examples.generate import make_bundle

FILENAME = "letter.txt"
REPLACED = "source-of-funds-letter.pdf"


@dataclass(frozen=True)
class Telling:
    """One way to tell where money came from; the first of `copies` is the shortest faithful one."""

    sentence: str
    copies: tuple[str, ...]


TELLINGS = (
    Telling(
        "Back in June I sold my late grandfather's sailing boat, and the buyer paid me {amount}.",
        (
            "my late grandfather's sailing boat",
            "sold my late grandfather's sailing boat",
            "I sold my late grandfather's sailing boat",
        ),
    ),
    Telling(
        "For eleven years I put part of every salary aside, which by now has grown to {amount}.",
        (
            "part of every salary",
            "I put part of every salary aside",
            "For eleven years I put part of every salary aside",
            "put part of every salary aside",
        ),
    ),
    Telling(
        "My aunt passed away in the winter and I inherited her savings, {amount} after all costs.",
        ("her savings", "I inherited her savings", "inherited her savings"),
    ),
    Telling(
        "When the insurance paid out after the fire I received {amount}, and I have kept it since.",
        ("the insurance", "the insurance paid out after the fire", "the insurance paid out"),
    ),
    Telling(
        "I let the flat above my shop for years and saved the rent, {amount} altogether.",
        ("the rent", "saved the rent", "I let the flat above my shop", "rent"),
    ),
    Telling(
        "I gave up my stake in a small bakery this year and received {amount} from my partners.",
        (
            "my stake in a small bakery",
            "I gave up my stake in a small bakery",
            "my partners",
            "from my partners",
        ),
    ),
)
OPENINGS = (
    "you asked me about the origin of my funds, and I am glad to explain.",
    "thank you for your questions on the origin of the funds for my new account.",
    "here is my explanation of the origin of my funds, as your branch wished.",
)
CLOSINGS = ("Yours faithfully,", "Kind regards,", "Sincerely,")


def letter(seed: int) -> Bundle:
    """Make one case with a letter in free prose."""
    rng = Random(f"letters/{seed}")  # noqa: S311 - fiction needs repeatable choices
    bundle = make_bundle("person-account-opening", seed)
    printed = {f["name"]: f for f in bundle.truth["documents"][REPLACED]["fields"]}
    telling = TELLINGS[seed % len(TELLINGS)]
    text = _text(rng, telling, printed)
    documents = {name: data for name, data in bundle.documents.items() if name != REPLACED}
    truth_documents = {k: v for k, v in bundle.truth["documents"].items() if k != REPLACED}
    origin = {**printed["source"], "value": telling.copies[0], "normalised": telling.copies[0]}
    fields = [printed["name"], origin, printed["amount"], printed["date"]]
    truth_documents[FILENAME] = {
        "type": "source_of_funds",
        "fields": [{**f, "also": list(telling.copies)} if f is origin else f for f in fields],
    }
    return replace(
        bundle,
        case={**bundle.case, "reference": f"LETTER-{seed}"},
        documents={**documents, FILENAME: text.encode()},
        truth={**bundle.truth, "bundle": "letters", "documents": truth_documents},
    )


def _text(rng: Random, telling: Telling, printed: dict[str, dict[str, str]]) -> str:
    told = telling.sentence.format(amount=printed["amount"]["value"])
    lines = (
        printed["date"]["value"],
        "",
        f"Dear Madam or Sir, {rng.choice(OPENINGS)}",
        "",
        f"{told} Nobody else has a claim to it. I hope that this is enough; please ask if not.",
        "",
        rng.choice(CLOSINGS),
        printed["name"]["value"],
        "",
    )
    return "\n".join(lines)
