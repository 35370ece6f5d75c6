import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { labEnvironment, runtimeFolder } from '../../jupyter/lab/environment.mjs';
import { run } from '../../jupyter/setup/command.mjs';
import { projectRoot, venvPython } from '../../jupyter/setup/paths.mjs';
import { findChromium } from './chromium.mjs';
import { countPlain, countPytest, countUvu, judge } from './counts.mjs';

const minute = 60_000;
const plain = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

function tell(command, args, { minutes, env = plain }) {
  return run(command, args, { cwd: projectRoot, env, timeoutMs: minutes * minute, graceMs: 5000 });
}

/** Test files below a folder of test/, relative to the project, with forward slashes. */
function testFiles(folder, ending) {
  const top = join(projectRoot, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(name => name.endsWith(ending))
    .sort();
}

const isBrowserTest = file => file.startsWith('test/browser/');

async function runUvuFile(file, { minutes, env }) {
  const outcome = await tell(process.execPath, ['--import', 'tsx', file], { minutes, env });
  const result = judge(countUvu(outcome.output), outcome);
  return { ...result, output: `${file}\n${result.output}` };
}

/** As many at a time as there are cores: most of a file's time is starting and compiling. */
async function runUvu(files, { minutes, atOnce, env }) {
  const waiting = [...files];
  const results = [];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      results.push(await runUvuFile(file, { minutes, env }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const add = name => results.reduce((sum, result) => sum + result[name], 0);
  const outputs = results.filter(result => result.failed > 0).map(result => result.output);
  return {
    passed: add('passed'),
    failed: add('failed'),
    skipped: add('skipped'),
    output: outputs.join('\n'),
  };
}

async function check() {
  const program = plain.npm_execpath ? [process.execPath, [plain.npm_execpath]] : ['npm', []];
  const outcome = await tell(program[0], [...program[1], 'run', '--silent', 'check'], { minutes: 5 });
  return judge({ passed: outcome.code === 0 ? 1 : 0, failed: 0, skipped: 0 }, outcome);
}

async function unit(chosen) {
  const files = chosen ?? testFiles('test', '.test.ts').filter(file => !isBrowserTest(file));
  return noneIsFailure(files) ?? (await runUvu(files, { minutes: 5, atOnce: availableParallelism() }));
}

function noneIsFailure(files) {
  return files.length ? undefined : { passed: 0, failed: 1, skipped: 0, output: 'No test file found.' };
}

/** Python clients find the kernel in .venv alone, whatever other kernels this person has. */
function clientEnvironment() {
  return labEnvironment(projectRoot, runtimeFolder(projectRoot), plain);
}

async function clients(chosen) {
  const args = [
    '-m',
    'pytest',
    '-q',
    '-p',
    'no:cacheprovider',
    '--color=no',
    ...(chosen ?? ['test/clients']),
  ];
  const outcome = await tell(venvPython(projectRoot), args, { minutes: 15, env: clientEnvironment() });
  return judge(countPytest(outcome.output), outcome);
}

async function notebooks() {
  const args = ['jupyter/notebooks.mjs', '--check'];
  const outcome = await tell(process.execPath, args, { minutes: 15, env: plain });
  return judge(countPlain(outcome.output), outcome);
}

async function browser(chosen) {
  const chromium = findChromium();
  if (!chromium) {
    const words = 'no Chromium on this machine (Debian: apt install chromium; or name one in CHROMIUM)';
    if (process.env.CI) return { passed: 0, failed: 1, skipped: 0, output: words };
    return { passed: 0, failed: 0, skipped: 0, note: `skipped: ${words}` };
  }
  const files = chosen ?? testFiles('test/browser', '.test.ts');
  const env = { ...plain, CHROMIUM: chromium };
  return noneIsFailure(files) ?? (await runUvu(files, { minutes: 10, atOnce: 1, env }));
}

/** In this order: the quickest and most basic first. `owns` says which files on the command line are a stage's. */
export const stages = [
  { name: 'check', run: check, owns: () => false },
  { name: 'unit', run: unit, owns: file => file.endsWith('.test.ts') && !isBrowserTest(file) },
  { name: 'clients', run: clients, owns: file => /\.py(::.*)?$/.test(file) },
  { name: 'notebooks', run: notebooks, owns: () => false },
  { name: 'browser', run: browser, owns: file => file.endsWith('.test.ts') && isBrowserTest(file) },
];
