"""Child processes: what they print reaches the cell that started them, and they end with the kernel."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest
from client import Kernel, stream_text

IMPORT = "import { spawn, spawnSync, execSync, execFileSync, execFile, fork } from 'node:child_process'; "
ENDED = "await new Promise(done => child.on('close', done))"

KINDS = {
    "spawn": f"const child = spawn('echo', ['out'], {{ stdio: 'inherit' }}); {ENDED}",
    "spawn in a list": f"const child = spawn('echo', ['out'], {{ stdio: ['ignore', 'inherit', 'inherit'] }}); {ENDED}",
    "spawn with streams": (
        f"const child = spawn('echo', ['out'], {{ stdio: [process.stdin, process.stdout, process.stderr] }}); {ENDED}"
    ),
    "spawn with numbers": f"const child = spawn('echo', ['out'], {{ stdio: [0, 1, 2] }}); {ENDED}",
    "spawnSync": "spawnSync('echo', ['out'], { stdio: 'inherit' }).status",
    "spawnSync without a list": "spawnSync('echo out', { stdio: 'inherit', shell: true }).status",
    "execSync": "execSync('echo out', { stdio: 'inherit' })",
    "execFileSync": "execFileSync('echo', ['out'], { stdio: ['pipe', process.stdout, 'inherit'] })",
}


@pytest.mark.parametrize("kind", KINDS)
def test_inherited_output_reaches_the_cell(kernel, kind):
    assert kernel.text(IMPORT + KINDS[kind]) == "out\n"


def test_what_is_not_inherited_stays_as_it_is(kernel):
    code = "[String(execSync('echo a')), spawnSync('echo', ['b'], { encoding: 'utf8' }).stdout].join('')"
    assert kernel.value(IMPORT + code) == "'a\\nb\\n'"
    assert kernel.text(IMPORT + "console.log(String(execFileSync('echo', ['c'])))") == "c\n\n"
    code = "const child = spawn('echo', ['d']); for await (const part of child.stdout) console.log(`got ${part}`)"
    assert kernel.text(IMPORT + code) == "got d\n\n"


def test_fork_inherits(kernel, tmp_path):
    script = tmp_path / "child.mjs"
    script.write_text("console.log('from the fork'); process.send('hello'); process.disconnect()")
    code = (
        f"const child = fork({str(script)!r}); const said = await new Promise(done => child.on('message', done)); "
        f"{ENDED}; console.log(said)"
    )
    assert kernel.text(IMPORT + code) == "from the fork\nhello\n"


def test_stderr_and_failure(kernel):
    reply, outputs = kernel.execute(IMPORT + "execSync('echo oh >&2; exit 3', { stdio: 'inherit' })")
    assert stream_text(outputs, "stderr") == "oh\n"
    assert "Command failed" in reply["evalue"]
    assert kernel.value("spawnSync('sh', ['-c', 'exit 3'], { stdio: 'inherit' }).status") == "3"
    reply, _ = kernel.execute("execFileSync('no-such-program', [], { stdio: 'inherit' })")
    assert "ENOENT" in reply["evalue"]


def test_output_that_execsync_leaves_to_the_parent(kernel):
    _, outputs = kernel.execute(IMPORT + "String(execSync('echo oh >&2; echo a'))")
    assert stream_text(outputs, "stderr") == "oh\n"


def test_late_output_goes_to_the_cell_that_started_the_child(kernel):
    code = "spawn('sh', ['-c', 'sleep 0.6; echo late'], { stdio: 'inherit' }); undefined"
    message_id = kernel.client.execute(IMPORT + code)
    kernel.reply(message_id)
    assert stream_text(kernel.iopub(message_id)) == ""
    assert kernel.text("console.log('next')") == "next\n"
    assert stream_text(kernel.late(message_id, 1.5)) == "late\n"


def test_a_child_that_reads_input_finds_its_end(kernel):
    assert kernel.text(IMPORT + "spawnSync('cat', { stdio: 'inherit' }).status") == ""


def test_many_lines_of_a_child(kernel):
    code = "spawnSync('seq', ['300000'], { stdio: 'inherit' }).status"
    assert kernel.text(IMPORT + code) == "".join(f"{n}\n" for n in range(1, 300_001))


def test_write_without_newline_and_progress(kernel):
    code = "for (let i = 0; i < 3; i++) process.stdout.write(`\\r${i} %`); process.stdout.write('done')"
    assert kernel.text(code) == "\r0 %\r1 %\r2 %done"


def test_character_split_between_two_chunks(kernel):
    code = "const e = Buffer.from('é'); process.stdout.write(e.subarray(0, 1)); process.stdout.write(e.subarray(1))"
    assert kernel.text(code) == "é"


@pytest.mark.parametrize("code", ["execSync('sleep 60')", "spawnSync('sh', ['-c', 'sleep 60; echo'])"])
def test_interrupt_ends_a_wait_for_a_child(kernel, code):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(IMPORT + f"{code}; console.log('went on')")
    time.sleep(0.8)
    started = time.monotonic()
    kernel.interrupt()
    reply = kernel.reply(message_id)
    assert reply["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - started < 2
    assert stream_text(kernel.iopub(message_id)) == ""
    assert kernel.value("kept") == "42"


def test_interrupt_leaves_children_of_other_cells_alone(kernel):
    server = "const server = spawn('sleep', ['30']); var alive = () => server.exitCode === null && !server.signalCode"
    kernel.execute(IMPORT + server)
    message_id = kernel.client.execute(IMPORT + "execSync('sleep 60')")
    time.sleep(0.8)
    kernel.interrupt()
    kernel.reply(message_id)
    kernel.iopub(message_id)
    assert kernel.value("alive()") == "true"


def descendants(kernel):
    process = psutil.Process(kernel.manager.provisioner.pid)
    return [process, *process.children(recursive=True)]


def start_children(kernel):
    """One that runs beside the cells, one below a shell, one that ignores a polite request."""
    for command in ("sleep 1000", "sleep 1001 & wait", "trap '' TERM; sleep 1002"):
        kernel.execute(IMPORT + f"spawn('sh', ['-c', {command!r}], {{ stdio: 'inherit' }}); undefined")
    processes = descendants(kernel)
    assert len(processes) >= 5
    return processes


def all_gone(processes, seconds=5):
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


ENDINGS = {
    "shutdown": lambda kernel: kernel.send("control", "shutdown_request", {"restart": False}),
    "shutdown while a cell spins": lambda kernel: (
        kernel.client.execute("while (true) {}"),
        time.sleep(0.5),
        kernel.send("control", "shutdown_request", {"restart": False}),
    ),
    "kill -9": lambda kernel: os.kill(kernel.manager.provisioner.pid, signal.SIGKILL),
    "kill -9 while a cell spins": lambda kernel: (
        kernel.client.execute("while (true) {}"),
        time.sleep(0.5),
        os.kill(kernel.manager.provisioner.pid, signal.SIGKILL),
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left_behind(ending):
    with Kernel() as kernel:
        processes = start_children(kernel)
        ENDINGS[ending](kernel)
        assert all_gone(processes) == []


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("busy", [False, True])
def test_a_kernel_of_nobody_ends_with_its_terminal(group, busy):
    """`independent`: it is not told of a front end whose end it could wait for."""
    with Kernel(independent=True) as kernel:
        processes = start_children(kernel)
        if busy:
            kernel.client.execute("while (true) {}")
            time.sleep(0.3)
        pid = kernel.manager.provisioner.pid
        os.killpg(pid, signal.SIGHUP) if group else os.kill(pid, signal.SIGHUP)
        assert all_gone(processes) == []


def test_restart_leaves_nothing_behind(fresh):
    processes = start_children(fresh)
    fresh.client.stop_channels()
    fresh.manager.restart_kernel()
    assert all_gone(processes) == []
    fresh.client = fresh.connect()
    assert fresh.value("1 + 1") == "2"


FRONT_END = """
    import sys, time
    sys.path.insert(0, {folder!r})
    from client import Kernel
    kernel = Kernel()
    kernel.execute("import {{ spawn }} from 'node:child_process'; spawn('sleep', ['1000']); undefined")
    print(kernel.manager.provisioner.pid, flush=True)
    time.sleep(600)
"""


def test_kernel_ends_with_the_front_end_that_started_it():
    folder = str(Path(__file__).parent)
    program = textwrap.dedent(FRONT_END.format(folder=folder))
    front_end = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    try:
        kernel = psutil.Process(int(front_end.stdout.readline()))
        processes = [kernel, *kernel.children(recursive=True)]
        front_end.kill()
        assert all_gone(processes) == []
    finally:
        front_end.kill()
        front_end.wait()
        with contextlib.suppress(psutil.NoSuchProcess, NameError):
            kernel.kill()


def test_a_detached_child_outlives_the_kernel():
    with Kernel() as kernel:
        kernel.execute(IMPORT + "const child = spawn('sleep', ['1003'], { detached: true, stdio: 'ignore' })")
        child = psutil.Process(int(kernel.value("child.pid")))
    assert child.is_running()
    child.kill()


def test_stop_ends_a_wait_for_what_a_shell_has_left_behind(kernel):
    kernel.execute(IMPORT + "var kept = 42; const early = execSync('sleep 1004 > /dev/null 2>&1 & echo $!').toString()")
    early = psutil.Process(int(kernel.value("Number(early)")))
    waiting = kernel.client.execute("execSync('sleep 1005 & echo started').toString()")
    time.sleep(1)
    started = time.monotonic()
    kernel.interrupt()
    assert kernel.reply(waiting)["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - started < 3
    kernel.iopub(waiting)
    assert kernel.value("kept") == "42"
    # What an earlier cell has left in the background is none of it.
    assert early.is_running()
    early.kill()


STARTER = """
import sys, time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="tslab")
manager.start_kernel()
print(manager.provisioner.pid, flush=True)
time.sleep(600)
"""


def test_kernel_ends_with_a_front_end_that_dies_as_it_starts():
    front_end = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
    kernel = psutil.Process(int(front_end.stdout.readline()))
    front_end.kill()
    front_end.wait()
    try:
        assert all_gone([kernel]) == []
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            kernel.kill()
