"""A learner may break any built-in: the kernel shares a thread with the cells, and must not notice."""

import functools
import os
import resource
import signal
import time

import pytest
from client import Kernel, stream_text

BROKEN = {
    "array_map": "Array.prototype.map = () => { throw new Error('no map') }",
    "array_push": "Array.prototype.push = () => { throw new Error('no push') }",
    "array_iterator": "delete (Array.prototype as any)[Symbol.iterator]",
    "map_get": "Map.prototype.get = () => { throw new Error('no get') }",
    "map_set": "Map.prototype.set = () => { throw new Error('no set') }",
    "promise_then": "Promise.prototype.then = () => { throw new Error('no then') }",
    "promise": "(globalThis as any).Promise = class {}",
    "object_additions": (
        "Object.assign(Object.prototype, { get: 1, set: 2, value: 3, then: 4, type: 'x', error: 5, result: 6 })"
    ),
    "process_gone": "(globalThis as any).process = undefined",
    "console_gone": "(globalThis as any).console = null",
    "json_parse": "JSON.parse = () => { throw new Error('no parse') }",
    "json_stringify": "JSON.stringify = () => { throw new Error('no stringify') }",
    "prepare_stack_trace": "Error.prepareStackTrace = () => { throw new Error('no stack') }",
    "stack_as_list": "Error.prepareStackTrace = (_, sites) => sites",
    "error_gone": "(globalThis as any).Error = undefined",
    "function_call": "Function.prototype.call = Function.prototype.apply = () => { throw new Error('no call') }",
    "regexp_exec": "RegExp.prototype.exec = () => { throw new Error('no exec') }",
    "string_methods": (
        "for (const name of ['split', 'replace', 'replaceAll', 'slice', 'startsWith']) "
        "(String.prototype as any)[name] = () => { throw new Error('no string') }"
    ),
    "object_statics": "Object.keys = Object.entries = Object.assign = () => { throw new Error('no object') }",
    "timers_gone": "(globalThis as any).setTimeout = (globalThis as any).setImmediate = undefined",
    "listeners_gone": "process.removeAllListeners()",
    "listener_that_throws": "process.on('uncaughtException', () => { throw 1 }); setTimeout(() => { throw 2 })",
    "process_emit": "process.emit = () => { throw new Error('no emit') }; setTimeout(() => { throw 2 })",
    "emitters": "(await import('node:events')).EventEmitter.prototype.emit = () => { throw new Error('no emit') }",
    "modules_of_node": (
        "const { default: vm } = await import('node:vm'); const { default: util } = await import('node:util'); "
        "vm.Script = undefined as any; util.inspect = (() => { throw 1 }) as any"
    ),
    "what_nodes_timers_set": (
        "for (const name of ['id', '_repeat', '_idleNext']) "
        "Object.defineProperty(Object.prototype, name, { value: 1, writable: false })"
    ),
    "methods_of_timers": "const timer: any = setTimeout(() => {}); Object.getPrototypeOf(timer).unref = () => { throw 1 }",
    "threads": (
        "const threads = await import('node:worker_threads'); threads.MessagePort.prototype.postMessage = "
        "threads.Worker.prototype.postMessage = () => { throw new Error('no post') }"
    ),
    "capture_callback": (
        "process.setUncaughtExceptionCaptureCallback(() => { throw 1 }); setTimeout(() => { throw 2 }); "
        "await new Promise(done => setTimeout(done, 50))"
    ),
    "proxied_map": "(globalThis as any).Map = class { get() { throw 1 } }",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_kernel_outlives_broken_built_ins(kind):
    with Kernel() as kernel:
        kernel.execute("var kept = 42")
        kernel.execute(BROKEN[kind] + "; undefined")
        assert kernel.value("kept") == "42"
        reply, outputs = kernel.execute("throw new RangeError('told')" if kind != "error_gone" else "null!.x")
        assert reply["status"] == "error"
        assert "told" in reply["evalue"] or kind == "error_gone"
        assert outputs[-1]["msg_type"] == "error"
        assert kernel.value("kept + 1") == "43"
        if kind not in {"console_gone", "process_gone"}:
            assert kernel.text("console.log('seen')") == "seen\n"
        if kind not in {"promise"}:
            assert kernel.value("await (async () => 7)()") == "7"


THROWN = {
    "throw null": "null",
    "throw undefined": "undefined",
    "throw Symbol('s')": "Symbol(s)",
    "throw Object.create(null)": "[Object: null prototype] {}",
    "throw new Proxy({}, { get() { throw 1 } })": "",
    "throw new Proxy(new Error('x'), { getPrototypeOf() { throw 1 } })": "",
    "throw { toString() { throw 1 }, [Symbol.for('nodejs.util.inspect.custom')]() { throw 2 } }": "",
    "class E extends Error { get message(): string { throw 1 } }; throw new E()": "",
    "class F extends Error { get stack(): string { throw 1 } }; throw new F('x')": "",
    "const e = new Error('x'); e.cause = e; throw e": "x",
    "throw Object.assign(new Error('x'), { name: Symbol('n'), stack: 7 })": "x",
    "const deep: any = {}; deep[Symbol.for('Jupyter.display')] = () => { throw null }; deep": "null",
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 1n }) })": "",
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': () => 1 }) })": "",
}


@pytest.mark.parametrize(("code", "shown"), THROWN.items())
def test_whatever_is_thrown_is_told(kernel, code, shown):
    kernel.execute("var kept = 42")
    reply, outputs = kernel.execute(code)
    if reply["status"] == "error":
        assert shown in reply["evalue"]
        assert outputs[-1]["msg_type"] == "error"
    else:
        assert outputs, "neither an error nor a word about it"
    assert kernel.value("kept") == "42"


LATE = {
    "setTimeout(() => { throw new Error('from a timer') }, 50)": "from a timer",
    "setTimeout(() => { throw null }, 50)": "null",
    "setTimeout(() => { throw new Proxy({}, { getPrototypeOf() { throw 1 } }) }, 50)": "",
    "void Promise.reject(new Error('rejected'))": "rejected",
    "void Promise.reject(undefined)": "undefined",
    "process.nextTick(() => { throw new Error('at the next tick') })": "at the next tick",
    "void (async () => { await null; throw new Error('after an await') })()": "after an await",
}


@pytest.mark.parametrize(("code", "shown"), LATE.items())
def test_late_errors_are_told_below_their_cell(kernel, code, shown):
    kernel.execute("var kept = 42")
    message_id = kernel.client.execute(code)
    kernel.reply(message_id)
    published = kernel.iopub(message_id)
    if not any(message["msg_type"] == "error" for message in published):
        published += kernel.late(message_id, 0.6)
    errors = [message["content"] for message in published if message["msg_type"] == "error"]
    assert [shown in error["evalue"] for error in errors] == [True]
    assert kernel.value("kept") == "42"


def test_exit_is_refused(kernel):
    kernel.execute("var kept = 42")
    for code in ("process.exit()", "process.exit(1)", "process.abort()", "process.reallyExit(1)"):
        reply, _ = kernel.execute(f"(process as any).{code.removeprefix('process.')}")
        assert reply["status"] == "error", code
        assert "refused in a notebook" in reply["evalue"]
    assert kernel.value("kept") == "42"


def test_learner_gets_things_of_its_own_realm(kernel):
    checks = [
        "import('node:fs') instanceof Promise",
        "(await import(String('./nothing.ts')).catch(e => e)) instanceof Error",
        "(() => { try { process.exit() } catch (e) { return e } })() instanceof Error",
        "[].constructor === Array && (await Promise.resolve([])).constructor === Array",
    ]
    assert kernel.value(f"[{', '.join(checks)}].join()") == "'true,true,true,true'"
    code = "import { versions } from 'tslab'; Object.getPrototypeOf(versions) === Object.prototype"
    assert kernel.value(code) == "true"


def test_fifty_megabytes_of_cell(fresh):
    fresh.execute("var kept = 42")
    body = "'" + "x" * 50_000_000 + "'"
    reply, _ = fresh.execute(f"const huge = {body}; huge.length", timeout=60)
    assert reply["status"] in {"ok", "error"}
    assert fresh.value("kept", timeout=60) == "42"


def test_many_lines_of_stderr_and_stdout_keep_their_order(kernel):
    code = "for (let i = 0; i < 3000; i++) { console.log(i); console.error(i) }"
    _, outputs = kernel.execute(code)
    for name in ("stdout", "stderr"):
        assert stream_text(outputs, name) == "".join(f"{n}\n" for n in range(3000))


def test_one_megabyte_of_json(kernel):
    code = "({ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': { text: 'x'.repeat(1 << 20) } }) })"
    _, outputs = kernel.execute(code)
    assert outputs[0]["content"]["data"]["application/json"] == {"text": "x" * (1 << 20)}


def test_bytes_of_a_bundle_arrive_as_base64(kernel):
    code = (
        "({ [Symbol.for('Jupyter.display')]: () => ({ 'image/png': Uint8Array.of(0, 200, 255) }), other: 1 })"
    )
    _, outputs = kernel.execute(code)
    assert outputs[0]["content"]["data"]["image/png"] == "AMj/"


def test_output_while_the_kernel_floods(kernel):
    kernel.execute("var kept = 42")
    kernel.interrupted("while (true) console.log('x'.repeat(100))", 0.3, 60)
    assert kernel.value("kept") == "42"


def test_a_stop_in_the_middle_of_a_line_does_not_end_the_output(kernel):
    for _ in range(8):
        message_id = kernel.client.execute("while (true) process.stdout.write('x')")
        time.sleep(0.1)
        kernel.interrupt()
        kernel.reply(message_id)
        kernel.iopub(message_id, 60)
        assert kernel.text("console.log('still here')") == "still here\n"


ENDINGS = {
    "pipeline": "import { pipeline } from 'node:stream/promises'; import { Readable } from 'node:stream';"
    " await pipeline(Readable.from(['out\\n']), process.stdout)",
    "end": "await new Promise<void>(done => process.stdout.end('out\\n', done))",
    "destroy": "console.log('out'); process.stdout.destroy()",
    "pipe": "import { Readable } from 'node:stream'; const source = Readable.from(['out\\n']);"
    " source.pipe(process.stdout); await new Promise(done => source.on('end', done))",
}


@pytest.mark.parametrize("kind", ENDINGS)
def test_the_output_cannot_be_closed(kernel, kind):
    assert kernel.text(ENDINGS[kind] + "; undefined") == "out\n"
    assert kernel.text("console.log('still here')") == "still here\n"


@pytest.mark.parametrize(
    "code",
    [
        "fs.writeSync(1, Buffer.from('..told..'), 2, 4)",
        "fs.writeSync(1, 'dG9sZA==', null, 'base64')",
        "fs.writeFileSync(1, 'told')",
        "fs.appendFileSync('/dev/stdout', 'told')",
        "fs.writeFileSync('/dev/stdout', '746f6c64', 'hex')",
        "fs.writeSync(fs.openSync('/dev/stdout', 'w'), 'told')",
        "fs.writevSync(1, [Buffer.from('to'), new Uint8Array([108, 100])])",
        "fs.closeSync(1); fs.writeSync(1, 'told')",
        "await new Promise(done => fs.write(1, 'told', done))",
        "const { bytesWritten } = await promisify(fs.write)(1, Buffer.from('told')); fs.writeSync(1, bytesWritten === 4 ? '' : '?')",
        "await new Promise(done => fs.writeFile('/dev/stdout', 'told', done))",
        "await fs.promises.writeFile('/dev/stdout', 'told')",
        "await new Promise<void>(done => fs.createWriteStream('/dev/stdout').end('told', done))",
        "await pipeline(Readable.from([Buffer.from('to'), 'ld']), fs.createWriteStream('', { fd: 1 }))",
        "process.stdout.write('746f6c64', 'hex')",
    ],
)
def test_ways_to_write_to_the_output(kernel, code):
    imports = (
        "import fs from 'node:fs'; import { promisify } from 'node:util';"
        "import { Readable } from 'node:stream'; import { pipeline } from 'node:stream/promises';"
    )
    assert kernel.text(f"{imports} {code}; undefined") == "told"


def test_what_cannot_be_written_is_refused_by_node(kernel):
    reply, _ = kernel.execute("import fs from 'node:fs'; fs.writeSync(1, 5 as any)")
    assert reply["evalue"].startswith('The "buffer" argument must be of type string')


@pytest.mark.parametrize(
    ("proxy", "shown"),
    [
        ("new Proxy({}, { get: () => () => 1 })", "{}"),
        ("new Proxy(function () {}, { get: () => () => 1 })", "[Function (anonymous)]"),
        ("const all: any = new Proxy(() => 1, { get: () => all, apply: () => all, has: () => true }); all", "[Function (anonymous)]"),
        ("new Proxy({}, { get: () => ({}), has: () => true })", "{}"),
        ("new Proxy({}, { get() { throw 1 } })", "{}"),
        ("new Proxy({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'a figure' }) }, {})", "a figure"),
    ],
)
def test_proxies_are_shown(kernel, proxy, shown):
    assert kernel.value(proxy) == (shown if shown == "a figure" else kernel.proxied(shown))


def test_an_immediate_may_take_the_next_one_away_and_throw(kernel):
    code = (
        "const first = setImmediate(() => { clearImmediate(second); throw new Error('mine') });"
        "const second = setImmediate(() => console.log('second')); setImmediate(() => console.log('third')); 0"
    )
    message_id = kernel.client.execute(code)
    kernel.reply(message_id)
    published = kernel.iopub(message_id) + kernel.late(message_id, 0.3)
    assert [m["content"]["evalue"] for m in published if m["msg_type"] == "error"] == ["mine"]
    assert stream_text(published) == "third\n"
    assert kernel.value("await new Promise<number>(done => setImmediate(done, 5))") == "5"


def test_halves_of_a_character_meet_again(kernel):
    code = "import fs from 'node:fs'; for (const byte of Buffer.from('学')) fs.writeSync(1, Buffer.of(byte)); undefined"
    assert kernel.text(code) == "学"


def test_half_a_character_can_be_saved(kernel):
    """`'😀'.split('')`: a front end writes what it gets as UTF-8."""
    assert kernel.text("console.log('😀'.split('').join('|'), '\\\\ud83d')") == "\ufffd|\ufffd \\ud83d\n"
    assert kernel.text("for (const half of '😀'.split('')) process.stdout.write(half); undefined") == "😀"
    reply, _ = kernel.execute("throw new Error('😀'[0])")
    assert reply["evalue"] == "\ufffd"


@pytest.mark.parametrize("listeners", ["", "'uncaughtException'"])
def test_errors_that_nobody_listens_for(fresh, listeners):
    fresh.execute(f"let kept = 1; process.removeAllListeners({listeners})")
    for code in ("setTimeout(() => { throw new Error('late') }, 50)", "void Promise.reject(new Error('late'))"):
        message_id = fresh.client.execute(code)
        fresh.reply(message_id)
        published = fresh.iopub(message_id) + fresh.late(message_id, 0.5)
        assert [m["content"]["evalue"] for m in published if m["msg_type"] == "error"] == ["late"]
    os.kill(fresh.manager.provisioner.process.pid, signal.SIGINT)
    time.sleep(0.5)
    assert fresh.value("kept") == "1"


def test_a_compiler_that_dies_loses_nothing(fresh):
    fresh.execute("let before = 1")
    running = fresh.client.execute("await new Promise(done => setTimeout(done, 1500)); let during = 2; during")
    time.sleep(1)
    fresh.kill_compilers()
    assert fresh.reply(running)["status"] == "ok"
    assert fresh.value("before + during") == "3"
    fresh.kill_compilers()
    assert fresh.value("before + during") == "3"


def test_a_compiler_that_dies_again_and_again_as_it_starts(fresh):
    fresh.execute("let before = 1")
    end = time.monotonic() + 2
    while time.monotonic() < end:
        fresh.kill_compilers()
        time.sleep(0.05)
    assert fresh.value("before") == "1"


def test_code_nested_too_deeply_is_refused_in_words(kernel):
    reply, _ = kernel.execute("[" * 3000 + "]" * 3000)
    assert "nested too deeply" in reply["evalue"]


def test_where_no_file_can_be_opened_any_more(tmp_path):
    code = """import fs from 'node:fs'
const held: number[] = []
try { for (;;) held.push(fs.openSync('/dev/null', 'r')) } catch {}
held.length > 10"""
    few = functools.partial(resource.setrlimit, resource.RLIMIT_NOFILE, (64, 64))
    with (tmp_path / "stderr").open("w") as stderr, Kernel(stderr=stderr, preexec_fn=few) as kernel:
        assert kernel.value(code) == "true"
        time.sleep(0.3)
        assert kernel.value("held.forEach(fd => fs.closeSync(fd)); 1 + 1") == "2"
    assert (tmp_path / "stderr").read_text() == ""


def test_a_variable_outlives_a_compiler_whose_files_are_broken(tmp_path):
    (tmp_path / "lib.ts").write_text("export const f = () => 7")
    with Kernel(cwd=str(tmp_path)) as kernel:
        kernel.execute("import { f } from './lib.ts'; const x = f()")
        (tmp_path / "lib.ts").write_text("export const g = () => 7; const wrong: string = 1")
        kernel.kill_compilers()
        assert kernel.value("x") == "7"
        (tmp_path / "lib.ts").write_text("export const f = () => 8")
        assert kernel.value("[x.toFixed(1), f()]") == "[ '7.0', 8 ]"


def test_a_compiler_that_dies_while_it_is_told_of_the_past(fresh):
    for i in range(60):
        fresh.execute(f"let x{i} = {i}")
    for pause in (0.2, 0.4, 0.6):
        fresh.kill_compilers()
        waiting = fresh.client.execute("x0 + x59")
        time.sleep(pause)
        fresh.kill_compilers()
        assert fresh.reply(waiting)["status"] == "ok"
        fresh.iopub(waiting)


def test_a_stack_trace_function_that_never_ends_can_be_stopped(fresh):
    fresh.execute("var kept = 42")
    fresh.interrupted("Error.prepareStackTrace = () => { while (true) {} }; new Error('x').stack")
    assert fresh.value("kept") == "42"
    assert fresh.execute("throw new Error('as before')")[0]["evalue"] == "as before"


def test_a_file_keeps_its_state_when_the_compiler_dies(tmp_path):
    (tmp_path / "count.ts").write_text("console.log('runs'); export let n = 0; export const up = () => ++n")
    with Kernel(cwd=str(tmp_path)) as kernel:
        kernel.execute("const first = await import('./count.ts'); first.up()")
        kernel.kill_compilers()
        again = "const again = await import('./count.ts'); console.log(again === first, again.n)"
        assert kernel.text(again) == "true 1\n"
        assert kernel.value("import { n } from './count.ts'\nn") == "1"
        (tmp_path / "count.ts").write_text("console.log('runs anew'); export let n = 0; export const up = () => ++n")
        assert kernel.text(again) == "runs anew\nfalse 0\n"


def test_whoever_closes_all_handles_leaves_the_kernel_its_own(fresh):
    close = "for (const handle of (process as any)._getActiveHandles()) handle.close?.()"
    assert fresh.execute(close)[0]["status"] == "ok"
    assert fresh.value("1 + 1") == "2"
