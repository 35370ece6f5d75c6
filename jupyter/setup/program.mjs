import { setUp } from './set-up.mjs';
import { runProgram } from './trouble.mjs';

export function main() {
  return runProgram(async () => {
    const start = performance.now();
    const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
    if (await setUp()) console.log(`Everything is in place (${seconds()} s). Next: npm start`);
  });
}
