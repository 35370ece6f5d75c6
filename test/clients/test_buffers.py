"""Bytes and metadata beside a display: a client gets the very bytes that a cell sent."""

import struct

import pytest


BYTES = bytes(range(256))
BUFFERS = """
const all = Uint8Array.from({ length: 256 }, (_, i) => i);
const buffers = [all, all.buffer, all.subarray(2, 5), new Float64Array([1]), new DataView(all.buffer, 7, 2), new Uint8Array()];
const types = { 'application/x-points': { count: 1 }, 'text/plain': 'points' };
const points = { [Symbol.for('Jupyter.display')]: async () => ({ ...types, metadata: { 'text/plain': { n: 1 } }, buffers }) };
"""
SHOWN = {
    "execute_result": "points",
    "display_data": "display(points)",
    "update_display_data": """
        import { newDisplay } from 'tslab'; const one = newDisplay();
        one.raw('application/x-points', 'first'); one.raw('application/x-points', 'second', { buffers })""",
}


@pytest.mark.parametrize(("message_type", "code"), SHOWN.items())
def test_a_cell_sends_bytes(kernel, message_type, code):
    reply, _ = kernel.execute(BUFFERS)
    assert reply["status"] == "ok", reply
    reply, outputs = kernel.execute(code)
    assert reply["status"] == "ok", reply
    assert outputs[-1]["msg_type"] == message_type
    received = [bytes(buffer) for buffer in outputs[-1]["buffers"]]
    assert received == [BYTES, BYTES, BYTES[2:5], struct.pack("d", 1), BYTES[7:9], b""]


def test_metadata_and_bytes_beside_a_bundle(kernel):
    kernel.execute(BUFFERS)
    content = kernel.execute("points")[1][0]["content"]
    assert content["data"] == {"application/x-points": {"count": 1}, "text/plain": "points"}
    assert content["metadata"] == {"text/plain": {"n": 1}}
    code = "display.raw('image/png', new Uint8Array([1]), { metadata: { 'image/png': { width: 300 } } })"
    shown = kernel.execute(code)[1][0]
    assert shown["content"]["metadata"] == {"image/png": {"width": 300}}
    assert shown["buffers"] == []


@pytest.mark.parametrize("wrong", ["7", "[7]", "['text']", "new Uint8Array(2)"])
def test_what_is_no_list_of_buffers_is_refused_in_words(kernel, wrong):
    reply, _ = kernel.execute(f"display.raw('text/plain', 'a', {{ buffers: {wrong} as any }})")
    assert "display: expected buffers to be a list of buffers or typed arrays, got" in reply["evalue"]


def test_ten_megabytes_of_bytes(kernel):
    code = "display.raw('text/plain', 'a', { buffers: [new Uint8Array(10_000_000).fill(7)] })"
    [shown] = kernel.execute(code)[1]
    assert bytes(shown["buffers"][0]) == b"\x07" * 10_000_000
