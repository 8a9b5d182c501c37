"""Messages to tokens by the model's own template; content can never act as a control token."""

import re

from casegate.errors import ModelUnavailable
from casegate.inference.ports import Message
from casegate.inference.weights import Weights

DATE = "01 Jan 2026"
"""Templates of the Llama 3 family print a date; a fixed one keeps prompts the same every day."""

_MARK = re.compile("\ue000(\\d+)\ue001")


class Chat:
    """The chat template of one model."""

    def __init__(self, weights: Weights) -> None:
        """Compile the template.

        Raises:
            ModelUnavailable: the model has no chat template, or a broken one.
        """
        from jinja2 import TemplateError
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = weights.chat_template()
        if not template:
            raise ModelUnavailable("the model has no chat template; it is no instruction model")
        try:
            self._format = Jinja2ChatFormatter(
                template, eos_token=weights.special("eos"), bos_token=weights.special("bos")
            )
        except TemplateError:
            raise ModelUnavailable("the model's chat template is broken") from None
        self._weights = weights

    def tokens(self, messages: tuple[Message, ...]) -> tuple[list[int], int]:
        """Give the tokens of a chat that asks for the next answer, and where its end begins.

        The template is filled with marks instead of content, then split at the marks: a document
        that holds `<|im_end|>` is read as these ten characters, not as the end of a turn.

        Returns:
            All tokens, and how many of them stand before the content of the last message: what
            requests of one prompt have in common.
        """
        marked = [
            {"role": message.role, "content": f"\ue000{i}\ue001"}
            for i, message in enumerate(messages)
        ]
        frame = self._format(messages=marked, date_string=DATE).prompt  # type: ignore[arg-type]
        tokens: list[int] = []
        stable = 0
        for i, part in enumerate(_MARK.split(frame)):
            if i % 2 == 0:
                tokens += self._weights.tokenise(part, special=True)
                continue
            if int(part) == len(messages) - 1:
                stable = len(tokens)
            content = messages[int(part)].content.strip()
            tokens += self._weights.tokenise(content, special=False)
        return tokens, stable
