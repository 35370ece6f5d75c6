"""A kernel and one client of it. Every message that arrives is validated against a schema."""

import contextlib
import os
import signal
import subprocess
import time
from queue import Empty

from jsonschema import Draft4Validator
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_kernel_test import msgspec_v5

KERNEL = "tslab"
TIMEOUT = 30

# What jupyter_kernel_test 0.7.0 leaves out, from the messaging protocol 5.5.
COMM = {"comm_id": {"type": "string"}, "data": {"type": "object"}}
msgspec_v5.schema_fragments.update(
    {
        "iopub_welcome": {"properties": {"subscription": {"type": "string"}}},
        "comm_open": {"properties": {**COMM, "target_name": {"type": "string"}}},
        "comm_msg": {"properties": COMM},
        "comm_close": {"properties": COMM},
        "debug_reply": {
            "properties": {
                "type": {"enum": ["response"]},
                "request_seq": {"type": "number"},
                "success": {"type": "boolean"},
                "command": {"type": "string"},
            }
        },
        # There it is a number; the protocol says bool, and so do ipykernel and runtimelib.
        "input_request": {
            "properties": {"prompt": {"type": "string"}, "password": {"type": "boolean"}}
        },
    }
)

MIMEBUNDLE_KEYS = {"display_data", "update_display_data", "execute_result"}


def validate(message, parent=None):
    """Structure, content, and a status in every reply."""
    content = message["content"]
    assert message["header"]["version"] == "5.5"
    if message["msg_type"].endswith("_reply"):
        assert "status" in content, message
    if content.get("status") == "aborted":
        # The schemas know only the older "abort"; ipykernel and runtimelib say "aborted".
        msgspec_v5.msg_structure_validator.validate(message)
        Draft4Validator({"required": ["status"]}).validate(content)
    elif message["msg_type"] == "is_complete_reply" and content["status"] == "error":
        msgspec_v5.get_error_reply_validator(5).validate(content)
    else:
        msgspec_v5.validate_message(message, message["msg_type"], parent)


class Kernel:
    """Starts the kernelspec `tslab`; `with Kernel() as kernel: kernel.execute("1 + 1")`."""

    def __init__(self, **start):
        self.manager = KernelManager(kernel_name=KERNEL)
        self.manager.start_kernel(**start)
        self.client = self.connect()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=not self.manager.is_alive())

    def another(self):
        """
        A client with a session of its own. Two of `manager.client()` would share their identity, and the
        kernel takes the second for the first one connecting again.
        """
        client = BlockingKernelClient(parent=self.manager)
        client.load_connection_info(self.manager.get_connection_info())
        return client

    def connect(self):
        client = self.another()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        return client

    def send(self, channel, message_type, content, **more):
        message = self.client.session.msg(message_type, content, **more)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def request(self, message_type, content, channel="shell", timeout=TIMEOUT):
        return self.reply(self.send(channel, message_type, content), channel, timeout)

    def reply(self, message_id, channel="shell", timeout=TIMEOUT):
        message = self.next(channel, timeout, message_id)
        validate(message, message_id)
        return message["content"]

    def next(self, channel, timeout=TIMEOUT, parent=None):
        """The next message on a channel, of one parent where given; others are validated and skipped."""
        end = time.monotonic() + timeout
        while True:
            left = max(0, end - time.monotonic())
            message = getattr(self.client, f"{channel}_channel").get_msg(timeout=left)
            validate(message)
            if parent is None or message["parent_header"].get("msg_id") == parent:
                return message

    def iopub(self, parent, timeout=TIMEOUT):
        """All messages that a request causes, from its busy to its idle."""
        messages = []
        while True:
            message = self.next("iopub", timeout, parent)
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                return messages

    def execute(self, code, timeout=TIMEOUT, **options):
        """The reply's content, and what was published between execute_input and idle."""
        message_id = self.client.execute(code, allow_stdin=options.pop("allow_stdin", False), **options)
        reply = self.reply(message_id, timeout=timeout)
        published = self.iopub(message_id, timeout)
        assert published[0]["content"] == {"execution_state": "busy"}
        hidden = {"status", "execute_input"}
        return reply, [message for message in published if message["msg_type"] not in hidden]

    def text(self, code, **options):
        """What a cell prints on stdout."""
        reply, outputs = self.execute(code, **options)
        assert reply["status"] == "ok", reply
        return stream_text(outputs)

    def value(self, code, **options):
        """The text/plain of a cell's result."""
        reply, outputs = self.execute(code, **options)
        assert reply["status"] == "ok", reply
        results = [m for m in outputs if m["msg_type"] == "execute_result"]
        return results[0]["content"]["data"]["text/plain"] if results else None

    def late(self, message_id, seconds):
        """What a cell publishes in the next seconds."""
        messages = []
        end = time.monotonic() + seconds
        with contextlib.suppress(Empty):
            while time.monotonic() < end:
                messages.append(self.next("iopub", end - time.monotonic(), message_id))
        return messages

    def interrupt(self):
        self.manager.interrupt_kernel()

    def interrupted(self, code, seconds=0.5, timeout=TIMEOUT):
        """Runs a cell that does not end by itself, and stops it after this time."""
        message_id = self.client.execute(code)
        time.sleep(seconds)
        self.interrupt()
        assert self.reply(message_id)["ename"] == "KeyboardInterrupt"
        self.iopub(message_id, timeout)

    def kill_compilers(self):
        """Ends the processes that know TypeScript, below the kernel's."""
        below = subprocess.run(
            ["pgrep", "--parent", str(self.manager.provisioner.process.pid)], capture_output=True, text=True
        )
        for pid in below.stdout.split():
            os.kill(int(pid), signal.SIGKILL)

    def proxied(self, text):
        """How Node shows a proxy of what it shows as this text: from Node 26 on, it names the proxy too."""
        names = "Proxy" in self.value("(await import('node:util')).inspect(new Proxy({}, {}))")
        return f"Proxy({text})" if names else text


def stream_text(messages, name="stdout"):
    streams = [m["content"] for m in messages if m["msg_type"] == "stream"]
    return "".join(stream["text"] for stream in streams if stream["name"] == name)
