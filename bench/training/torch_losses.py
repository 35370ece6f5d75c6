"""Writes the losses that PyTorch gets from the first 20 training steps of a small GPT, in float64.

    python bench/training/torch_losses.py > test/lib/gpt-losses.json

The model is that of lib/gpt.ts, built here from torch's own layers. Parameters and texts come from
formulas, so that the other side needs nothing but this file's numbers.
"""

import json
import math
import platform

import torch
from torch import nn
from torch.nn import functional as F
from torch_models import Gpt

config = {"vocabularySize": 13, "contextLength": 12, "width": 16, "heads": 4, "layers": 2, "sequences": 3}
learning_rate = 0.01
steps = 20

V, T, D, H, L, B = config.values()
torch.set_default_dtype(torch.float64)


@torch.no_grad()
def fill(model):
    """p_i = 0.08 sin((i + 1)^2), i counted through all parameters; gains are 1 more.

    Without the square all matrices have rank 2, and engines on 32 bits drift apart.
    """
    gains = {id(m.weight) for m in model.modules() if isinstance(m, nn.LayerNorm)}
    i = 0
    for p in model.in_order():
        values = [0.08 * math.sin((i + k + 1) ** 2) for k in range(p.numel())]
        p.copy_(torch.tensor(values).view(p.shape) + (1 if id(p) in gains else 0))
        i += p.numel()
    return i


def batch(step):
    """Each text counts up from a start of its own; the last positions of each but the first do not count."""
    ids = torch.tensor([[(5 * step + 4 * s + t * (s + 1)) % V for t in range(T + 1)] for s in range(B)])
    inputs, targets = ids[:, :-1], ids[:, 1:].clone()
    for s in range(B):
        targets[s, T - s :] = -1
    return inputs, targets


model = Gpt(V, T, D, H, L)
count = fill(model)
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
losses = []
for step in range(steps):
    inputs, targets = batch(step)
    optimizer.zero_grad()
    loss = F.cross_entropy(model(inputs), targets.reshape(-1), ignore_index=-1)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

print(
    json.dumps(
        {
            "source": "bench/training/torch_losses.py",
            "versions": {"python": platform.python_version(), "torch": torch.__version__},
            "config": config,
            "parameterCount": count,
            "learningRate": learning_rate,
            "losses": losses,
        },
        indent=2,
    )
)
