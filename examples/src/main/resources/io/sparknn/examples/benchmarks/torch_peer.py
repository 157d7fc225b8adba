"""PyTorch's side of the benchmarks, as its users would write it: one thread, made-up data of the same shapes.

The first line it prints says what it is. Then, for each line "WORK ROWS" on its input, it works one round and prints
{"seconds": ..., "rows": ..., "rowsPerSecond": ...}.
"""

import json
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence
except ImportError as error:
    print(json.dumps({"missing": "no torch", "error": str(error)}), flush=True)
    sys.exit(0)

torch.set_num_threads(1)
torch.manual_seed(7)


def blas():
    """The libraries that this process has loaded for matrix products; a product makes sure that they are."""
    torch.rand(64, 64) @ torch.rand(64, 64)
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split("/", 1)[-1].strip() for line in maps if "/" in line}
    except OSError:
        return []
    names = {file.rsplit("/", 1)[-1] for file in files}
    return sorted(name for name in names if any(part in name for part in ("blas", "blis", "libmkl")))


class Training:
    """An epoch over rows that are in memory, in a new order each time."""

    def __init__(self, network, shape, batch, rows):
        self.network = network
        self.batch = batch
        self.x = torch.rand(rows, *shape)
        self.y = torch.randint(0, 10, (rows,))
        self.optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
        self.loss = nn.CrossEntropyLoss()

    def round(self):
        order = torch.randperm(len(self.x))
        for start in range(0, len(order), self.batch):
            some = order[start : start + self.batch]
            self.optimizer.zero_grad()
            self.loss(self.network(self.x[some]), self.y[some]).backward()
            self.optimizer.step()


def mlp(rows):
    return Training(nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)), (784,), 128, rows)


def cnn(rows):
    network = nn.Sequential(
        nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 10))  # fmt: skip
    return Training(network, (1, 28, 28), 64, rows)


class Texts:
    """The last state of a GRU over messages of 1 to 200 tokens, packed. It takes the batch that turns out fastest."""

    def __init__(self, rows):
        self.embedding = nn.Embedding(5000, 32)
        self.gru = nn.GRU(32, 64, batch_first=True)
        self.texts = [torch.randint(0, 5000, (1 + i * 7919 % 200,)) for i in range(rows)]
        times = {}
        for batch in (64, 256, 1024) * 2:
            began = time.perf_counter()
            self.score(batch)
            times[batch] = time.perf_counter() - began
        self.batch = min(times, key=times.get)

    def round(self):
        self.score(self.batch)

    def score(self, batch):
        with torch.no_grad():
            for start in range(0, len(self.texts), batch):
                some = self.texts[start : start + batch]
                lengths = torch.tensor([len(text) for text in some])
                vectors = self.embedding(pad_sequence(some, batch_first=True))
                self.gru(pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False))


WORKS = {"mlp": mlp, "cnn": cnn, "gru": Texts}


def main():
    about = {"torch": torch.__version__, "threads": torch.get_num_threads(), "blas": blas()}
    print(json.dumps({**about, "config": torch.__config__.show()}), flush=True)
    works = {}
    for line in sys.stdin:
        name, rows = line.split()
        if line not in works:
            works[line] = WORKS[name](int(rows))
        began = time.perf_counter()
        works[line].round()
        seconds = time.perf_counter() - began
        answer = {"seconds": seconds, "rows": int(rows), "rowsPerSecond": int(rows) / seconds}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
