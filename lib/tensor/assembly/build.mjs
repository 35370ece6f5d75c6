// npm run build:wasm: compiles the kernels in this folder into ../wasm-bytes.ts. Needed after every change here.
// With a path as argument it writes there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('./', import.meta.url));
const target = process.argv[2] ?? join(folder, '../wasm-bytes.ts');

const options = [
  ...['--optimizeLevel', '3', '--noAssert'],
  ...['--enable', 'simd', '--runtime', 'stub'],
  // Tables of the logarithm go to the bottom of the memory that the host brings; scratch.ts says what lies above.
  ...['--importMemory', '--noExportMemory', '--memoryBase', '64', '--initialMemory', '17'],
  // Vectors in the arguments of inner functions never leave the module.
  ...['--disableWarning', '112'],
];

/** The module, from the files of this folder. */
async function compile() {
  let bytes;
  const { error, stderr } = await asc.main(
    ['index.ts', '--baseDir', folder, '--outFile', 'kernels.wasm', ...options],
    {
      writeFile(name, contents) {
        if (name === 'kernels.wasm') bytes = contents;
      },
    },
  );
  if (error) throw new Error(`build:wasm: ${error.message}\n${stderr}`);
  if (stderr.toString()) console.error(stderr.toString());
  return bytes;
}

/** The module as a file of TypeScript, so that it loads wherever TypeScript does. */
function inTypeScript(bytes) {
  const lines = [
    '// Written by npm run build:wasm from the files in assembly/. Do not edit.',
    `export const wasmBase64 =\n  '${Buffer.from(bytes).toString('base64')}';`,
  ];
  return `${lines.join('\n\n')}\n`;
}

const bytes = await compile();
writeFileSync(target, inTypeScript(bytes));
console.log(`${bytes.length} bytes of WebAssembly`);
