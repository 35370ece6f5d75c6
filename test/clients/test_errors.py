"""Errors name the cell or the file, the line and the column, and show the line."""

import pytest
from client import Kernel, stream_text


def traceback(kernel, code):
    reply, _ = kernel.execute(code)
    assert reply["status"] == "error", reply
    return "\n".join(reply["traceback"])


def test_type_error_on_the_first_line(kernel):
    reply, _ = kernel.execute("const first: number = 'x'")
    count = reply["execution_count"]
    assert reply["traceback"] == [
        f"Cell [{count}]:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.\n\n"
        "  1 | const first: number = 'x'\n"
        "    |       ~~~~~"
    ]


def test_type_error_further_down_beside_earlier_names(kernel):
    kernel.execute("let near = 1")
    text = traceback(kernel, "near\n\n  near = 'far'")
    assert ":3:3 - error TS2322" in text
    assert "  3 |   near = 'far'\n    |   ~~~~" in text


def test_all_errors_of_a_cell(kernel):
    text = traceback(kernel, "const a1: number = 'x'\nconst a2: string = 1")
    assert ":1:7 - error TS2322" in text
    assert ":2:7 - error TS2322" in text


@pytest.mark.parametrize(
    "declaration, message",
    [
        ("const kc = 1", "Cannot assign to 'kc' because it is a constant."),
        ("function kc() {}", "Cannot assign to 'kc' because it is a function."),
        ("class kc {}", "Cannot assign to 'kc' because it is a class."),
        ("enum kc { A }", "Cannot assign to 'kc' because it is an enum."),
    ],
)
def test_assignment_to_what_does_not_change(kernel, declaration, message):
    kernel.execute(declaration)
    assert message in traceback(kernel, "kc = null as any")


def test_unknown_name_and_syntax(kernel):
    assert "error TS2304: Cannot find name 'nowhere'." in traceback(kernel, "nowhere")
    reply, _ = kernel.execute("const = 1")
    assert reply["ename"] == "SyntaxError"
    assert ":1:7 - error TS1134" in reply["traceback"][0]


def test_type_names_of_earlier_cells_are_plain(kernel):
    kernel.execute("class Apple { private core = 1 }\nclass Pear { private core = 2 }")
    text = traceback(kernel, "const fruit: Apple = new Pear()")
    assert "Type 'Pear' is not assignable to type 'Apple'" in text
    assert "__cell_" not in text


def test_runtime_error_in_a_cell(kernel):
    kernel.execute("interface Deep { x: { y: number } }\n\nfunction dig(d: Deep) {\n  return d.x.y\n}")
    reply, _ = kernel.execute("const nothing = {} as Deep\ndig(nothing)")
    count = reply["execution_count"]
    text = "\n".join(reply["traceback"])
    assert "TypeError: Cannot read properties of undefined (reading 'y')" in text
    assert f"at dig (Cell [{count - 1}]:4:14)" in text
    assert f"at Cell [{count}]:2:1" in text
    assert "  4 |   return d.x.y\n    |              ^" in text
    assert "node:" not in text and "dist" not in text


def test_messages_of_the_engine_speak_of_the_learners_names(kernel):
    kernel.execute("let fn: any = 1; const lib: any = {}")
    assert "TypeError: fn is not a function" in traceback(kernel, "fn()")
    assert "TypeError: lib.train is not a function" in traceback(kernel, "lib.train()")
    assert "TypeError: fn is not a constructor" in traceback(kernel, "new fn()")


def test_stack_is_right_where_the_learner_reads_it(kernel):
    text = kernel.text("try { throw new Error('mine') } catch (e) { console.log((e as Error).stack) }")
    assert text.startswith("Error: mine\n    at Cell [")
    assert ":1:13" in text


def test_cause_and_aggregate(kernel):
    text = traceback(kernel, "throw new Error('outer', { cause: new RangeError('inner') })")
    assert "Caused by: RangeError: inner" in text
    text = traceback(kernel, "throw new AggregateError([new Error('e1'), 'e2'], 'both')")
    assert "Error 1 of 2: Error: e1" in text
    assert "Error 2 of 2: 'e2'" in text
    text = traceback(kernel, "throw Object.assign(new AggregateError([]), { errors: { length: 1e9, 0: 'first' } })")
    assert "Error 1 of 1000000000: 'first'" in text


@pytest.mark.parametrize("thrown", ["null", "undefined", "'text'", "42", "{ a: 1 }"])
def test_what_is_no_error(kernel, thrown):
    reply, _ = kernel.execute(f"throw {thrown}")
    assert reply["status"] == "error"
    assert reply["evalue"] == {"{ a: 1 }": "{ a: 1 }"}.get(thrown, thrown)


@pytest.mark.parametrize(
    "code, shown",
    [
        ("throw new (class extends Error { override get message(): string { throw new Error('no') } })()", "cannot be read"),
        ("throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no') } }", "cannot be shown"),
        ("throw new Proxy({}, { get() { throw new Error('no') } })", "Thrown: {}"),
        ("throw Object.assign(new Error('kept'), { stack: 5 })", "Error: kept"),
        ("throw Object.assign(new Error('kept'), { name: Symbol('s') })", "Symbol(s): kept"),
        ("throw Object.create(null)", "null prototype"),
        ("({ get outerHTML() { throw new Error('asked') } })", "Error: asked"),
        ("require('no-such-package')", "Error: Cannot find module 'no-such-package'"),
    ],
)
def test_whatever_is_thrown_is_answered(kernel, code, shown):
    text = traceback(kernel, code)
    assert shown.replace("{}", kernel.proxied("{}")) in text
    assert "__cell__" not in text
    assert kernel.value("1 + 1") == "2"


def test_an_error_that_is_its_own_cause(kernel):
    text = traceback(kernel, "const loop: any = new Error('a'); loop.cause = loop; throw loop")
    assert "Caused by" not in text
    text = traceback(kernel, "const x: any = new Error('x'), y = new Error('y', { cause: x }); x.cause = y; throw x")
    assert text.count("Caused by") == 1


def test_error_in_an_imported_file(tmp_path):
    (tmp_path / "tool.ts").write_text("type T = number\n\nexport function fail(n: T): T {\n  throw new Error('in file')\n}\n")
    with Kernel(cwd=str(tmp_path)) as kernel:
        text = traceback(kernel, "import { fail } from './tool.ts'\nfail(1)")
        assert "at fail (tool.ts:4:9)" in text
        assert "  4 |   throw new Error('in file')\n    |         ^" in text
        (tmp_path / "tool.ts").write_text("export function fail(n: number): string {\n  return n\n}\n")
        text = traceback(kernel, "fail(1)")
        assert "tool.ts:2:3 - error TS2322" in text
        (tmp_path / "tool.ts").write_text("export const fail = (n: number): number => n + 1\n")
        assert kernel.value("fail(1)") == "2"


def test_missing_file_and_package(kernel):
    assert "Cannot find module './nowhere.ts'" in traceback(kernel, "import { x } from './nowhere.ts'\nx")
    assert "Cannot find module 'no-such-package'" in traceback(kernel, "import y from 'no-such-package'\ny")


def test_infinite_recursion(kernel):
    kernel.execute("function down(n: number): number { return down(n + 1) }")
    assert "RangeError: Maximum call stack size exceeded" in traceback(kernel, "down(0)")
    assert kernel.value("1 + 1") == "2"


def test_errors_outside_a_running_cell(kernel):
    message_id = kernel.client.execute("setTimeout(() => { throw new Error('late') }, 50); 1")
    kernel.reply(message_id)
    kernel.iopub(message_id)
    late = kernel.late(message_id, 1)
    assert [m["content"]["evalue"] for m in late if m["msg_type"] == "error"] == ["late"]
    message_id = kernel.client.execute("void Promise.resolve().then(() => { throw new Error('unhandled') }); 1")
    kernel.reply(message_id)
    seen = kernel.iopub(message_id) + kernel.late(message_id, 1)
    assert [m["content"]["evalue"] for m in seen if m["msg_type"] == "error"] == ["unhandled"]
    assert kernel.value("1 + 1") == "2"


def test_trace(kernel):
    _, outputs = kernel.execute("function traced() { console.trace('here') }\ntraced()")
    lines = stream_text(outputs, "stderr").split("\n")
    assert lines[0] == "Trace: here"
    assert "traced" in lines[1]


def test_cells_that_share_a_number_show_their_own_lines(kernel):
    first = "\n\nfunction thrower() { throw new Error('other') }"
    kernel.execute(first, store_history=False)
    reply, _ = kernel.execute("\n\n  thrower()", store_history=False)
    lines = [line for line in reply["traceback"] if "|" in line]
    assert lines[0].startswith("  3 | function thrower()"), reply["traceback"]


def test_an_error_too_long_for_a_message_is_cut(kernel):
    reply, outputs = kernel.execute("throw new Error('x'.repeat(3_000_000))")
    assert reply["evalue"].endswith("cut here: 1000000 of 3000000 characters")
    assert any(message["msg_type"] == "error" for message in outputs)


def test_an_error_in_a_static_field_has_its_place(kernel):
    reply, _ = kernel.execute("const nothing: any = undefined\nclass Held { static x = nothing.y }")
    assert "    at Function.<static_initializer> (Cell [" in "\n".join(reply["traceback"])
    assert any(line.endswith("class Held { static x = nothing.y }") for line in "\n".join(reply["traceback"]).split("\n"))
    assert kernel.value("let seen: any; class Seen { static x = (seen = new Error('q'), 1) }; seen.stack.split('\\n')[0]") == "'Error: q'"
