import type { Locator, Page } from 'playwright-core';

/** Waits until a condition that the page reaches by itself holds. */
export async function until(what: string, condition: () => Promise<boolean>, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function exactly(text: string) {
  return new RegExp(`^\\s*${text}\\s*$`);
}

/** A notebook open in JupyterLab, used as a person uses it: menus, buttons, keys. */
export class NotebookPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string) {
    await this.page.goto(address);
    await this.codeCells.first().waitFor();
    await this.kernelIsIdle();
  }

  get codeCells(): Locator {
    return this.page.locator('.jp-Notebook .jp-CodeCell');
  }

  codeCell(text: string): Locator {
    return this.codeCells.filter({ hasText: text }).first();
  }

  async kernelIsIdle() {
    await this.page.locator('#jp-main-statusbar').getByText('TypeScript | Idle').waitFor();
  }

  async menu(...path: string[]) {
    const labels = this.page.locator('.lm-MenuBar-itemLabel, .lm-Menu-itemLabel');
    const items = path.map(name => labels.filter({ hasText: exactly(name) }).last());
    for (const [index, item] of items.entries()) {
      await item.hover();
      // The items of a menu bar open by a click, those of a menu by hovering.
      if (index === 0 || index === items.length - 1) await item.click();
    }
  }

  async button(name: string) {
    await this.page.locator(`.jp-NotebookPanel-toolbar [title="${name}"]`).first().click();
  }

  /** Adds a cell at the end with this text and leaves the cursor behind it. */
  async addCell(text: string): Promise<Locator> {
    const before = await this.codeCells.count();
    await this.select(this.page.locator('.jp-Notebook .jp-Cell').last());
    await this.page.keyboard.press('b');
    await until('a new cell', async () => (await this.codeCells.count()) === before + 1);
    await this.page.keyboard.press('Enter');
    const cell = this.codeCells.last();
    await cell.locator('.cm-content:focus').waitFor();
    await this.page.keyboard.insertText(text);
    return cell;
  }

  /** Selects a cell without putting the cursor into it. */
  async select(cell: Locator) {
    await cell.locator('.jp-InputPrompt').click();
  }

  /** Runs the cell that has the cursor; Ctrl+Enter leaves it selected. */
  async runSelected() {
    await this.page.keyboard.press('Control+Enter');
  }

  /** The text of a cell's output once there is some. */
  async output(cell: Locator): Promise<string> {
    const area = cell.locator('.jp-OutputArea-output').first();
    await area.waitFor();
    return ((await area.textContent()) ?? '').trim();
  }

  async runNew(text: string): Promise<string> {
    const cell = await this.addCell(text);
    await this.runSelected();
    return this.output(cell);
  }
}
