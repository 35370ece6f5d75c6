"""One kernel and one client of it, timed from the outside as a front end sees it."""

import subprocess
import time
from queue import Empty

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager


class Died(Exception):
    pass


class Kernel:
    def __init__(self, spec, directory):
        self.begun = time.perf_counter()
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(argv=spec["argv"], display_name=spec["name"], language="")
        # Warnings of kernels would land in the table.
        self.manager.start_kernel(cwd=directory, stderr=subprocess.DEVNULL)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.kernel_info()
        self.client.get_shell_msg(timeout=30)
        self.to_info = time.perf_counter() - self.begun
        self.listen()

    def listen(self):
        """What is published before the subscription has reached the kernel would be lost."""
        while time.perf_counter() < self.begun + 30:
            self.client.kernel_info()
            try:
                self.client.get_iopub_msg(timeout=0.02)
                return
            except Empty:
                pass

    @property
    def pid(self):
        return self.manager.provisioner.process.pid

    def execute(self, code, timeout=30):
        """Seconds from sending to reply and idle, and the messages in between. Raises where a cell fails."""
        begun = time.perf_counter()
        request = self.client.execute(code, allow_stdin=False)
        messages = self.until_idle(request, begun + timeout)
        while True:
            left = max(0, begun + timeout - time.perf_counter())
            reply = self.client.get_shell_msg(timeout=left)
            if reply["parent_header"].get("msg_id") == request:
                break
        seconds = time.perf_counter() - begun
        if reply["content"]["status"] != "ok":
            raise Died(f"{reply['content'].get('ename')}: {reply['content'].get('evalue')}")
        return seconds, messages

    def until_idle(self, request, end):
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=max(0, end - time.perf_counter()))
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                return messages

    def lines(self, code, timeout, quiet):
        """
        Seconds from sending to idle (none if it never comes), lines until then, lines after it,
        and when the last one came. Listens until `quiet` seconds have passed without a message.
        """
        begun = time.perf_counter()
        request = self.client.execute(code, allow_stdin=False)
        idle, last, before, after = None, None, 0, 0
        while time.perf_counter() < begun + timeout:
            try:
                message = self.client.get_iopub_msg(timeout=quiet)
            except Empty:
                break
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                count = message["content"]["text"].count("\n")
                last = time.perf_counter() - begun
                before, after = (before + count, after) if idle is None else (before, after + count)
            elif message["content"].get("execution_state") == "idle":
                idle = time.perf_counter() - begun
        return idle, before, after, last

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
