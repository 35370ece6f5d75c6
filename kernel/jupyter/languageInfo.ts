import { protocolVersion } from './wire.ts';

/** What differs from one release of the kernel to the next. */
export interface KernelInfo {
  implementation: string;
  implementationVersion: string;
  /** The version of TypeScript that checks the cells. */
  languageVersion: string;
  banner: string;
}

const helpLinks = [
  { text: 'TypeScript handbook', url: 'https://www.typescriptlang.org/docs/' },
  { text: 'JavaScript reference', url: 'https://developer.mozilla.org/docs/Web/JavaScript' },
];

/** The content of a kernel_info_reply. */
export function kernelInfo(info: KernelInfo) {
  return {
    status: 'ok' as const,
    protocol_version: protocolVersion,
    implementation: info.implementation,
    implementation_version: info.implementationVersion,
    language_info: languageInfo(info.languageVersion),
    banner: info.banner,
    help_links: helpLinks,
    // Neither a debugger nor subshells: front ends then offer neither.
    debugger: false,
    supported_features: [],
  };
}

function languageInfo(version: string) {
  return {
    name: 'typescript',
    version,
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    // runtimelib reads a string or { name, version } here and refuses anything else.
    codemirror_mode: 'typescript',
    nbconvert_exporter: 'script',
  };
}
