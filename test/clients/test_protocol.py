"""The messaging protocol, message by message, through jupyter_client."""

import json
import time
import uuid
from queue import Empty

import pytest
from client import Kernel, stream_text, validate


def test_kernel_info(kernel):
    info = kernel.request("kernel_info_request", {})
    assert info["protocol_version"] == "5.5"
    assert info["supported_features"] == []
    assert info["debugger"] is False
    assert info["banner"]
    language = info["language_info"]
    assert language["name"] == "typescript"
    assert language["mimetype"] == "text/typescript"
    assert language["file_extension"] == ".ts"
    assert language["codemirror_mode"] == "typescript"
    assert language["pygments_lexer"] == "typescript"
    assert language["nbconvert_exporter"] == "script"
    assert kernel.request("kernel_info_request", {}, "control") == info


def beats(kernel):
    """jupyter_client looks once a second."""
    end = time.monotonic() + 3
    while not kernel.client.hb_channel.is_beating() and time.monotonic() < end:
        time.sleep(0.1)
    return kernel.client.hb_channel.is_beating()


def test_heartbeat(kernel):
    assert beats(kernel)


def test_welcome_comes_first_and_for_every_subscription(kernel):
    # What is published while the kernel has not read of the subscription yet comes before: nothing else may be under way.
    kernel.iopub(kernel.send("control", "kernel_info_request", {}))
    for _ in range(2):
        client = kernel.another()
        client.start_channels(shell=False, stdin=False, hb=False, control=False)
        message = client.get_iopub_msg(timeout=10)
        client.stop_channels()
        assert message["msg_type"] == "iopub_welcome"
        assert message["content"] == {"subscription": ""}
        assert message["parent_header"] == {}


def test_execute_publishes_in_order(kernel):
    message_id = kernel.client.execute("console.log('a'); console.error('b'); 6 * 7")
    reply = kernel.reply(message_id)
    published = kernel.iopub(message_id)
    types = [message["msg_type"] for message in published]
    assert types == ["status", "execute_input", "stream", "stream", "execute_result", "status"]
    count = reply["execution_count"]
    assert published[1]["content"]["execution_count"] == count
    assert published[4]["content"]["execution_count"] == count
    assert published[4]["content"]["data"]["text/plain"] == "42"
    assert [message["content"].get("text") for message in published[2:4]] == ["a\n", "b\n"]
    assert (reply["status"], reply["payload"], reply["user_expressions"]) == ("ok", [], {})


def test_error_is_published_and_replied(kernel):
    reply, outputs = kernel.execute("throw new RangeError('too far')")
    assert reply["status"] == "error"
    assert (reply["ename"], reply["evalue"]) == ("RangeError", "too far")
    assert "RangeError: too far" in "\n".join(reply["traceback"])
    (error,) = outputs
    assert error["msg_type"] == "error"
    for key in ("ename", "evalue", "traceback"):
        assert error["content"][key] == reply[key]


def test_count_grows_with_stored_cells_only(kernel):
    first, _ = kernel.execute("1")
    silent, outputs = kernel.execute("2", silent=True)
    assert silent["execution_count"] == first["execution_count"]
    assert outputs == []
    unstored, outputs = kernel.execute("3", store_history=False)
    assert unstored["execution_count"] == first["execution_count"]
    assert outputs[0]["content"]["data"]["text/plain"] == "3"
    second, _ = kernel.execute("4")
    assert second["execution_count"] == first["execution_count"] + 1


def test_silent_shows_no_input(kernel):
    message_id = kernel.client.execute("1", silent=True)
    kernel.reply(message_id)
    assert [message["msg_type"] for message in kernel.iopub(message_id)] == ["status", "status"]


def test_user_expressions(kernel):
    expressions = {"good": "6 * 7", "bad": "notDefinedAnywhere", "number": 1}
    reply = kernel.request("execute_request", {"code": "1", "user_expressions": expressions})
    good, bad, number = (reply["user_expressions"][key] for key in ("good", "bad", "number"))
    assert good["status"] == "ok"
    assert good["data"]["text/plain"] == "42"
    assert good["metadata"] == {}
    assert bad["status"] == number["status"] == "error"
    assert bad["ename"]
    assert "expected number to be a string" in number["evalue"]
    big = "{ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': 1n }) }"
    reply, _ = kernel.execute("1", user_expressions={"big": big, "good": "6 * 7"})
    assert [reply["user_expressions"][key]["status"] for key in ("big", "good")] == ["error", "ok"]
    _, outputs = kernel.execute("1", user_expressions={"prints": "console.log('told')"})
    assert stream_text(outputs) == "told\n"
    reply, _ = kernel.execute("throw 1", user_expressions={"good": "1"})
    assert reply["user_expressions"] == {}


def test_stop_on_error_aborts_the_queue_and_only_the_queue(kernel):
    codes = ["throw new Error('stop')", "1", "2"]
    ids = [kernel.client.execute(code) for code in codes]
    assert [kernel.reply(message_id)["status"] for message_id in ids] == ["error", "aborted", "aborted"]
    for message_id in ids[1:]:
        assert [message["msg_type"] for message in kernel.iopub(message_id)] == ["status", "status"]
    assert kernel.value("3") == "3"


def test_queue_runs_on_where_errors_are_allowed(kernel):
    ids = [kernel.client.execute(code, stop_on_error=False) for code in ("throw 1", "1", "2")]
    replies = [kernel.reply(message_id) for message_id in ids]
    assert [reply["status"] for reply in replies] == ["error", "ok", "ok"]
    counts = [reply["execution_count"] for reply in replies]
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2]


def test_queue_of_many(kernel):
    ids = [kernel.client.execute(f"console.log({n})") for n in range(50)]
    assert [stream_text(kernel.iopub(message_id)) for message_id in ids] == [f"{n}\n" for n in range(50)]
    for message_id in ids:
        kernel.reply(message_id)


def test_hundred_thousand_lines(kernel):
    started = time.monotonic()
    message_id = kernel.client.execute("for (let i = 0; i < 100_000; i++) console.log(`line ${i}`)")
    published = kernel.iopub(message_id)
    kernel.reply(message_id)
    assert stream_text(published) == "".join(f"line {n}\n" for n in range(100_000))
    assert len(published) < 1000
    assert time.monotonic() - started < 10


def test_late_output_goes_to_its_own_cell(kernel):
    message_id = kernel.client.execute("setTimeout(() => console.log('late'), 400)")
    kernel.reply(message_id)
    assert stream_text(kernel.iopub(message_id)) == ""
    assert kernel.text("console.log('next')") == "next\n"
    assert stream_text(kernel.late(message_id, 1.5)) == "late\n"


def test_display_and_update(kernel):
    code = "import { newDisplay } from 'tslab'; const one = newDisplay(); one.text('a'); one.text('b')"
    _, outputs = kernel.execute(code)
    assert [message["msg_type"] for message in outputs] == ["display_data", "update_display_data"]
    first, second = (message["content"] for message in outputs)
    assert first["transient"]["display_id"] == second["transient"]["display_id"]
    assert (first["data"]["text/plain"], second["data"]["text/plain"]) == ("a", "b")


def test_output_order_between_streams_and_displays(kernel):
    _, outputs = kernel.execute("console.log(1); display.html('<b></b>'); console.log(2)")
    assert [message["msg_type"] for message in outputs] == ["stream", "display_data", "stream"]


def test_clear_output(kernel):
    _, outputs = kernel.execute("display.clear({ wait: true }); display.clear()")
    assert [message["content"] for message in outputs] == [{"wait": True}, {"wait": False}]


def test_large_result(kernel):
    text = kernel.text("console.log('x'.repeat(1 << 20))")
    assert text == "x" * (1 << 20) + "\n"


def answer(kernel, value, **header):
    message = kernel.client.session.msg("input_reply", {"value": value, "status": "ok"}, **header)
    kernel.client.stdin_channel.send(message)


def test_stdin(kernel):
    message_id = kernel.client.execute("console.log('hello ' + prompt('name?'))", allow_stdin=True)
    request = kernel.next("stdin", parent=message_id)
    assert request["content"] == {"prompt": "name?", "password": False}
    answer(kernel, "stale", parent={**request["header"], "msg_id": "of another request"})
    answer(kernel, "Ada", parent=request["header"])
    assert stream_text(kernel.iopub(message_id)) == "hello Ada\n"
    assert kernel.reply(message_id)["status"] == "ok"


def test_stdin_reply_without_parent(kernel):
    message_id = kernel.client.execute("console.log('hello ' + prompt('name?'))", allow_stdin=True)
    kernel.next("stdin", parent=message_id)
    kernel.client.input("Bo")
    assert stream_text(kernel.iopub(message_id)) == "hello Bo\n"
    kernel.reply(message_id)


def test_stdin_not_allowed(kernel):
    reply, _ = kernel.execute("prompt('name?')", allow_stdin=False)
    assert reply["status"] == "error"
    assert "does not support input" in reply["evalue"]
    assert kernel.value("1") == "1"


def test_interrupt_ends_waiting_input(kernel):
    message_id = kernel.client.execute("prompt('name?')", allow_stdin=True)
    kernel.next("stdin", parent=message_id)
    started = time.monotonic()
    kernel.interrupt()
    reply = kernel.reply(message_id)
    assert reply["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - started < 2
    kernel.iopub(message_id)
    assert kernel.value("1") == "1"


SPINNING = {
    "spin": "while (true) {}",
    "spin_after_await": "await null; while (true) {}",
    "spin_in_timer": "await new Promise(() => setTimeout(() => { while (true) {} }, 10))",
}
WAITING = {
    "pending_promise": "await new Promise(() => {})",
    "await_loop": "while (true) await new Promise(done => setTimeout(done, 1))",
}


@pytest.mark.parametrize("kind", [*SPINNING, *WAITING])
def test_interrupt(kernel, kind):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute({**SPINNING, **WAITING}[kind])
    time.sleep(0.7)
    started = time.monotonic()
    kernel.interrupt()
    reply = kernel.reply(message_id)
    assert reply["status"] == "error"
    assert reply["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - started < 1.5
    kernel.iopub(message_id)
    assert kernel.value("kept") == "42"


def test_interrupt_while_idle_does_nothing(kernel):
    assert kernel.request("interrupt_request", {}, "control")["status"] == "ok"
    assert kernel.value("1") == "1"


@pytest.mark.parametrize("kind", ["spin", "pending_promise"])
def test_answers_while_a_cell_runs(kernel, kind):
    message_id = kernel.client.execute({**SPINNING, **WAITING}[kind])
    time.sleep(0.5)
    try:
        for message_type, content in REQUESTS.items():
            started = time.monotonic()
            request_id = kernel.send("shell", message_type, content)
            assert kernel.reply(request_id, timeout=5)["status"] in {"ok", "complete"}
            states = [message["content"]["execution_state"] for message in kernel.iopub(request_id)]
            assert states == ["busy", "idle"]
            assert time.monotonic() - started < 3
            # The latest status that a front end has seen is the kernel's.
            again = kernel.next("iopub", parent=message_id)
            while again["msg_type"] != "status":
                again = kernel.next("iopub", parent=message_id)
            assert again["content"]["execution_state"] == "busy"
        assert kernel.request("kernel_info_request", {}, "control", timeout=2)["status"] == "ok"
        assert beats(kernel)
    finally:
        kernel.interrupt()
        kernel.reply(message_id)
        kernel.iopub(message_id)


REQUESTS = {
    "kernel_info_request": {},
    "comm_info_request": {},
    "history_request": {"hist_access_type": "tail", "n": 1, "output": False, "raw": True},
    "complete_request": {"code": "Number.isSafeI", "cursor_pos": 14},
    "inspect_request": {"code": "parseInt", "cursor_pos": 3, "detail_level": 0},
    "is_complete_request": {"code": "1 + 1"},
}


def complete(kernel, code, cursor_pos=None):
    position = len(code) if cursor_pos is None else cursor_pos
    return kernel.request("complete_request", {"code": code, "cursor_pos": position})


def test_complete(kernel):
    reply = complete(kernel, "Number.isSafeI")
    assert reply["matches"] == ["isSafeInteger"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (7, 14)
    (kind,) = reply["metadata"]["_jupyter_types_experimental"]
    assert kind["text"] == "isSafeInteger"
    assert kind["type"]
    assert (kind["start"], kind["end"]) == (7, 14)


def test_positions_count_code_points(kernel):
    code = "'🎉🎉'; Number.isSafeI; 1"
    position = code.index("I;") + 1
    reply = complete(kernel, code, position)
    assert reply["matches"] == ["isSafeInteger"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (position - len("isSafeI"), position)
    content = {"code": "'🎉🎉'; parseInt", "cursor_pos": 8, "detail_level": 0}
    assert kernel.request("inspect_request", content)["found"]


def test_inspect(kernel):
    content = {"code": "parseInt", "cursor_pos": 4, "detail_level": 1}
    reply = kernel.request("inspect_request", content)
    assert reply["found"]
    assert "parseInt" in reply["data"]["text/plain"]
    nothing = kernel.request("inspect_request", {"code": "   ", "cursor_pos": 1})
    assert (nothing["found"], nothing["data"]) == (False, {})


@pytest.mark.parametrize(
    ("code", "status"), [("1 + 1", "complete"), ("if (true) {", "incomplete"), ("const = 1", "invalid")]
)
def test_is_complete(kernel, code, status):
    reply = kernel.request("is_complete_request", {"code": code})
    assert reply["status"] == status
    if status == "incomplete":
        assert reply["indent"].strip() == ""


def history(kernel, **content):
    request = {"output": False, "raw": True, **content}
    return kernel.request("history_request", request)["history"]


def test_history(kernel):
    marks = [f"'{uuid.uuid4()}'" for _ in range(3)]
    for mark in [*marks, marks[0]]:
        kernel.execute(mark)
    tail = history(kernel, hist_access_type="tail", n=4)
    assert [entry[2] for entry in tail] == [*marks, marks[0]]
    session, line = tail[0][:2]
    part = history(kernel, hist_access_type="range", session=session, start=line, stop=line + 2)
    assert [entry[2] for entry in part] == marks[:2]
    assert history(kernel, hist_access_type="range", session=0, start=line, stop=line + 2) == part
    pattern = f"{marks[0][:9]}*"
    assert len(history(kernel, hist_access_type="search", pattern=pattern)) == 2
    assert len(history(kernel, hist_access_type="search", pattern=pattern, unique=True)) == 1
    assert len(history(kernel, hist_access_type="search", pattern=pattern, n=1)) == 1
    (with_output,) = history(kernel, hist_access_type="tail", n=1, output=True)
    assert with_output[2] == [marks[0], marks[0]]


def test_silent_cells_are_not_history(kernel):
    kernel.execute("'silent cell'", silent=True)
    kernel.execute("'not stored'", store_history=False)
    found = history(kernel, hist_access_type="search", pattern="'*silent cell'")
    assert found == history(kernel, hist_access_type="search", pattern="'not stored'") == []


def test_history_outlives_a_restart(fresh):
    fresh.execute("'before the restart'")
    fresh.client.stop_channels()
    fresh.manager.restart_kernel()
    fresh.client = fresh.connect()
    entry = history(fresh, hist_access_type="tail", n=1)[0]
    assert entry[2] == "'before the restart'"
    fresh.execute("'after'")
    after = history(fresh, hist_access_type="tail", n=1)[0]
    assert after[:2] == [entry[0] + 1, 1]


def send_with_buffers(kernel, message_type, content):
    """As ipywidgets does: the client signs the message, its buffers follow."""
    channel = kernel.client.shell_channel
    message = kernel.client.session.msg(message_type, content)
    kernel.client.session.send(channel.socket, message, buffers=[bytes(range(256)), b"", b"<IDS|MSG>"])
    return message["header"]["msg_id"]


def test_comm_to_an_unknown_target_is_closed(kernel):
    content = {"comm_id": "a-comm", "target_name": "nobody", "data": {}}
    message_id = send_with_buffers(kernel, "comm_open", content)
    published = kernel.iopub(message_id)
    assert [message["msg_type"] for message in published] == ["status", "comm_close", "status"]
    assert published[1]["content"] == {"comm_id": "a-comm", "data": {}}
    late = send_with_buffers(kernel, "comm_msg", {"comm_id": "a-comm", "data": {}})
    assert [message["msg_type"] for message in kernel.iopub(late)] == ["status", "status"]
    assert kernel.request("comm_info_request", {})["comms"] == {}


def test_debug_request_is_refused_in_words(kernel):
    content = {"seq": 7, "type": "request", "command": "initialize", "arguments": {}}
    reply = kernel.request("debug_request", content, "control")
    assert (reply["request_seq"], reply["success"], reply["command"]) == (7, False, "initialize")
    assert "no debugger" in reply["message"]


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_unknown_messages_are_busy_and_idle(kernel, channel):
    for message_type in ("create_subshell_request", "nonsense", "__proto__"):
        message_id = kernel.send(channel, message_type, {})
        assert [message["msg_type"] for message in kernel.iopub(message_id)] == ["status", "status"]
    with pytest.raises(Empty):
        kernel.client.control_channel.get_msg(timeout=0.2)


WRONG = [
    ("execute_request", {}, "expected code to be a string"),
    ("execute_request", {"code": 1}, "expected code to be a string, got 1"),
    ("execute_request", {"code": "1", "silent": "no"}, "expected silent to be true or false"),
    ("execute_request", {"code": "1", "user_expressions": []}, "expected user_expressions to be an object"),
    ("complete_request", {"code": "a", "cursor_pos": "end"}, "expected cursor_pos to be an integer"),
    ("inspect_request", {"code": "a", "detail_level": 2}, "expected detail_level to be 0 or 1"),
    ("is_complete_request", {"code": None}, "expected code to be a string"),
    ("history_request", {"hist_access_type": "all"}, "expected hist_access_type to be"),
    ("comm_info_request", {"target_name": 5}, "expected target_name to be a string"),
]


@pytest.mark.parametrize(("message_type", "content", "expected"), WRONG)
def test_wrong_types_are_answered_with_what_was_expected(kernel, message_type, content, expected):
    reply = kernel.request(message_type, content)
    assert reply["status"] == "error"
    assert expected in reply["evalue"]
    assert kernel.value("1") == "1"


def raw(kernel, frames, sign=True):
    session = kernel.client.session
    signature = session.sign(frames) if sign else b"0" * 64
    kernel.client.shell_channel.socket.send_multipart([b"<IDS|MSG>", signature, *frames])


def header(message_type, **fields):
    return json.dumps({"msg_id": uuid.uuid4().hex, "msg_type": message_type, **fields}).encode()


def test_hostile_frames_are_dropped(kernel):
    kernel.execute("var state = 'kept'")
    good = header("kernel_info_request", username="u", session="s", date="", version="5.5")
    raw(kernel, [good, b"{}", b"{}", b"{}"], sign=False)
    raw(kernel, [b"{", b"{}", b"{}", b"{}"])
    raw(kernel, [b"[]", b"{}", b"{}", b"{}"])
    raw(kernel, [b'{"msg_id": 1}', b"{}", b"{}", b"{}"])
    raw(kernel, [good, b"{}"])
    raw(kernel, [])
    kernel.client.shell_channel.socket.send_multipart([b"no delimiter"])
    kernel.client.control_channel.socket.send_multipart([b"\xff" * 100_000])
    kernel.client.stdin_channel.socket.send_multipart([b"<IDS|MSG>"])
    with pytest.raises(Empty):
        kernel.client.shell_channel.get_msg(timeout=0.5)
    assert kernel.value("state") == "'kept'"


def test_broken_content_is_answered(kernel):
    session = kernel.client.session
    message = session.msg("execute_request", {})
    frames = [session.pack(message["header"]), b"{}", b"{}", b'{"code": ']
    frames[0] = json.dumps({**message["header"], "date": "2024-01-01T00:00:00Z"}).encode()
    raw(kernel, frames)
    reply = kernel.reply(message["header"]["msg_id"])
    assert reply["status"] == "error"
    assert "expected content to be a JSON object" in reply["evalue"]


def test_two_clients_share_the_kernel(kernel):
    other = kernel.another()
    other.start_channels()
    other.wait_for_ready(timeout=30)
    try:
        message_id = other.execute("console.log('from the other')")
        assert stream_text(kernel.iopub(message_id)) == "from the other\n"
        reply = other.get_shell_msg(timeout=30)
        validate(reply, message_id)
    finally:
        other.stop_channels()


@pytest.mark.parametrize("channel", ["shell", "control"])
@pytest.mark.parametrize("restart", [True, False])
def test_shutdown(channel, restart):
    with Kernel() as kernel:
        kernel.execute("setTimeout(() => {}, 1_000_000)")
        message_id = kernel.send(channel, "shutdown_request", {"restart": restart})
        assert kernel.reply(message_id, channel) == {"status": "ok", "restart": restart}
        end = time.monotonic() + 5
        while kernel.manager.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
        assert not kernel.manager.is_alive()


def test_shutdown_while_a_cell_runs(fresh):
    fresh.client.execute(WAITING["pending_promise"])
    fresh.client.execute("1")
    time.sleep(0.3)
    fresh.send("control", "shutdown_request", {"restart": False})
    end = time.monotonic() + 5
    while fresh.manager.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    assert not fresh.manager.is_alive()


def test_two_kernels_do_not_meet():
    with Kernel() as one, Kernel() as two:
        one.execute("var owner = 1")
        two.execute("var owner = 2")
        assert (one.value("owner"), two.value("owner")) == ("1", "2")
