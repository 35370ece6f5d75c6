"""Worker threads: what they print and tell reaches the cell that started them."""

import pytest
from client import stream_text

IMPORT = "import { Worker } from 'node:worker_threads'; "


def started(body, wait="await new Promise(done => worker.on('exit', done));", options="{ eval: true }"):
    return f"{IMPORT}const worker = new Worker({body!r}, {options}); {wait} undefined"


@pytest.mark.parametrize(
    "body",
    [
        "console.log('told')",
        "require('fs').writeSync(1, 'told\\n')",
        "require('fs').writeFileSync('/dev/stdout', 'told\\n')",
        "require('child_process').execSync('echo told', { stdio: 'inherit' })",
        "require('child_process').spawn('echo', ['told'], { stdio: 'inherit' })",
        "new (require('worker_threads').Worker)(`require('fs').writeSync(1, 'told\\\\n')`, { eval: true })",
    ],
)
def test_ways_to_write_to_the_output(kernel, body):
    assert kernel.text(started(body)) == "told\n"


def test_both_streams_in_order(kernel):
    body = "for (let i = 0; i < 20000; i++) i % 2 ? console.log(i) : require('fs').writeSync(1, i + '\\n'); console.error('e')"
    _, outputs = kernel.execute(started(body))
    assert stream_text(outputs) == "".join(f"{i}\n" for i in range(20000))
    assert stream_text(outputs, "stderr") == "e\n"


def test_output_that_is_kept_for_the_cell_itself(kernel):
    wait = "let got = ''; for await (const part of worker.stdout) got += part; console.log(`got ${got}`);"
    assert kernel.text(started("console.log('told')", wait, "{ eval: true, stdout: true }")) == "got told\n\n"


def test_what_comes_late_goes_to_the_cell_that_started_it(kernel):
    body = "setTimeout(() => { console.log('late'); require('worker_threads').parentPort.postMessage(1); throw new Error('oh') }, 500)"
    message_id = kernel.client.execute(started(body, "worker.on('message', () => console.log('heard'));"))
    kernel.reply(message_id)
    assert stream_text(kernel.iopub(message_id)) == ""
    assert kernel.text("console.log('next')") == "next\n"
    late = kernel.late(message_id, 2)
    assert sorted(stream_text(late).split()) == ["heard", "late"]
    assert [m["content"]["evalue"] for m in late if m["msg_type"] == "error"] == ["oh"]


def test_it_is_a_worker_as_in_node(kernel):
    code = "const silent = new Worker('0', { eval: true }); [silent instanceof Worker, Worker.name, silent.threadId > 0]"
    assert kernel.value(IMPORT + code) == "[ true, 'Worker', true ]"
    reply, _ = kernel.execute(IMPORT + "new Worker(5 as any)")
    assert reply["evalue"].startswith('The "filename" argument must be of type string')
    body = "const { workerData, parentPort } = require('worker_threads'); parentPort.postMessage(workerData + 1)"
    wait = "await new Promise(done => worker.on('message', sum => done(console.log(sum))));"
    assert kernel.text(started(body, wait, "{ eval: true, workerData: 2 }")) == "3\n"
