import type ts from 'typescript';

/** The learner's compiler options with what a cell needs; strictness and library stay theirs. */
export function kernelOptions(t: typeof ts, project: ts.CompilerOptions): ts.CompilerOptions {
  return {
    strict: true,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
    ...project,
    types: [...new Set([...(project.types ?? []), 'node'])],
    // What Node 20 runs as it is; among it regular expressions with the flag `v`.
    target: t.ScriptTarget.ES2024,
    module: t.ModuleKind.ESNext,
    moduleResolution: t.ModuleResolutionKind.Bundler,
    moduleDetection: t.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
    allowJs: true,
    checkJs: false,
    esModuleInterop: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    sourceMap: true,
    removeComments: true,
    preserveConstEnums: true,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    noEmit: false,
    noEmitOnError: false,
    ...emitsNothingElse,
  };
}

const emitsNothingElse = {
  composite: false,
  declaration: false,
  emitDeclarationOnly: false,
  importHelpers: false,
  incremental: false,
  inlineSourceMap: false,
  inlineSources: false,
  isolatedModules: false,
  noResolve: false,
  outDir: undefined,
  rootDir: undefined,
  tsBuildInfoFile: undefined,
  verbatimModuleSyntax: false,
};
