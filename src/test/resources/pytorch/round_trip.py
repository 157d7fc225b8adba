"""PyTorch's side of PyTorchTest: loads what Java saved, and saves what Java shall load.

Run as: python3 round_trip.py FOLDER, which holds, for each network NAME, NAME.java.safetensors (a state_dict that Java
wrote) and NAME.input.safetensors (its tensor x). Uses the package safetensors where it is installed, else a few lines
of its own, for Debian has python3-torch without it.
"""

import json
import os
import struct
import sys

import torch
from torch import nn

try:
    from safetensors.torch import load_file, save_file
except ImportError:
    TYPES = {
        "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64
    }

    def load_file(path):
        with open(path, "rb") as file:
            data = file.read()
        start = 8 + struct.unpack("<Q", data[:8])[0]
        tensors = {}
        for name, entry in json.loads(data[8:start]).items():
            if name != "__metadata__":
                begin, end = entry["data_offsets"]
                raw = bytearray(data[start + begin:start + end])
                tensors[name] = torch.frombuffer(raw, dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
        return tensors

    def save_file(tensors, path):
        header, data = {}, b""
        for name, tensor in tensors.items():
            raw = bytes(tensor.contiguous().reshape(-1).view(torch.uint8).tolist())
            dtype = next(key for key, value in TYPES.items() if value == tensor.dtype)
            offsets = [len(data), len(data) + len(raw)]
            header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": offsets}
            data += raw
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        with open(path, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text + data)


class Chain(nn.Sequential):
    """A Sequential with layers that return more than their output, under the names of a Sequential."""

    def forward(self, x):
        for layer in self:
            if isinstance(layer, nn.Embedding):
                x = layer(x.long())
            elif isinstance(layer, nn.GRU):
                x = layer(x)[0]
            elif isinstance(layer, nn.LSTM):
                x = layer(x)[1][0][-1]
            elif isinstance(layer, nn.MultiheadAttention):
                x = layer(x, x, x, need_weights=False)[0]
            else:
                x = layer(x)
        return x


NETWORKS = {
    "mlp": lambda: nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3, bias=False)),
    "cnn": lambda: nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 6, (1, 3), groups=2, bias=False), nn.Flatten(), nn.Linear(48, 3)),
    "series": lambda: nn.Sequential(
        nn.Conv1d(2, 4, 3, stride=2), nn.BatchNorm1d(4, affine=False), nn.ConvTranspose1d(4, 2, 3)),
    "volume": lambda: nn.Sequential(nn.Conv3d(1, 2, 2), nn.BatchNorm3d(2)),
    "gru": lambda: Chain(
        nn.Embedding(20, 5), nn.GRU(5, 4, 2, batch_first=True, bidirectional=True), nn.Linear(8, 2)),
    "lstm": lambda: Chain(nn.Embedding(20, 5), nn.LSTM(5, 4, batch_first=True), nn.Linear(4, 2)),
    "attention": lambda: Chain(
        nn.Embedding(20, 8), nn.MultiheadAttention(8, 2, batch_first=True), nn.LayerNorm(8), nn.Linear(8, 2)),
    "nested": lambda: nn.Sequential(nn.Linear(6, 4), nn.Sequential(nn.Tanh(), nn.Linear(4, 4)), nn.Linear(4, 1)),
}


def check_state(name, state, expected):
    """load_state_dict would convert a wrong type in silence."""
    said = {key: (tensor.dtype, tuple(tensor.shape)) for key, tensor in state.items()}
    wanted = {key: (tensor.dtype, tuple(tensor.shape)) for key, tensor in expected.items()}
    if said != wanted:
        sys.exit(f"state of {name} from Java: {said}, expected {wanted}")


def new_state(network):
    """Values that nobody's defaults are, a counter that has counted, variances that are some."""
    for key, tensor in network.state_dict().items():
        if key.endswith("num_batches_tracked"):
            tensor.fill_(7)
        elif key.endswith("running_var"):
            tensor.uniform_(0.5, 2.0)
        else:
            tensor.normal_(0.0, 0.5)
    return dict(network.state_dict())


def as_type(state, dtype):
    return {key: tensor.to(dtype) if tensor.is_floating_point() else tensor for key, tensor in state.items()}


def save_shards(state, folder):
    os.mkdir(folder)
    weight_map, names = {}, list(state)
    for part in range(2):
        file = f"model-{part + 1:05d}-of-00002.safetensors"
        shard = {key: state[key] for key in names[part::2]}
        save_file(shard, os.path.join(folder, file))
        weight_map.update({key: file for key in shard})
    size = sum(tensor.numel() * tensor.element_size() for tensor in state.values())
    with open(os.path.join(folder, "model.safetensors.index.json"), "w") as file:
        json.dump({"metadata": {"total_size": size}, "weight_map": weight_map}, file, indent=2)


def main(folder):
    torch.manual_seed(5)
    for name, make in NETWORKS.items():
        path = os.path.join(folder, name)
        x = load_file(path + ".input.safetensors")["x"]
        from_java = load_file(path + ".java.safetensors")
        network = make().eval()
        check_state(name, from_java, network.state_dict())
        network.load_state_dict(from_java, strict=True)
        with torch.no_grad():
            save_file({"y": network(x)}, path + ".java_output.safetensors")
            state = new_state(network)
            save_file({"y": network(x)}, path + ".torch_output.safetensors")
        save_file(state, path + ".torch.safetensors")
        save_shards(state, path + ".shards")
        for label, dtype in (("half", torch.float16), ("bfloat16", torch.bfloat16), ("double", torch.float64)):
            rounded = as_type(state, dtype)
            save_file(rounded, f"{path}.{label}.safetensors")
            save_file(as_type(rounded, torch.float32), f"{path}.{label}_values.safetensors")


with torch.no_grad():
    main(sys.argv[1])
