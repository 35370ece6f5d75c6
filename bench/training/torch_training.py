import sys

import torch
from contest import contest
from torch import nn
from torch.nn import functional as F
from torch_models import Bigram, Gpt, Mlp

mode, threads = sys.argv[3], int(sys.argv[4])
torch.set_num_threads(threads)
torch.set_num_interop_threads(1)


def prepare(task):
    model = empty_model(task)
    fill(model, task["parameters"])
    adam = task["adam"]
    # Of PyTorch's ways to compute Adam, `fused` is the fastest: two to three times with millions of parameters.
    optimizer = torch.optim.Adam(
        model.parameters(),
        lr=adam["learningRate"],
        betas=(adam["beta1"], adam["beta2"]),
        eps=adam["epsilon"],
        fused=True,
    )
    batches = [(torch.tensor(b["inputs"]), torch.tensor(b["targets"])) for b in task["batches"]]

    def loss_of(inputs, targets):
        return F.cross_entropy(model(inputs), targets)

    if mode == "compiled":
        leave_embeddings_eager(model)
        loss_of = torch.compile(loss_of)

    def run(index):
        optimizer.zero_grad()
        loss = loss_of(*batches[index])
        loss.backward()
        optimizer.step()
        return loss.item()

    return run


def empty_model(task):
    if task["name"] == "bigram":
        return Bigram(task["vocabulary"])
    sizes = task["sizes"]
    if task["name"] == "mlp":
        return Mlp(task["vocabulary"], sizes["context"], sizes["embedding"], sizes["hidden"])
    return Gpt(task["vocabulary"], sizes["context"], sizes["width"], sizes["heads"], sizes["layers"])


@torch.no_grad()
def fill(model, parameters):
    for own, given in zip(model.in_order(), parameters, strict=True):
        own.copy_(torch.from_numpy(given["values"]))


def leave_embeddings_eager(model):
    """On a processor, PyTorch 2.6 compiles their gradient wrong: of an id that occurs twice it keeps the last."""
    for layer in model.modules():
        if isinstance(layer, nn.Embedding):
            layer.forward = torch.compiler.disable(layer.forward)


contest(f"PyTorch ({mode}{', 2 threads' if threads == 2 else ''})", prepare)
