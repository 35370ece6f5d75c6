import os
from functools import partial

# XLA takes as many threads as this says.
os.environ["NPROC"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
from contest import contest


def logits_of_bigram(p, inputs):
    return p["table"][inputs[:, 0]]


def logits_of_mlp(p, inputs):
    x = p["embedding"][inputs].reshape(len(inputs), -1)
    return linear(p, "head", jnp.tanh(linear(p, "hidden", x)))


def logits_of_gpt(p, inputs, sizes):
    x = p["token"][inputs] + p["position"]
    for i in range(sizes["layers"]):
        x = x + linear(p, f"{i}.out", attention(linear(p, f"{i}.qkv", norm(p, f"{i}.norm1", x)), sizes["heads"]))
        up = linear(p, f"{i}.up", norm(p, f"{i}.norm2", x))
        x = x + linear(p, f"{i}.down", jax.nn.gelu(up, approximate=True))
    return linear(p, "head", norm(p, "norm", x)).reshape(-1, len(p["head.bias"]))


def attention(qkv, heads):
    sequences, length, width = qkv.shape
    queries, keys, values = jnp.split(qkv.reshape(sequences, length, 3 * heads, -1), 3, axis=2)
    return jax.nn.dot_product_attention(queries, keys, values, is_causal=True).reshape(sequences, length, width // 3)


def linear(p, name, x):
    return x @ p[f"{name}.weight"] + p[f"{name}.bias"]


def norm(p, name, x):
    centred = x - x.mean(-1, keepdims=True)
    variance = (centred**2).mean(-1, keepdims=True)
    return p[f"{name}.gain"] * centred / jnp.sqrt(variance + 1e-5) + p[f"{name}.bias"]


def prepare(task):
    def loss_of(p, inputs, targets):
        if task["name"] == "bigram":
            logits = logits_of_bigram(p, inputs)
        elif task["name"] == "mlp":
            logits = logits_of_mlp(p, inputs)
        else:
            logits = logits_of_gpt(p, inputs, task["sizes"])
        right = jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1)
        return -right.mean()

    @partial(jax.jit, donate_argnums=0)
    def step(state, inputs, targets):
        loss, gradient = jax.value_and_grad(loss_of)(state["parameters"], inputs, targets)
        return adam(state, gradient, **task["adam"]), loss

    parameters = {p["name"]: jnp.array(p["values"]) for p in task["parameters"]}
    zeros = partial(jax.tree.map, jnp.zeros_like, parameters)
    state = {"parameters": parameters, "mean": zeros(), "squares": zeros(), "count": jnp.zeros(())}
    batches = [(jnp.array(b["inputs"]), jnp.array(b["targets"])) for b in task["batches"]]

    def run(index):
        nonlocal state
        state, loss = step(state, *batches[index])
        return float(loss)

    return run


def adam(state, gradient, learningRate, beta1, beta2, epsilon):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, state["mean"], gradient)
    squares = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, state["squares"], gradient)
    rate, correction = learningRate / (1 - beta1**count), 1 / (1 - beta2**count)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v * correction) + epsilon), state["parameters"], mean, squares
    )
    return {"parameters": parameters, "mean": mean, "squares": squares, "count": count}


contest("JAX (jit of a step)", prepare)
