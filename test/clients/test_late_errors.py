"""Errors that come when their cell has ended: told below the cell whose run caused them."""

import time
from queue import Empty

import pytest
from client import Kernel

# A cell of functions: none of the errors below is its own.
TOOLS = """
import { spawn } from 'node:child_process';
const pause = (ms: number) => new Promise(done => setTimeout(done, ms));
async function atOnce() { throw new Error('told') }
async function afterOneAwait() { await null; throw new Error('told') }
async function afterAPause() { await pause(30); throw new Error('told') }
async function outer() { await pause(5); await afterAPause() }
async function walk() { for await (const n of [1, 2]) { await pause(10); if (n === 2) throw new Error('told') } }
const refused = () => new Promise((_, reject) => setTimeout(() => reject(new Error('told')), 30));
const inTimer = () => setTimeout(() => { throw new Error('told') }, 30);
const inThen = () => pause(30).then(() => { throw new Error('told') });
const withoutStack = () => pause(30).then(() => Promise.reject('told'));
"""

CAUSES = [
    "void atOnce()",
    "void afterOneAwait()",
    "void afterAPause()",
    "void outer()",
    "void walk()",
    "void refused()",
    "void inTimer()",
    "void inThen()",
    "void withoutStack()",
    "await pause(5); void afterAPause()",
    "[1].forEach(() => void afterAPause())",
    "spawn('sleep', ['0.03']).on('exit', () => { throw new Error('told') })",
    "spawn('sleep', ['0.03']).on('exit', async () => { await pause(5); throw new Error('told') })",
]

MEANWHILE = {
    "nothing": "undefined",
    "a pause": "await pause(150)",
    "many pauses": "for (let i = 0; i < 40; i++) await pause(4)",
}


@pytest.fixture(scope="module")
def tools():
    with Kernel() as kernel:
        reply, _ = kernel.execute(TOOLS)
        assert reply["status"] == "ok", reply
        yield kernel


def cells_with_errors(kernel, seconds):
    """The request of each error that is told in the next seconds."""
    found = []
    end = time.monotonic() + seconds
    try:
        while True:
            message = kernel.next("iopub", max(0, end - time.monotonic()))
            if message["msg_type"] == "error":
                assert "told" in message["content"]["evalue"]
                found.append(message["parent_header"]["msg_id"])
    except Empty:
        return found


@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize("code", CAUSES)
def test_late_error_of_an_earlier_cells_function(tools, code, meanwhile):
    cause = tools.client.execute(f"{code}; undefined")
    after = tools.client.execute(f"{MEANWHILE[meanwhile]}; undefined")
    for message_id in (cause, after):
        assert tools.reply(message_id)["status"] == "ok"
    assert cells_with_errors(tools, 0.4) == [cause]


def test_a_callback_leaves_nothing_of_the_cell_before_it(tools):
    """Both timers are due when the loop ends, so that one cell's callback follows the other's code at once."""
    cause = tools.client.execute("void pause(200).then(() => Promise.reject('told')); undefined")
    waits = "const late = pause(100); for (const end = Date.now() + 300; Date.now() < end; ); await late; await pause(50)"
    after = tools.client.execute(f"{waits}; undefined")
    for message_id in (cause, after):
        assert tools.reply(message_id)["status"] == "ok"
    assert cells_with_errors(tools, 0.4) == [cause]
