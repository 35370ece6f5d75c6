import type { Declaration, ParsedCell } from './cell.ts';
import type { CellText } from './diagnostics.ts';
import type { Workspace } from './workspace.ts';

interface Owned extends Declaration {
  cell: number;
}

/** A cell as the checker sees it, and as later cells find it. */
export interface PresentedCell extends CellText {
  text: string;
  saved: string;
}

/**
 * The names that cells have declared, and how a later cell sees them. A value and a type may have one name, each from
 * a cell of its own; a class, an enum, a namespace and an import are both.
 */
export class Scope {
  private readonly values = new Map<string, Owned>();
  private readonly types = new Map<string, Owned>();
  private readonly titles = new Map<number, string>();
  /** Names that a cell would have declared if it had not ended with an error: name and title of the cell. */
  private readonly unreached = new Map<string, string>();

  constructor(private readonly workspace: Workspace) {}

  /**
   * Puts a cell before the checker: one line that declares what earlier cells gave, the learner's text, and one line
   * that exports its names.
   */
  present(parsed: ParsedCell, wants: (name: string) => boolean): PresentedCell {
    const { declarations } = parsed;
    const kept = [...declarations].flatMap(([name, declaration]) => this.besides(name, declaration));
    const header = [...kept, ...this.header(name => wants(name) && !declarations.has(name))].join(' ');
    const text = `${header}\n${parsed.source}\n${footer(parsed, () => false)}\n`;
    const apart = (name: string) => this.isApart(name, declarations.get(name));
    const saved = `${header}\n${exportTypes(parsed, apart)}\n${footer(parsed, apart)}\n`;
    this.workspace.setCell(text);
    return { path: this.workspace.cellPath, code: parsed.code, offset: header.length + 1, text, saved };
  }

  /** What a cell has really declared; what it did not reach keeps its earlier meaning. */
  declare(parsed: ParsedCell, cell: number, title: string, declared: readonly string[] | 'all'): void {
    this.titles.set(cell, title);
    for (const [name, declaration] of parsed.declarations) {
      if (declaration.kind === 'using') continue;
      const always = declaration.kind === 'type' || declaration.kind === 'import';
      const reached = always || declared === 'all' || declared.includes(name);
      this.own(name, { ...declaration, cell }, reached);
      if (reached) this.unreached.delete(name);
      else this.unreached.set(name, title);
    }
  }

  private own(name: string, owner: Owned, reached: boolean): void {
    const before = this.types.get(name);
    if (owner.types || (reached && isWhole(owner))) this.types.set(name, owner);
    else if (reached && before && isWhole(before)) this.types.delete(name);
    if (reached && (isWhole(owner) || owner.kind !== 'type')) this.values.set(name, owner);
    else if (owner.types && !this.valueOwner(name)) this.values.delete(name);
  }

  /** A cell that was refused has declared nothing. */
  refuse(parsed: ParsedCell, title: string): void {
    for (const name of parsed.declarations.keys()) this.unreached.set(name, title);
  }

  kindOf(name: string): Declaration['kind'] | undefined {
    return this.owner(name)?.kind;
  }

  /** The number of the cell that declared `name` last. */
  cellOf(name: string): number | undefined {
    return this.owner(name)?.cell;
  }

  titleOf(cell: number): string | undefined {
    return this.titles.get(cell);
  }

  /** The cell that would have declared `name`, where none has. */
  unreachedIn(name: string): string | undefined {
    return this.owner(name) ? undefined : this.unreached.get(name);
  }

  private owner(name: string): Owned | undefined {
    return this.values.get(name) ?? this.types.get(name);
  }

  /** A value that can stand beside a type of its name. */
  private valueOwner(name: string): Owned | undefined {
    const owner = this.values.get(name);
    return owner && owner.kind !== 'type' && owner.kind !== 'import' ? owner : undefined;
  }

  /** The other half of a name that a cell declares: an earlier value beside its type, or the other way round. */
  private besides(name: string, declaration: Declaration): string[] {
    if (isWhole(declaration)) return [];
    if (declaration.kind === 'type') return this.valueOwner(name) ? [this.valueOf(name)] : [];
    const type = this.types.get(name);
    return type && !declaration.types && !isWhole(type) ? [importOf([name], type.cell)] : [];
  }

  /** Whether a cell gives the type of a name to later ones without the value that it has beside it. */
  private isApart(name: string, declaration: Declaration | undefined): boolean {
    if (!declaration?.types || isWhole(declaration)) return false;
    return declaration.kind !== 'type' || this.valueOwner(name) !== undefined;
  }

  private valueOf(name: string): string {
    const owner = this.valueOwner(name);
    if (!owner) return '';
    const kind = owner.kind === 'let' ? 'let' : 'const';
    return `declare ${kind} ${name}: ${owner.evolving ?? typeIn(name, owner)};`;
  }

  private header(wants: (name: string) => boolean): string[] {
    const parts: string[] = [];
    const byCell = new Map<number, string[]>();
    const share = (name: string, { cell }: Owned) => byCell.set(cell, [...(byCell.get(cell) ?? []), name]);
    for (const name of new Set([...this.values.keys(), ...this.types.keys()])) {
      if (!wants(name)) continue;
      const [value, type] = [this.values.get(name), this.types.get(name)];
      if (value?.clause) parts.push(value.clause);
      else if (value && (value.kind === 'let' || value.evolving || (type && !isWhole(type)))) {
        parts.push(this.valueOf(name));
      } else if (value) share(name, value);
      if (type && type !== value) share(name, type);
      else if (type && !isWhole(type)) share(name, type);
    }
    return [...parts, ...[...byCell].map(([cell, names]) => importOf(names, cell))];
  }
}

/** A declaration that is a type and a value in one, or may be. */
function isWhole({ kind, types }: Declaration): boolean {
  return kind === 'type' ? !types : !['let', 'const', 'using', 'function'].includes(kind);
}

const importOf = (names: string[], cell: number) =>
  `import { ${names.join(', ')} } from "./__cell_${cell}__";`;

/** The name under which a cell exports a value that has a type of the same name beside it. */
const apartName = (name: string) => `$$0${name}`;

function typeIn(name: string, owner: Owned): string {
  const exported = owner.types && !isWhole(owner) ? apartName(name) : name;
  return `typeof import("./__cell_${owner.cell}__").${exported}`;
}

/** `void 0`, because what ends a cell must not lean on what follows: `global` before `export` is another word. */
function footer({ declarations }: ParsedCell, isApart: (name: string) => boolean): string {
  const names = [...declarations].flatMap(([name, { kind }]) => {
    if (kind === 'import' || kind === 'using') return [];
    if (!isApart(name)) return [name];
    return kind === 'type' ? [] : [`${name} as ${apartName(name)}`];
  });
  return `void 0; export { ${names.join(', ')} };`;
}

/** Exported where it is declared, a type leaves the value of its name behind. */
function exportTypes({ source, declarations }: ParsedCell, isApart: (name: string) => boolean): string {
  const starts = [...declarations].flatMap(([name, { types }]) => (isApart(name) ? (types ?? []) : []));
  return starts
    .sort((a, b) => b - a)
    .reduce((text, start) => `${text.slice(0, start)}export ${text.slice(start)}`, source);
}
