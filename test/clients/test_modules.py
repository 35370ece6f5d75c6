"""Imports of a notebook's project: found, fresh after a change, whatever their form."""

import json
import os
import time

import pytest
from client import Kernel


@pytest.fixture
def project(tmp_path):
    """A folder like the course's: notebooks/en beside lib, and a few packages."""
    (tmp_path / "notebooks" / "en").mkdir(parents=True)
    (tmp_path / "lib").mkdir()
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": {"strict": True}}))
    with Kernel(cwd=str(tmp_path / "notebooks" / "en")) as kernel:
        yield kernel, tmp_path


def write(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_forms_of_paths(project):
    kernel, root = project
    write(root, "lib/one.ts", "export const one = 1")
    write(root, "lib/folder/index.ts", "export const two = 2")
    write(root, "lib/data.json", '{"three": 3}')
    cell = """import { one } from '../../lib/one.ts'
import { one as same } from '../../lib/one'
import { two } from '../../lib/folder'
import data from '../../lib/data.json'
;[one, same, two, data.three]"""
    assert kernel.value(cell) == "[ 1, 1, 2, 3 ]"


def test_a_changed_file_is_fresh_in_the_next_cell(project):
    kernel, root = project
    write(root, "lib/deep.ts", "export const depth = 1")
    write(root, "lib/middle.ts", "import { depth } from './deep.ts'\nexport const read = () => depth")
    kernel.execute("import { read } from '../../lib/middle.ts'\nconst later = () => read()")
    assert kernel.value("read()") == "1"
    write(root, "lib/deep.ts", "export const depth = 22")
    assert kernel.value("read()") == "22"
    # A function of an earlier cell goes through the new file as well.
    assert kernel.value("later()") == "22"
    write(root, "lib/deep.ts", "export const depth = 333")
    assert kernel.value("later()") == "333"


def test_a_change_whose_time_was_put_back_is_seen(project):
    kernel, root = project
    write(root, "lib/dated.ts", "console.log('runs')\nexport const n = 1")
    path = root / "lib/dated.ts"
    before = os.stat(path)
    code = "import { n } from '../../lib/dated.ts'\nn"
    assert kernel.value(code) == "1"
    write(root, "lib/dated.ts", "console.log('runs')\nexport const n = 2")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kernel.value(code) == "2"
    os.chmod(path, 0o600)
    assert kernel.text("import { n } from '../../lib/dated.ts'") == ""


def test_a_file_made_in_front_of_a_folder(project):
    kernel, root = project
    code = "import { place } from '../../lib/place'\nplace"
    write(root, "lib/place/index.ts", "export const place = 'folder'")
    assert kernel.value(code) == "'folder'"
    write(root, "lib/through.ts", "import { place } from './place'\nexport const through = () => place")
    assert kernel.value("import { through } from '../../lib/through.ts'\nthrough()") == "'folder'"
    write(root, "lib/place.ts", "export const place = 'file'")
    assert kernel.value(code) == "'file'"
    assert kernel.value("through()") == "'file'"
    (root / "lib/place.ts").unlink()
    assert kernel.value(code) == "'folder'"


def test_old_instances_stay_valid(project):
    kernel, root = project
    write(root, "lib/point.ts", "export class Point { constructor(readonly x: number) {} double() { return this.x * 2 } }")
    kernel.execute("import { Point } from '../../lib/point.ts'\nconst p = new Point(3)")
    write(root, "lib/point.ts", "export class Point { constructor(readonly x: number) {} double() { return this.x * 20 } }")
    assert kernel.value("[p.double(), new Point(3).double()]") == "[ 6, 60 ]"


def test_a_file_made_after_the_kernel_started(project):
    kernel, root = project
    reply, _ = kernel.execute("import { late } from '../../lib/late.ts'\nlate")
    assert "Cannot find module '../../lib/late.ts'" in reply["evalue"]
    write(root, "lib/late.ts", "export const late = 'here'")
    assert kernel.value("import { late } from '../../lib/late.ts'\nlate") == "'here'"


def test_a_circle_of_files(project):
    kernel, root = project
    write(root, "lib/even.ts", "import { odd } from './odd.ts'\n"
          "export function even(n: number): boolean { return n === 0 || odd(n - 1) }")
    write(root, "lib/odd.ts", "import { even } from './even.ts'\n"
          "export function odd(n: number): boolean { return n !== 0 && even(n - 1) }")
    assert kernel.value("import { even } from '../../lib/even.ts'\neven(10)") == "true"


def test_a_circle_runs_in_the_order_of_javascript(project):
    kernel, root = project
    write(root, "lib/outer.ts", "import { inner } from './inner.ts'\nexport const outer = 1 + inner")
    code = "import { outer } from '../../lib/outer.ts'\nimport { late } from '../../lib/inner.ts'\n[outer, late()]"
    for inner in [10, 20]:
        write(root, "lib/inner.ts", f"import {{ outer }} from './outer.ts'\nexport const inner = {inner}\n"
              "export const late = () => outer")
        assert kernel.value(code) == f"[ {inner + 1}, {inner + 1} ]"


def test_a_circle_in_which_a_file_failed_is_loaded_again_as_a_whole(project):
    kernel, root = project
    write(root, "lib/first.ts", "import { second } from './second.ts'\n"
          "if (!(globalThis as any).ready) throw new Error('not ready')\nexport const first = () => second() + 1")
    write(root, "lib/second.ts", "import { first } from './first.ts'\nexport const second = () => typeof first")
    code = "import { first } from '../../lib/first.ts'\nfirst()"
    assert kernel.execute(code)[0]["evalue"] == "not ready"
    kernel.execute("(globalThis as any).ready = true")
    assert kernel.value(code) == "'function1'"


def test_forms_of_exports(project):
    kernel, root = project
    write(root, "lib/all.ts", """export let count = 0
export const add = () => { count++ }
export default class Whole { name = 'whole' }
const hidden = 5
export { hidden as shown }
export * from './more.ts'
export { more as renamed } from './more.ts'
export * as everything from './more.ts'
export type Only = string
export enum Level { Low, High }
export const { left, right: [other] } = { left: 1, right: [2] }
""")
    write(root, "lib/more.ts", "export const more = 'more'\nexport interface Shape { side: number }")
    kernel.execute("import Whole, { count, add, shown, more, renamed, everything, Level, left, other, type Only }"
                   " from '../../lib/all.ts'")
    kernel.execute("add(); add()")
    assert kernel.value("[count, new Whole().name, shown, more, renamed]") == "[ 2, 'whole', 5, 'more', 'more' ]"
    assert kernel.value("[everything.more, Level.High, left, other, 'x' as Only]") == "[ 'more', 1, 1, 2, 'x' ]"


def test_top_level_await_and_meta_in_a_file(project):
    kernel, root = project
    write(root, "lib/slow.ts", "export const slow = await Promise.resolve(9)\nexport const here = import.meta.url")
    assert kernel.value("import { slow, here } from '../../lib/slow.ts'\n;[slow, here.endsWith('/lib/slow.ts')]") == (
        "[ 9, true ]"
    )


def test_dynamic_import_of_a_file(project):
    kernel, root = project
    write(root, "lib/lazy.ts", "export const lazy = (n: number) => n * 2")
    assert kernel.value("const m = await import('../../lib/lazy.ts'); m.lazy(4)") == "8"
    write(root, "lib/lazy.ts", "export const lazy = (n: number) => n * 3")
    assert kernel.value("(await import('../../lib/lazy.ts')).lazy(4)") == "12"


@pytest.mark.parametrize(
    "name, package, files, cell, expected",
    [
        ("cjs", {"main": "index.js", "types": "index.d.ts"},
         {"index.js": "module.exports = { twice: n => n * 2 }",
          "index.d.ts": "export function twice(n: number): number"},
         "import { twice } from 'cjs'\ntwice(4)", "8"),
        ("esm", {"type": "module", "exports": {".": {"types": "./index.d.ts", "import": "./index.js"}}},
         {"index.js": "export const half = n => n / 2\nexport default 'd'",
          "index.d.ts": "export function half(n: number): number\ndeclare const d: string\nexport default d"},
         "import d, { half } from 'esm'\n;[half(4), d]", "[ 2, 'd' ]"),
        ("tla", {"type": "module", "exports": {".": {"types": "./index.d.ts", "import": "./index.js"}}},
         {"index.js": "export const ready = await Promise.resolve(true)",
          "index.d.ts": "export const ready: boolean"},
         "import { ready } from 'tla'\nready", "true"),
    ],
)
def test_packages(project, name, package, files, cell, expected):
    kernel, root = project
    folder = f"node_modules/{name}"
    write(root, f"{folder}/package.json", json.dumps({"name": name, "version": "1.0.0", **package}))
    for file, text in files.items():
        write(root, f"{folder}/{file}", text)
    assert kernel.value(cell) == expected


def test_require_and_file_names(project):
    kernel, root = project
    assert kernel.value("require('node:path').basename(__dirname)") == "'en'"
    assert kernel.value("import.meta.url.startsWith('file:')") == "true"


def test_strictness_is_the_projects(tmp_path):
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": {"strict": False}}))
    with Kernel(cwd=str(tmp_path)) as kernel:
        assert kernel.value("function loose(x) { return x }\nloose(1)") == "1"


def test_variables_outlive_the_notebooks_folder(project):
    kernel, root = project
    kernel.execute("let kept = 1; type Kept = typeof kept")
    (root / "notebooks").rename(root / "moved")
    assert kernel.value("const more: Kept = kept + 1; more") == "2"
    (root / "moved").rename(root / "notebooks")
    assert kernel.value("more") == "2"


@pytest.mark.parametrize(
    "clause", ["{ near }", "{ far as near }", "near", "* as near", "{ type Far, far as near }"]
)
def test_a_file_that_has_gone_is_told_where_its_name_stands(project, clause):
    kernel, root = project
    text = "export const near = 1, far = 2; export type Far = 1; export default 3"
    write(root, "notebooks/en/near.ts", text)
    assert kernel.text(f"import {clause} from './near.ts'\nconsole.log(typeof near)")
    (root / "notebooks/en/near.ts").unlink()
    reply, _ = kernel.execute("const there = 1\nconsole.log(near)")
    assert reply["evalue"].startswith("Cell [2]:2:13 - error TS2307: Cannot find module './near.ts'")
    write(root, "notebooks/en/near.ts", text)
    assert kernel.execute("near")[0]["status"] == "ok"


def test_few_file_watches(project):
    kernel, root = project
    write(root, "lib/one.ts", "export const one = 1")
    kernel.execute("import { one } from '../../lib/one.ts'; import 'node:fs'")
    watches = kernel.value(
        "const fs = await import('node:fs'); fs.readdirSync('/proc/self/fdinfo')"
        ".map(f => { try { return fs.readFileSync(`/proc/self/fdinfo/${f}`, 'utf8') } catch { return '' } })"
        ".join('').split('inotify').length - 1"
    )
    assert int(watches) < 36


def test_a_change_that_an_interrupted_compilation_saw_is_not_lost(project):
    kernel, root = project
    write(root, "lib/value.ts", "export const value: number = 1")
    kernel.execute("import { value } from '../../lib/value.ts'")
    write(root, "lib/value.ts", "export const value: number = 22")
    much = "\n".join(f"const v{i} = [{i}].map(x => ({{ x, text: String(x) }})).filter(y => y.x > {i})" for i in range(400))
    kernel.interrupted(f"{much}\nvalue", 0.05)
    assert kernel.value("value") == "22"


def test_a_change_that_a_new_compiler_saw_first_is_not_lost(project):
    kernel, root = project
    write(root, "lib/value.ts", "export const value: number = 1")
    write(root, "lib/same.ts", "console.log('loaded')\nexport const same = { n: 1 }")
    kernel.execute("import { value } from '../../lib/value.ts'\nimport { same } from '../../lib/same.ts'")
    assert kernel.value("same.n++, value") == "1"
    write(root, "lib/value.ts", "export const value: number = 22")
    kernel.kill_compilers()
    assert kernel.value("[value, same.n]") == "[ 22, 2 ]"


def test_a_file_that_was_interrupted_as_it_loaded_is_loaded_again(project):
    kernel, root = project
    write(root, "lib/inner.ts", "export const a = 1\nconst end = Date.now() + 4000; while (Date.now() < end);\nexport const b = 2")
    write(root, "lib/outer.ts", "import { a, b } from './inner.ts'\nexport const sum = a + b")
    kernel.interrupted("import { sum } from '../../lib/outer.ts'\nsum", 1.5)
    assert kernel.value("import { sum } from '../../lib/outer.ts'\nsum") == "3"


def test_files_that_share_one_with_an_await_at_its_top(project):
    kernel, root = project
    write(root, "lib/slow.ts", "await new Promise(done => setTimeout(done, 100))\nexport const slow = 1")
    for name in ["left", "right"]:
        write(root, f"lib/{name}.ts", f"import {{ slow }} from './slow.ts'\nexport const {name} = slow + 1")
    cell = """const both = await Promise.all([import('../../lib/left.ts'), import('../../lib/right.ts')])
const again = await Promise.all([import('../../lib/left.ts'), import('../../lib/left.ts')])
;[both[0].left, both[1].right, again[1].left]"""
    assert kernel.value(cell) == "[ 2, 2, 2 ]"


def test_a_circle_that_waits_for_itself_comes_to_an_end(project):
    kernel, root = project
    write(root, "lib/ping.ts", "import { pong } from './pong.ts'\nawait null\nexport const ping = () => pong\nexport const p = 1")
    write(root, "lib/pong.ts", "import { ping } from './ping.ts'\nawait null\nexport const pong = 2\nexport const back = () => ping()")
    cell = """const [x, y] = await Promise.all([import('../../lib/ping.ts'), import('../../lib/pong.ts')])
;[x.ping(), y.back()]"""
    assert kernel.value(cell, timeout=10) == "[ 2, 2 ]"


def test_a_name_whose_file_has_gone_refuses_only_cells_that_use_it(project):
    kernel, root = project
    write(root, "lib/b.ts", "export const b = 1")
    kernel.execute("import { b } from '../../lib/b.ts'\nconst kept = { b: 2 }")
    os.remove(root / "lib/b.ts")
    assert kernel.value("const { b: other } = kept; [kept.b, { b: 3 }.b, other]") == "[ 2, 3, 2 ]"
    assert "Cannot find module" in kernel.execute("b")[0]["evalue"]


def test_a_file_is_one_module_whatever_links_lead_to_it(project):
    kernel, root = project
    write(root, "lib/real/count.ts", "console.log('runs')\nexport let n = 0\nexport const up = () => { n++ }")
    os.symlink(root / "lib/real", root / "lib/link")
    cell = """import { n, up } from '../../lib/real/count.ts'
import { n as same } from '../../lib/link/count.ts'
up()
;[n, same]"""
    assert kernel.text(cell) == "runs\n"
    assert kernel.value("[n, same]") == "[ 1, 1 ]"


def test_a_namespace_is_shown_as_node_shows_it(project):
    kernel, root = project
    write(root, "lib/names.ts", "export const b = 1, a = 2\nexport let c = 3")
    shown = "[Module: null prototype] { a: 2, b: 1, c: 3 }"
    assert kernel.value("import * as names from '../../lib/names.ts'\nnames") == shown
    assert kernel.text("console.log(names)") == shown + "\n"


def test_files_are_loaded_in_the_order_of_the_source(project):
    kernel, root = project
    for name in "abc":
        write(root, f"lib/{name}.ts", f"console.log('{name}')\nexport const {name} = 1")
    write(root, "lib/all.ts", "export * from './b.ts'\nimport './a.ts'\nexport { c } from './c.ts'")
    assert kernel.text("import '../../lib/all.ts'") == "b\na\nc\n"


def test_a_file_that_fails_now_refuses_only_cells_that_use_it(project):
    kernel, root = project
    write(root, "lib/v.ts", "export const v = 1")
    kernel.execute("import { v } from '../../lib/v.ts'\nconst trained = v + 1")
    write(root, "lib/v.ts", "export const v = 5; throw new Error('now')")
    assert kernel.value("trained") == "2"
    assert kernel.execute("v")[0]["evalue"] == "now"
    assert kernel.value("trained") == "2"
    write(root, "lib/v.ts", "export const v = 7")
    assert kernel.value("[trained, v]") == "[ 2, 7 ]"


def test_a_link_that_is_pointed_elsewhere_is_seen(project):
    kernel, root = project
    for name in ("old", "new"):
        write(root, f"lib/{name}/m.ts", f"export const m = '{name}'")
    write(root, "lib/a.ts", "import { m } from './current/m.ts'\nexport const a = () => m")
    link = root / "lib/current"
    link.symlink_to(root / "lib/old")
    kernel.execute("import { a } from '../../lib/a.ts'\nimport { m } from '../../lib/current/m.ts'")
    assert kernel.value("[a(), m]") == "[ 'old', 'old' ]"
    link.unlink()
    link.symlink_to(root / "lib/new")
    assert kernel.value("[a(), m]") == "[ 'new', 'new' ]"
    link.unlink()
    assert "Cannot find module" in kernel.execute("m")[0]["evalue"]
    write(root, "lib/current/m.ts", "export const m = 'a folder'")
    assert kernel.value("[a(), m]") == "[ 'a folder', 'a folder' ]"
    (root / "lib/current").rename(root / "lib/away")
    link.symlink_to(root / "lib/old")
    assert kernel.value("[a(), m]") == "[ 'old', 'old' ]"


def test_a_link_that_is_to_stay_one_is_no_change(project):
    kernel, root = project
    (root / "tsconfig.json").write_text(json.dumps({"compilerOptions": {"preserveSymlinks": True}}))
    write(root, "lib/real.ts", "console.log('runs')\nexport const n = 1")
    write(root, "lib/a.ts", "import { n } from './link.ts'\nconsole.log('a runs')\nexport const a = n")
    (root / "lib/link.ts").symlink_to(root / "lib/real.ts")
    with Kernel(cwd=str(root / "notebooks" / "en")) as own:
        assert own.text("import { a } from '../../lib/a.ts'") == "runs\na runs\n"
        assert own.text("console.log(a)") == "1\n"
