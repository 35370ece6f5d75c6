import sys

import torch
from contest import contest

compiled = sys.argv[2] == "compiled"
torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def loss_of(a, inputs, targets):
    return ((targets - a * inputs) ** 2).sum()


def prepare(inputs, targets, learning_rate):
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)
    loss = torch.compile(loss_of) if compiled else loss_of

    def run(steps):
        a = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([a], lr=learning_rate)
        for _ in range(steps):
            optimizer.zero_grad()
            loss(a, x, y).backward()
            optimizer.step()
        return float(a)

    return run


contest(f"PyTorch ({'compiled' if compiled else 'eager'}, float64)", prepare)
