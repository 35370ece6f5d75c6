// Runs before anything else is loaded, also on a Node too old for the rest: plain syntax only.

export const oldestNode = [20, 12];

export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] || 0)] : undefined;
}

export function atLeast(version, oldest) {
  return version[0] > oldest[0] || (version[0] === oldest[0] && version[1] >= oldest[1]);
}

export function nodeTooOld(text) {
  const version = parseVersion(text);
  if (version && atLeast(version, oldestNode)) return undefined;
  return `Node ${text} is too old: ${oldestNode.join('.')} or newer is needed. Get it from nodejs.org or your package manager.`;
}

export function requireNode() {
  const problem = nodeTooOld(process.versions.node);
  if (!problem) return;
  console.error(problem);
  process.exit(1);
}

/** For a program whose own files do not load. */
export function incomplete(error) {
  const line = String(error ? error.message : error).split('\n')[0];
  console.error(`A file of this project is missing or damaged (${line}): git status shows which.`);
  process.exitCode = 1;
}
