"""Interrupts besides the five kinds of busy of test_protocol.py: idle, twice, by signal, from a console."""

import os
import signal
import sys
import time
from datetime import timedelta

import pexpect
import pytest

from client import KERNEL, Kernel, stream_text

SPIN = "while (true) {}"


def test_interrupt_sent_before_a_cell_does_not_stop_it(kernel):
    for _ in range(20):
        kernel.send("control", "interrupt_request", {})
        time.sleep(0.002)
        assert kernel.value("await new Promise(done => setTimeout(() => done(7), 30))") == "7"


def test_interrupt_of_another_client_stops_whatever_runs(kernel):
    message_id = kernel.client.execute(SPIN)
    time.sleep(0.5)
    other = kernel.another()
    other.start_channels(shell=False, iopub=False, stdin=False, hb=False)
    other.control_channel.send(other.session.msg("interrupt_request", {}))
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    kernel.iopub(message_id)
    other.stop_channels()


@pytest.mark.parametrize("code", [SPIN, "await null; while (true) {}", "await new Promise(() => {})"])
@pytest.mark.parametrize("pause", [0, 0.2])
def test_twice_does_no_harm(kernel, code, pause):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(code)
    time.sleep(0.5)
    for _ in range(3):
        kernel.interrupt()
        time.sleep(pause)
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    kernel.iopub(message_id)
    assert kernel.value("kept") == "42"


LATE = {
    "interval": "setInterval(() => { while (true) {} }, 50); undefined",
    "timer": "setTimeout(() => { while (true) {} }, 50); undefined",
    "timer that sets itself": "const again = () => { setTimeout(again, 50); while (true) {} }; again",
    "loop of promises": "void (async () => { while (true) await null })()",
    "immediates": "const next = () => { setImmediate(next); for (let i = 0; i < 1e9; i++); }; setImmediate(next); undefined",
    "the second immediate of two": "setImmediate(() => {}); setImmediate(() => { while (true) {} }); undefined",
    "the last immediate of three": "for (let i = 0; i < 3; i++) setImmediate(() => { while (i > 1) {} })",
}


@pytest.mark.parametrize("kind", LATE)
def test_interrupt_frees_a_kernel_that_spins_after_its_cell(kernel, kind):
    kernel.execute("var kept = 42")
    kernel.execute(LATE[kind] if kind != "timer that sets itself" else LATE[kind] + "; setTimeout(again, 50); undefined")
    time.sleep(0.5)
    kernel.interrupt()
    time.sleep(0.7)
    started = time.monotonic()
    assert kernel.value("kept") == "42"
    assert kernel.value("await new Promise(done => setTimeout(() => done(7), 200))") == "7"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("code", [SPIN, "await null; while (true) {}", "await new Promise(() => {})"])
@pytest.mark.parametrize("group", [False, True])
def test_signal_interrupts(kernel, code, group):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(code)
    time.sleep(0.5)
    started = time.monotonic()
    pid = kernel.manager.provisioner.pid
    os.killpg(pid, signal.SIGINT) if group else os.kill(pid, signal.SIGINT)
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - started < 1.5
    kernel.iopub(message_id)
    assert kernel.value("kept") == "42"
    assert kernel.request("complete_request", {"code": "kep", "cursor_pos": 3})["matches"] == ["kept"]


@pytest.mark.parametrize("busy", [False, True])
def test_a_terminal_that_closes_takes_nothing_away(kernel, busy):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(SPIN if busy else "")
    time.sleep(0.3)
    os.killpg(kernel.manager.provisioner.pid, signal.SIGHUP)
    time.sleep(0.3)
    if busy:
        kernel.interrupt()
    kernel.reply(message_id)
    kernel.iopub(message_id)
    assert kernel.value("kept") == "42"
    assert kernel.request("complete_request", {"code": "kep", "cursor_pos": 3})["matches"] == ["kept"]


def test_signal_while_idle_does_nothing(kernel):
    kernel.execute("var kept = 42")
    for _ in range(3):
        os.kill(kernel.manager.provisioner.pid, signal.SIGINT)
    time.sleep(0.3)
    assert kernel.value("kept") == "42"


def test_finally_and_catch_of_an_interrupted_cell(kernel):
    code = (
        "try { while (true) await new Promise(done => setTimeout(done, 5)) } "
        "catch (e) { console.log((e as Error).name, e instanceof Error); throw e } finally { console.log('tidied') }"
    )
    message_id = kernel.client.execute(code)
    time.sleep(0.5)
    kernel.interrupt()
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    assert stream_text(kernel.iopub(message_id)) == "KeyboardInterrupt true\ntidied\n"


def test_timers_of_an_interrupted_cell_end(kernel):
    message_id = kernel.client.execute("setInterval(() => console.log('tick'), 20); await new Promise(() => {})")
    time.sleep(0.5)
    kernel.interrupt()
    kernel.reply(message_id)
    kernel.iopub(message_id)
    assert stream_text(kernel.late(message_id, 0.6)) == ""


def test_jupyter_console():
    arguments = ["-m", "jupyter", "console", "--kernel", KERNEL, "--simple-prompt"]
    console = pexpect.spawn(sys.executable, arguments, timeout=60, encoding="utf8", dimensions=(40, 200))
    try:
        console.expect(r"In \[1\]:")
        console.sendline("let kept = 6 * 7; kept")
        console.expect(r"Out\[1\]: 42")
        console.expect(r"In \[2\]:")
        for line in (SPIN, "await new Promise(() => {})"):
            console.sendline(line)
            time.sleep(1)
            console.sendintr()
            console.expect("KeyboardInterrupt")
            console.expect(r"In \[\d+\]:")
        console.sendline("kept + 1")
        console.expect(r"Out\[\d+\]: 43")
    finally:
        console.close(force=True)


def test_interrupt_before_the_first_cell_has_compiled():
    with Kernel() as kernel:
        message_id = kernel.client.execute(SPIN)
        kernel.interrupt()
        time.sleep(0.05)
        kernel.interrupt()
        time.sleep(1)
        # Waited for: it must not meet the next cell.
        kernel.request("interrupt_request", {}, "control")
        assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
        kernel.iopub(message_id)
        assert kernel.value("1 + 1") == "2"


@pytest.mark.parametrize("pause", [0.05, 0.3])
def test_stops_while_the_compiler_starts(fresh, pause):
    for number in range(5):
        message_id = fresh.client.execute(f"const name{number} = 1")
        time.sleep(pause)
        # Waited for: it must not meet the next cell.
        fresh.request("interrupt_request", {}, "control")
        reply = fresh.reply(message_id)
        assert reply["status"] == "ok" or reply["ename"] == "KeyboardInterrupt", reply
    assert fresh.value("1 + 1") == "2"


SELF_TELLING = "{ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } }"


@pytest.mark.parametrize(
    "code",
    [
        f"throw {SELF_TELLING}",
        "class Loud extends Error { get message(): string { for (;;); } }; throw new Loud()",
        f"({SELF_TELLING})",
    ],
)
def test_what_spins_when_it_is_shown(kernel, code):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(code)
    time.sleep(0.5)
    kernel.interrupt()
    assert kernel.reply(message_id, timeout=3)["ename"] == "KeyboardInterrupt"
    assert kernel.value("kept") == "42"


def test_types_that_take_long_to_check(kernel):
    kernel.execute("var kept = 42")
    # The checker follows every branch to the variable's first value: quadratic.
    branches = " else if (n === 7) {}" * 1500
    message_id = kernel.client.execute(f"function long() {{ let n = 0; if (n === 0) {{}}{branches}; return n }}")
    time.sleep(0.3)
    kernel.interrupt()
    assert kernel.reply(message_id, timeout=3)["ename"] == "KeyboardInterrupt"
    assert kernel.value("kept") == "42"


ENDS_SOON = {
    "cell": "{ const end = Date.now() + %d; while (Date.now() < end); }",
    "callback": "setTimeout(() => { const end = Date.now() + %d; while (Date.now() < end); }, 0); undefined",
}


@pytest.mark.parametrize("kind", ENDS_SOON)
def test_a_stop_that_comes_as_the_code_ends_by_itself(fresh, kind):
    """The kernel waits 150 ms before it tears code down: the next cell must neither be hit nor wait for ever."""
    for turn in range(60):
        cells = [ENDS_SOON[kind] % (146 + 3 * (turn % 10)), "await new Promise(done => setTimeout(done, 40)); 7", "7"]
        asked = [fresh.client.execute(cell, stop_on_error=False) for cell in cells]
        time.sleep(0.003 * (turn % 7))
        fresh.interrupt()
        for message_id in asked:
            fresh.reply(message_id, timeout=10)
            fresh.iopub(message_id)
    assert fresh.value("6 * 7") == "42"


@pytest.mark.parametrize("between", ["", "await null"])
def test_a_loop_that_prints_is_stopped_at_once(fresh, between):
    message_id = fresh.client.execute(f"while (true) {{ console.log('x'.repeat(1000)); {between} }}")
    time.sleep(2)
    pressed = time.monotonic()
    fresh.interrupt()
    assert fresh.reply(message_id)["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - pressed < 3
    fresh.iopub(message_id, timeout=60)
    assert fresh.value("6 * 7") == "42"


ASYNC_HOOKS = {
    "AsyncLocalStorage": "import { AsyncLocalStorage } from 'node:async_hooks'; new AsyncLocalStorage<number>().run(1, () => {})",
    "createHook": "import { createHook } from 'node:async_hooks'; createHook({ init() {}, before() {}, after() {} }).enable()",
}


@pytest.mark.parametrize("hooks", ASYNC_HOOKS)
@pytest.mark.parametrize(
    "code",
    [
        SPIN,
        "await null; while (true) {}",
        "await new Promise(() => setTimeout(() => { while (true) {} }, 10))",
        "import { readFile } from 'node:fs'; readFile('/etc/passwd', () => { while (true) {} }); await new Promise(() => {})",
    ],
)
def test_async_hooks_outlive_an_interrupt(kernel, hooks, code):
    kernel.execute(ASYNC_HOOKS[hooks] + "; var kept = 42")
    for _ in range(2):
        kernel.interrupted(code)
        assert kernel.value("await new Promise(done => setTimeout(() => done(kept), 20))") == "42"


def test_a_clock_that_was_put_back_ignores_no_interrupt(kernel):
    message_id = kernel.client.execute(SPIN)
    time.sleep(0.5)
    message = kernel.client.session.msg("interrupt_request", {})
    message["header"]["date"] -= timedelta(minutes=5)
    kernel.client.control_channel.send(message)
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    kernel.iopub(message_id)


@pytest.mark.parametrize("body", ["{ data: [{ x: xs, y: xs }] }", "'x'.repeat(1_000_000)"])
def test_a_loop_that_shows_figures_is_stopped_at_once(kernel, body):
    kernel.execute("var xs = Array.from({ length: 30_000 }, () => Math.random())")
    message_id = kernel.client.execute(f"while (true) display.raw('application/json', {body})")
    time.sleep(2)
    started = time.monotonic()
    kernel.interrupt()
    assert kernel.reply(message_id)["ename"] == "KeyboardInterrupt"
    kernel.iopub(message_id)
    # It took more than a minute before what is shown was counted as text is.
    assert time.monotonic() - started < 10
    assert kernel.value("xs.length") == "30000"
