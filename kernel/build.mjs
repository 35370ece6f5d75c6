import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Of the compiler's process, put into its client as well: a snapshot wants the flags it was made with. Each cell
 * leaves a checker to collect; left to itself, V8 lets them pile up to several times what is in use. By the last, the
 * process also collects by itself while nobody waits.
 */
const memoryFlags = ['--max-semi-space-size=16', '--heap-growing-percent=20', '--expose-gc'];

/**
 * Flags of the kernel's process. Without the first, ending a spinning timer callback aborts Node; the second silences
 * its word on `import()` in compiled cells.
 */
export const nodeFlags = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

const kernel = dirname(fileURLToPath(import.meta.url));
const root = dirname(kernel);
const distribution = join(kernel, 'dist');

/**
 * Cells that are compiled while the snapshot is made: what they need is ready when the kernel starts. Between them they
 * use most of the language, for each part of the compiler is slow at its first use; the last ones are refused.
 */
const warmUpCells = [
  `import { create } from 'mathjs'; import { display } from 'tslab';\nconst xs: number[] = [1, 2, 3];`,
  'const ys = xs.map((x, i) => x * i); let total = 0; for (const y of ys) total += y; console.log(`total`, total);',
  'class Point { constructor(readonly x: number, readonly y = 1) {} }\nconst p = new Point(1); ({ p, ...{ a: 1 } })',
  'interface Named { name: string }\nasync function f<T extends Named>(n: T) { return n.name }\nawait f({ name: "a" })',
  'const { sqrt, max } = Math; Object.entries(new Map([[1, sqrt(2)]])).sort(); JSON.stringify(new Set([max(1, 2)]))',
  `type Sample = { place: string; size: number }; enum Side { Left, Right }
const places = ['a', 'b']; const samples: Sample[] = places.flatMap((place, i) =>
  Array.from({ length: 3 }, (_, k) => ({ place, size: Math.sin(i + k) })));
class Mean { private sum = 0; #n = 0; static zero = 0; add(x: number): void { this.sum += x; this.#n++ } get mean() { return this.sum / this.#n } }
class Wide extends Mean { override add(x: number) { super.add(x ** 2) } }
const means = new Map<string, Mean>();
for (const { place, size } of samples) { const mean = means.get(place) ?? new Wide(); mean.add(size); means.set(place, mean) }
function describe(place: string, { mean }: Mean): string { return \`\${place}: \${mean.toFixed(2)}\` }
const texts = [...means].map(([place, mean]) => describe(place, mean)); const widest = Math.max(...texts.map(s => s.length));
async function later<T>(value: T): Promise<T> { return value }
function* count(n: number) { let i = 0; while (i < n) yield i++ }
try { for (let i = 0; i < 2; i++) if (i === 1) throw new Error(String(i)) } catch (e) { console.log((e as Error).message?.length) }
switch (Side.Left as Side) { case Side.Left: break; default: }
const { size, ...others } = samples[0]; const numbers = Float64Array.from([size, ...count(3)]);
for await (const s of samples.map(later)) others.place += s.place; /a+/.test(others.place);
(await later(samples.reduce((sum, s) => sum + s.size, 0))).toFixed(widest % 3)`,
  'texts.length + numbers.length',
  'const n: number = "x"; misspelt',
  'const xs = [1, 2',
  'console.lo',
];

/** Bundles the kernel and makes the compiler's snapshot; quick when nothing has changed. */
export async function buildKernel({ force = false } = {}) {
  const stamp = await currentStamp();
  const stampFile = join(distribution, 'stamp');
  const before = await readFile(stampFile, 'utf8').catch(() => '');
  if (!force && before === stamp) return { built: false };
  await mkdir(distribution, { recursive: true });
  await rm(stampFile, { force: true });
  await bundle();
  await makeSnapshot();
  await writeFile(`${stampFile}.new`, stamp);
  await rename(`${stampFile}.new`, stampFile);
  return { built: true };
}

/** Of all that the build depends on: sources, packages, Node. */
async function currentStamp() {
  const hash = createHash('sha256').update(`${process.version} ${process.arch} ${root}`);
  const files = [join(root, 'package-lock.json'), join(root, 'tsconfig.json'), join(kernel, 'build.mjs')];
  for (const folder of ['session', 'jupyter', 'node']) {
    const names = await readdir(join(kernel, folder));
    files.push(...names.sort().map(name => join(kernel, folder, name)));
  }
  for (const file of files) hash.update(`${file}\n`).update(await readFile(file));
  return hash.digest('hex');
}

async function bundle() {
  const { build } = await import('esbuild');
  const version = async file => JSON.parse(await readFile(join(root, file), 'utf8')).version;
  const versions = {
    kernel: await version('package.json'),
    tslab: await version('node_modules/tslab/package.json'),
    typescript: await version('node_modules/typescript/package.json'),
  };
  const common = {
    outdir: distribution,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['zeromq', 'internal/test/binding'],
    define: { VERSIONS: JSON.stringify(versions), MEMORY_FLAGS: JSON.stringify(memoryFlags) },
    logLevel: 'silent',
  };
  const entry = (name, file) => ({ [name]: join(kernel, 'node', file) });
  await build({
    ...common,
    entryPoints: {
      ...entry('main', 'realm.ts'),
      ...entry('program', 'main.ts'),
      ...entry('protocol', 'protocol-thread.ts'),
      ...entry('worker', 'worker.ts'),
    },
  });
  // TypeScript's text stays in memory, twice with a snapshot: minified it is a third.
  await build({ ...common, entryPoints: entry('compiler', 'compiler-process.ts'), minify: true });
}

/** A snapshot holds the compiler with the standard library already parsed; without it the kernel starts slower. */
async function makeSnapshot() {
  const blob = join(distribution, 'compiler.blob');
  const warmUp = {
    // A folder of its own: names of these cells must not be taken for a notebook's.
    directory: join(root, 'notebooks', '.warm-up'),
    installation: { kernel, modules: join(root, 'node_modules') },
    cells: warmUpCells,
  };
  const env = { ...process.env, NODE_OPTIONS: '', DOWNHILL_WARM_UP: JSON.stringify(warmUp) };
  await rm(blob, { force: true });
  try {
    const flags = [
      ...memoryFlags,
      '--snapshot-blob',
      `${blob}.new`,
      '--build-snapshot',
      join(distribution, 'compiler.cjs'),
    ];
    await promisify(execFile)(process.execPath, flags, { env });
    await rename(`${blob}.new`, blob);
  } catch (error) {
    await rm(`${blob}.new`, { force: true });
    process.stderr.write(`The kernel will start slower: no snapshot could be made (${firstLine(error)})\n`);
  }
}

/** Node shows the line of the bundle too, which is megabytes long. */
const firstLine = error =>
  /^.{0,100}(Error|Fatal|Check failed).{0,200}$/m.exec(error?.stderr ?? '')?.[0] ??
  String(error?.message ?? error).slice(0, 200);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildKernel({ force: process.argv.includes('--force') });
}
