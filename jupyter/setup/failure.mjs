import { Trouble } from './trouble.mjs';

const again = 'then run this again';

/** What the output of npm, pip or uv tells, and what the person can do about it. First match counts. */
const causes = [
  [
    /ENOSPC|EDQUOT|No space left|disk quota/i,
    `the disk is full: free about 1 GB (also where temporary files go), ${again}`,
  ],
  [/EROFS|Read-only file system/i, 'this folder is read-only: put the project into one that can be written'],
  [
    /EACCES|EPERM|Permission denied|Access is denied/i,
    'no permission to write: give yourself write access to the project folder and to the caches in your home',
  ],
  [
    /do not match the hashes|Hash mismatch|EINTEGRITY/i,
    `a download had not the content that was expected: ${again}; if it stays, empty the cache (npm cache clean --force, pip cache purge)`,
  ],
  [
    /CERTIFICATE|UnknownIssuer|SELF_SIGNED|SSLError/i,
    `the network's certificate is not trusted: point NODE_EXTRA_CA_CERTS and PIP_CERT at your network's certificate file, ${again}`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Name or service not known|name resolution|Network is unreachable|dns error|error sending request|Failed to fetch/i,
    `the package registry does not answer: check the network (or the proxy settings), ${again}`,
  ],
  [
    /No matching distribution found for (\S+)|no wheels? .*?for (\S+)|has no wheels/i,
    'a package has no build for this Python or system: use a 64-bit Python from 3.10 to 3.14',
  ],
];

function lastTellingLine(output) {
  const lines = output
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  return lines.findLast(line => /error|failed|cannot/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

/** The one line to show when a tool has failed. */
export function failure(what, output, log) {
  const cause = causes.find(([pattern]) => pattern.test(output));
  if (cause) return new Trouble(`${what}: ${cause[1]}.`);
  return new Trouble(`${what}: ${lastTellingLine(output).slice(0, 200)} (everything it said: ${log})`);
}
