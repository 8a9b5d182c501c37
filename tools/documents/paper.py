"""A document of known type, with all that reading it needs."""

from dataclasses import dataclass

from tools.documents.grid import Grid
from tools.documents.reading import Rules
from tools.documents.schema import DocumentSchema, Library


@dataclass(frozen=True)
class Paper:
    """The text as cells, the schema of its type, and the rules it is read by."""

    grid: Grid
    schema: DocumentSchema
    library: Library
    rules: Rules
    others: tuple[str, ...] = ()
    """Names of parties whom the document is not about."""
    captions: bool = False
    """Labels stand small under their values."""
    stacked: bool = False
    """Labels stand over their values, in columns."""

    @property
    def text(self) -> str:
        """The document's text, lines that read like instructions blanked out."""
        return self.grid.text
