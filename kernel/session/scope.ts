import type { Declaration, ParsedCell } from './cell.ts';
import type { CellText } from './diagnostics.ts';
import type { Workspace } from './workspace.ts';

interface Owned extends Declaration {
  cell: number;
}

/** The names that cells have declared, and how a later cell sees them. */
export class Scope {
  private readonly owners = new Map<string, Owned>();
  private readonly titles = new Map<number, string>();
  /** Names that a cell would have declared if it had not ended with an error: name and title of the cell. */
  private readonly unreached = new Map<string, string>();

  constructor(private readonly workspace: Workspace) {}

  /**
   * Puts a cell before the checker: one line that declares what earlier cells gave, the learner's text, and one line
   * that exports its names.
   */
  present(parsed: ParsedCell, wants: (name: string) => boolean): CellText & { text: string } {
    const { declarations } = parsed;
    const values = [...declarations].filter(([, d]) => d.besideValue).map(([name]) => this.valueOf(name));
    const header = [...values, ...this.header(name => wants(name) && !declarations.has(name))].join(' ');
    const names = [...parsed.declarations].filter(([, d]) => d.kind !== 'import' && d.kind !== 'using');
    const footer = `export { ${names.map(([name]) => name).join(', ')} };`;
    const text = `${header}\n${parsed.source}\n${footer}\n`;
    this.workspace.setCell(text);
    return { path: this.workspace.cellPath, code: parsed.code, offset: header.length + 1, text };
  }

  /** What a cell has really declared; what it did not reach keeps its earlier meaning. */
  declare(parsed: ParsedCell, cell: number, title: string, declared: readonly string[] | 'all'): void {
    this.titles.set(cell, title);
    for (const [name, declaration] of parsed.declarations) {
      if (declaration.kind === 'using') continue;
      const always = declaration.kind === 'type' || declaration.kind === 'import';
      if (always || declared === 'all' || declared.includes(name)) {
        const { kind } = (declaration.besideValue && this.valueOwner(name)) || declaration;
        this.owners.set(name, { ...declaration, kind, cell });
        this.unreached.delete(name);
      } else this.unreached.set(name, title);
    }
  }

  /** A cell that was refused has declared nothing. */
  refuse(parsed: ParsedCell, title: string): void {
    for (const name of parsed.declarations.keys()) this.unreached.set(name, title);
  }

  kindOf(name: string): Declaration['kind'] | undefined {
    return this.owners.get(name)?.kind;
  }

  /** The number of the cell that declared `name` last. */
  cellOf(name: string): number | undefined {
    return this.owners.get(name)?.cell;
  }

  titleOf(cell: number): string | undefined {
    return this.titles.get(cell);
  }

  /** The cell that would have declared `name`, where none has. */
  unreachedIn(name: string): string | undefined {
    return this.owners.has(name) ? undefined : this.unreached.get(name);
  }

  private valueOwner(name: string): Owned | undefined {
    const owner = this.owners.get(name);
    return owner && owner.kind !== 'type' && owner.kind !== 'import' ? owner : undefined;
  }

  /** Declares the value that `name` has beside a type; its type then, too, comes from the cell of that type. */
  private valueOf(name: string): string {
    const owner = this.valueOwner(name);
    if (!owner) return '';
    const kind = owner.kind === 'let' ? 'let' : 'const';
    return `declare ${kind} ${name}: ${owner.evolving ? 'any[]' : typeIn(name, owner)};`;
  }

  private header(wants: (name: string) => boolean): string[] {
    const parts: string[] = [];
    const byCell = new Map<number, string[]>();
    for (const [name, { kind, clause, evolving, cell }] of this.owners) {
      if (!wants(name)) continue;
      if (clause) parts.push(clause);
      else if (evolving) parts.push(`declare ${kind} ${name}: any[];`);
      else if (kind === 'let') parts.push(this.valueOf(name));
      else byCell.set(cell, [...(byCell.get(cell) ?? []), name]);
    }
    for (const [cell, names] of byCell)
      parts.push(`import { ${names.join(', ')} } from "./__cell_${cell}__";`);
    return parts;
  }
}

function typeIn(name: string, { cell }: Owned): string {
  return `typeof import("./__cell_${cell}__").${name}`;
}
