"""The models of bench/training in PyTorch's own layers."""

import torch
from torch import nn
from torch.nn import functional as F


class Bigram(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.table = nn.Embedding(vocabulary, vocabulary)

    def forward(self, ids):
        return self.table(ids[:, 0])

    def in_order(self):
        yield self.table.weight


class Mlp(nn.Module):
    def __init__(self, vocabulary, context, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.hidden, self.head = nn.Linear(context * embedding, hidden), nn.Linear(hidden, vocabulary)

    def forward(self, ids):
        return self.head(torch.tanh(self.hidden(self.embedding(ids).flatten(1))))

    def in_order(self):
        yield self.embedding.weight
        yield from pair(self.hidden)
        yield from pair(self.head)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.out(self.attention(self.qkv(self.norm1(x))))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))

    def attention(self, qkv):
        sequences, length, width = qkv.shape
        parts = qkv.view(sequences, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(*parts, is_causal=True)
        return seen.transpose(1, 2).reshape(sequences, length, width // 3)


class Gpt(nn.Module):
    def __init__(self, vocabulary, context, width, heads, layers):
        super().__init__()
        self.token, self.position = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary)

    def forward(self, ids):
        x = self.token(ids) + self.position(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)).flatten(0, 1)

    def in_order(self):
        """Each parameter in the order of lib/gpt.ts, as it lies there (torch keeps weights transposed)."""
        yield self.token.weight
        yield self.position.weight
        for b in self.blocks:
            for layer in (b.norm1, b.qkv, b.out, b.norm2, b.up, b.down):
                yield from pair(layer)
        yield from pair(self.norm)
        yield from pair(self.head)


def pair(layer):
    yield layer.weight.T if isinstance(layer, nn.Linear) else layer.weight
    yield layer.bias
