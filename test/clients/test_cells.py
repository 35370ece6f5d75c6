"""Cells mean what TypeScript says. Each case is a list of cells and the text of the last one's result."""

import pytest
from client import stream_text

CASES = {
    "const again with another type": (["const a = 1", "const a = 'one'", "a.length"], "3"),
    "let again": (["let b = 1", "let b = [2]", "b[0]"], "2"),
    "var again": (["var v = 1", "var v = 2", "v"], "2"),
    "class again": (["class C { n = 1 }", "class C { m = 2 }", "new C().m"], "2"),
    "function again": (["function f() { return 1 }", "function f(x: number) { return x }", "f(4)"], "4"),
    "enum again": (["enum E { A }", "enum E { B = 7 }", "E.B"], "7"),
    "type again": (["type T = number", "type T = string", "const t: T = 'x'; t"], "'x'"),
    "interface again": (["interface I { a: 1 }", "interface I { b: 2 }", "const i: I = { b: 2 }; i.b"], "2"),
    "type of a value's name": (["const Both = { a: 1 }", "type Both = { b: 2 }; Both.a", "const b2: Both = { b: 2 }; Both.a + b2.b"],
                               "3"),
    "interface of a class's name": (["class Made { a = 1 }", "interface Made { b: 2 }", "new Made().a"], "1"),
    "type of a let's name": (["let Turn = 1", "type Turn = string", "Turn = 7; Turn"], "7"),
    **{
        f"a variable called {name}": (
            ["import { join } from 'node:path'", f"let {name} = 1; await null; join('a', String({name}))",
             f"for await (const x of [2]) {name} += x; {name}"],
            "3",
        )
        for name in ("now", "after", "each", "meta", "cell", "m0", "file", "exports", "require", "module")
    },
    "array pattern": (["let [p, q] = [1, 2]", "p += 10; q", "[p, q]"], "[ 11, 2 ]"),
    "object pattern with rest": (["const { x, ...rest } = { x: 1, y: 2 }", "rest"], "{ y: 2 }"),
    "pattern with default": (["const { m = 5, k = m + 1 }: { m?: number; k?: number } = {}", "[m, k]"], "[ 5, 6 ]"),
    "shorthand": (["let n = 1", "({ n })"], "{ n: 1 }"),
    "assignment by pattern": (["let n = 1", "({ n } = { n: 42 })", "n"], "42"),
    "closure sees a later assignment": (["let c = 1; const read = () => c", "c = 2", "read()"], "2"),
    "closure sees a later declaration": (["let c = 1; const read = () => c", "let c = 3", "read()"], "3"),
    "caller sees a later function": (
        ["function g() { return 1 } function callG() { return g() }", "function g() { return 2 }", "callG()"],
        "2",
    ),
    "caller sees a later class": (
        ["class K { v = 1 } const make = () => new K()", "class K { v = 2 }", "make().v"],
        "2",
    ),
    "class speaks of itself": (["class S { static one = new S() } S.one instanceof S"], "true"),
    "var of a loop": (["for (var i = 0; i < 3; i++) {}", "i"], "3"),
    "var of a for-of": (["for (var w of [1, 2]) {}", "w"], "2"),
    "var in a block": (["var u: number = 0; if (u === 0) { var u = 5 }", "u"], "5"),
    "var in a for await": (["for await (const x of [1, 2]) { var seen2: number = x }", "seen2"], "2"),
    "var without a value keeps the one it has": (["var again = 1; var again: number; again"], "1"),
    "var of a turn before": (
        ["var met: unknown[] = []", "for (const i of [0, 1]) { var m: number | undefined; if (!i) m = 9; met.push(m) }; met"],
        "[ 9, 9 ]",
    ),
    "let of a loop stays inside": (["let i = 'outer'", "for (let i = 0; i < 3; i++) {}", "i"], "'outer'"),
    "shadowing": (["let s = 1", "function shadow(s: string) { return s }", "shadow('in') + s"], "'in1'"),
    "hoisted function": (["hoisted(); function hoisted() { return 'up' }", "hoisted()"], "'up'"),
    "top-level await": (["const late = await Promise.resolve(6)", "late"], "6"),
    "for await": (["let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x", "sum"], "3"),
    "dynamic import": (["const { basename } = await import('node:path')", "basename('/a/b')"], "'b'"),
    "import stays": (["import { join } from 'node:path'", "join('a', 'b')"], "'a/b'"),
    "namespace import": (["import * as path from 'node:path'", "path.join('a', 'b')"], "'a/b'"),
    "default import": (["import path from 'node:path'", "path.extname('a.ts')"], "'.ts'"),
    "decorator": (
        ["const seen: string[] = []; function note(v: Function, c: ClassDecoratorContext) { seen.push(String(c.name)) }",
         "@note class Seen {}", "seen"],
        "[ 'Seen' ]",
    ),
    "using": (
        ["const log: string[] = []", "{ using r = { [Symbol.dispose]() { log.push('closed') } }; log.push('open') }",
         "log"],
        "[ 'open', 'closed' ]",
    ),
    "namespace": (["namespace N { export const one = 1 }", "N.one"], "1"),
    "const enum": (["const enum Ce { A = 3 }", "Ce.A"], "3"),
    "name of an arrow function": (["const arrow = () => 1", "arrow.name"], "'arrow'"),
    "name of a class expression": (["const Named = class {}", "Named.name"], "'Named'"),
    "no this": (["function self(this: unknown) { return this }", "String(self())"], "'undefined'"),
    "tagged template": (["const tag = (s: TemplateStringsArray, n: number) => s.raw[0] + n", "tag`a${1}`"], "'a1'"),
    "generator": (["function* count() { yield 1; yield 2 }", "[...count()]"], "[ 1, 2 ]"),
    "export is allowed": (["export const shared = 8; export default function whole() { return shared }", "whole()"], "8"),
    "widening of a const": (["const five = 5", "let wide = five; wide = 6; wide"], "6"),
    "generic": (["function first<T>(xs: T[]): T { return xs[0] }", "first(['a']).toUpperCase()"], "'A'"),
    "string at the end": (["'use it'"], "'use it'"),
    "object at the end": (["({ a: [1, { b: 2 }] })"], "{ a: [ 1, { b: 2 } ] }"),
    "typed array": (["Float64Array.of(1, 2.5)"], "Float64Array(2) [ 1, 2.5 ]"),
    "map": (["new Map([['a', 1]])"], "Map(1) { 'a' => 1 }"),
    "undefined shows nothing": (["undefined"], None),
    "declaration shows nothing": (["const quiet = 1"], None),
    "satisfies": (["const kind = { a: 1 } satisfies Record<string, number>", "kind.a"], "1"),
    "unicode names": (["const 学习率 = 0.1", "学习率 * 2"], "0.2"),
    "logical assignment": (["let maybe: number | undefined", "maybe ??= 3; maybe"], "3"),
    "increment": (["let up = 1", "up++; ++up", "up"], "3"),
    "delete and in": (["const bag: Record<string, number> = { a: 1 }", "delete bag.a; 'a' in bag"], "false"),
    "labels": (["outer: for (const i of [1, 2]) { for (const j of [1, 2]) { if (j === 2) continue outer } } 'done'"],
               "'done'"),
    "declare global": (["declare global { interface Array<T> { firstOne(): T } }\n"
                        "Array.prototype.firstOne = function () { return this[0] }", "['z'].firstOne()"], "'z'"),
}


@pytest.mark.parametrize("name", CASES)
def test_cells(kernel, name):
    cells, expected = CASES[name]
    for cell in cells[:-1]:
        reply, _ = kernel.execute(cell)
        assert reply["status"] == "ok", (cell, reply)
    assert kernel.value(cells[-1]) == expected


def test_a_cell_that_throws_keeps_what_it_had_declared(kernel):
    kernel.execute("let before = 1; let untouched = 'old'")
    reply, _ = kernel.execute("let before = 2; throw new Error('stop'); let untouched = 5")
    assert reply["ename"] == "Error"
    assert kernel.value("[before, untouched]") == "[ 2, 'old' ]"
    # The type, too, is that of the declaration that was reached.
    assert kernel.value("untouched.toUpperCase()") == "'OLD'"


def test_a_cell_that_does_not_compile_changes_nothing(kernel):
    kernel.execute("let safe = 1")
    reply, _ = kernel.execute("safe = 2; const wrong: number = 'x'")
    assert reply["ename"] == "TypeScriptError"
    assert kernel.value("safe") == "1"
    assert kernel.execute("wrong")[0]["status"] == "error"


def test_three_hundred_cells_share_their_names(kernel):
    kernel.execute("let total = 0")
    for i in range(300):
        kernel.execute(f"const n{i} = {i}; total += n{i}")
    assert kernel.value("total + n299") == str(sum(range(300)) + 299)


def test_a_promise_is_shown_with_a_hint(kernel):
    assert "await" in kernel.value("Promise.resolve(4)")
    assert kernel.value("await Promise.resolve(4)") == "4"


def test_a_value_says_how_it_looks(kernel):
    kernel.execute("const html = (s: string) => ({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': s }) })")
    _, outputs = kernel.execute("html('<b>1</b>')")
    assert outputs[0]["content"]["data"] == {"text/html": "<b>1</b>"}
    _, outputs = kernel.execute("({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/markdown': '*later*' }) })")
    assert outputs[0]["content"]["data"] == {"text/markdown": "*later*"}
    _, outputs = kernel.execute("({ outerHTML: '<i>2</i>' })")
    assert outputs[0]["content"]["data"]["text/html"] == "<i>2</i>"


def test_display_keeps_its_place_among_prints(kernel):
    _, outputs = kernel.execute(
        "import { display } from 'tslab'\nconsole.log(1); display({ [Symbol.for('Jupyter.display')]:"
        " () => ({ 'text/plain': 'two' }) }); console.log(3); display.markdown('*4*')"
    )
    shown = [m["content"].get("text") or list(m["content"]["data"].values())[0] for m in outputs]
    assert shown == ["1\n", "two", "3\n", "*4*"]


def test_a_very_long_value_is_cut_with_a_note(kernel):
    text = kernel.value("'x'.repeat(50_000)")
    assert len(text) < 25_000
    assert "more characters" in text or "cut here" in text
    assert "more items" in kernel.value("Array.from({ length: 1000 }, (_, i) => i)")


def test_process_exit_is_refused(kernel):
    kernel.execute("let kept = 1")
    reply, _ = kernel.execute("process.exit()")
    assert "restart the kernel" in reply["evalue"]
    assert kernel.value("kept") == "1"


def test_var_in_a_long_loop(kernel):
    assert kernel.value("for (let i = 0; i < 2e7; i++) { var last: number = i } last!", timeout=20) == "19999999"


def test_changing_built_ins_does_not_break_the_kernel(fresh):
    fresh.execute("const one = 1")
    fresh.execute("(Object.prototype as any).extra = 1; (Array.prototype as any).map = () => 'broken'")
    assert fresh.value("one + 1") == "2"
    assert fresh.execute("one.toUpperCase()")[0]["ename"] == "TypeScriptError"


def test_warnings_of_node_are_shown_below_the_cell(kernel):
    code = "process.emitWarning('careful', { code: 'W1' }); await new Promise(done => setTimeout(done, 50))"
    _, outputs = kernel.execute(code)
    assert stream_text(outputs, "stderr") == "[W1] Warning: careful\n"


def test_the_console_of_a_cell_makes_others(kernel):
    assert kernel.text("new console.Console(process.stdout).log('from another')") == "from another\n"


def test_import_in_what_a_cell_evaluates(kernel):
    code = "const load = new Function('name', 'return import(name)'); [(await load('node:path')).sep, (await eval('import(\\'node:path\\')')).sep]"
    assert kernel.value(code) == "[ '/', '/' ]"


def test_separators_of_lines_that_json_does_not_escape(kernel):
    assert kernel.value("const text = 'a\u2028b\u2029c'; [text.length, `${text}\u2028`.length]") == "[ 5, 6 ]"
