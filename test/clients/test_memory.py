"""Objects that fill the memory end the cell, not the kernel; a soak; many kernels at once."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from client import KERNEL, Kernel
from jupyter_client.kernelspec import KernelSpecManager

LIMIT = 150

FILLING = {
    "objects": "const a: object[] = []; for (;;) a.push({ x: a.length })",
    "arrays": "const a: number[][] = []; for (;;) a.push(new Array(1e5).fill(0))",
    "strings": "const a: string[] = []; for (;;) a.push('x'.repeat(1000) + a.length)",
    "maps": "const m: Map<number, number>[] = []; for (;;) m.push(new Map([[m.length, 1]]))",
    "closures": "let f = () => 0; for (;;) { const g = f; f = () => g() }",
    "after an await": "const a: object[] = []; for (;;) { a.push({}, {}, {}, {}); if (a.length % 1000 === 0) await null }",
    "in a timer": (
        "await new Promise(() => setTimeout(() => { const a: object[] = []; for (;;) a.push({ x: a.length }) }, 10))"
    ),
}

NODE = KernelSpecManager().get_kernel_spec(KERNEL).argv[0]
if int(subprocess.check_output([NODE, "-p", "parseInt(process.versions.node)"])) < 24:
    # Each time one map doubles it asks for more at once than later versions can be stopped at.
    FILLING["map"] = "const m = new Map<number, number>(); for (;;) m.set(m.size, m.size)"


def small(**start):
    options = os.environ.get("NODE_OPTIONS", "")
    return Kernel(env={**os.environ, "NODE_OPTIONS": f"{options} --max-old-space-size={LIMIT}"}, **start)


@pytest.fixture(scope="module")
def small_kernel():
    with small() as kernel:
        yield kernel


@pytest.mark.parametrize("kind", FILLING)
def test_memory_that_fills_ends_the_cell(small_kernel, kind):
    small_kernel.execute("var kept = 42")
    reply, _ = small_kernel.execute(f"{{ {FILLING[kind]} }}", timeout=60)
    assert reply["ename"] == "MemoryError"
    assert f"{LIMIT}" in reply["evalue"] or "MB of memory" in reply["evalue"]
    assert "restart the kernel" in reply["evalue"]
    assert small_kernel.value("kept") == "42"


def test_memory_that_a_variable_still_holds(fresh_small):
    reply, _ = fresh_small.execute("const held: object[] = []; for (;;) held.push({ x: held.length })", timeout=60)
    assert reply["ename"] == "MemoryError"
    assert fresh_small.value("held.length > 1e6", timeout=60) == "true"
    fresh_small.execute("const held: object[] = []")
    assert fresh_small.value("held.length") == "0"
    reply, _ = fresh_small.execute("{ const a: object[] = []; for (;;) a.push({ x: a.length }) }", timeout=60)
    assert reply["ename"] == "MemoryError"
    assert fresh_small.value("held.length") == "0"


@pytest.fixture
def fresh_small():
    with small() as kernel:
        yield kernel


def test_memory_that_late_code_fills(fresh_small):
    fresh_small.execute("var kept = 42")
    code = "setTimeout(() => { const a: object[] = []; for (;;) a.push({ x: a.length }) }, 20); undefined"
    message_id = fresh_small.client.execute(code)
    fresh_small.reply(message_id)
    fresh_small.iopub(message_id)
    error = fresh_small.next("iopub", 60, message_id)
    assert error["content"]["ename"] == "MemoryError"
    assert fresh_small.value("kept") == "42"


def test_a_death_of_memory_is_told(tmp_path):
    """One allocation beyond the limit cannot be survived: Jupyter sees the kernel end, and stderr says why."""
    with (tmp_path / "stderr").open("w") as stderr, small(stderr=stderr) as kernel:
        kernel.client.execute("new Array(1e8).fill(0).map((_, i) => [i]).length")
        end = time.monotonic() + 60
        while kernel.manager.is_alive() and time.monotonic() < end:
            time.sleep(0.1)
        assert not kernel.manager.is_alive()
    assert "JavaScript heap out of memory" in (tmp_path / "stderr").read_text()


def test_a_guard_that_is_up_does_not_keep_the_kernel_from_ending():
    with small() as kernel:
        kernel.execute("const held = Array.from({ length: 5e6 }, (_, i) => [i]); held.length", timeout=60)
        time.sleep(0.3)
        kernel.send("control", "shutdown_request", {"restart": False})
        end = time.monotonic() + 3
        while kernel.manager.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
        assert not kernel.manager.is_alive()


COLLECT = "(await import('node:v8')).setFlagsFromString('--expose-gc'); (await import('node:vm')).runInNewContext('gc')()"


def megabytes(kernel):
    """Of the kernel and its compiler. What is only not yet collected does not count."""
    print(kernel.value(f"{COLLECT}; Math.round(process.memoryUsage().heapUsed / 1024)"), "KB of objects")
    process = psutil.Process(kernel.manager.provisioner.pid)
    return [p.memory_info().rss / 2**20 for p in (process, *process.children())]


def test_two_thousand_cells_need_no_more_memory_than_one_thousand():
    with Kernel() as kernel:
        kernel.execute("const xs = [1, 2, 3]; let total = 0; function add(x: number) { total += x }")
        sizes = []
        for n in range(2000):
            kernel.client.execute(f"const y{n % 50} = xs.map(x => x * {n}); for (const y of y{n % 50}) add(y); total")
            if n % 100 == 99:
                replies = [kernel.client.get_shell_msg(timeout=60) for _ in range(100)]
                assert {reply["content"]["status"] for reply in replies} == {"ok"}
            if n % 1000 == 999:
                sizes.append(megabytes(kernel))
        middle, last = sizes
        print("MB after 1,000 and 2,000 cells (main, compiler):", middle, last)
        assert all(after < before + max(0.1 * before, 15) for before, after in zip(middle, last, strict=True))


def test_twenty_kernels_at_once():
    started = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        kernels = list(pool.map(lambda _: Kernel(), range(20)))
        try:
            values = list(pool.map(lambda kernel: kernel.value("6 * 7", timeout=120), kernels))
        finally:
            list(pool.map(lambda kernel: kernel.__exit__(), kernels))
    assert values == ["42"] * 20
    print(f"20 kernels: {time.monotonic() - started:.1f} s")
