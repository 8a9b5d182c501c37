"""Which model this installation uses."""

from casegate.config import Settings
from casegate.inference.catalogue import entry
from casegate.inference.ports import Complete

LOCK_FILE = ".in-use.lock"


def open_model(settings: Settings) -> Complete:
    """Fill the model seam as the settings say; nothing is loaded or sent before the first call.

    Raises:
        ModelUnknown: the model is to run in this process and the catalogue does not hold it.
    """
    if settings.model_url:
        from casegate.inference.openai_server import ServerComplete

        return ServerComplete(
            settings.model_url,
            settings.model,
            api_key=settings.model_api_key.get_secret_value(),
            context=settings.model_context,
        )
    wanted = entry(settings.model)
    from casegate.inference.line import WaitingLine
    from casegate.inference.llama import LlamaComplete

    llama = LlamaComplete(
        settings.models,
        wanted,
        threads=settings.model_threads,
        context=settings.model_context,
    )
    return WaitingLine(llama, lock_file=settings.models / LOCK_FILE)
