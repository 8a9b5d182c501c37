"""What facts are read from."""

from dataclasses import dataclass
from datetime import date

from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from guardrails.injection import Detector
from guardrails.numbers import Numbers


@dataclass(frozen=True)
class View:
    """A case, what is ruled on, the day, and the numbers of policy of that day."""

    dossier: Dossier
    subject: GateSubject
    at: date
    numbers: Numbers
    detector: Detector
