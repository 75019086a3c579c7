/** What a reader does in VS Code, as verbs. Each waits until what it did can be seen. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../src/build/setup.mjs';

/** Kept as output of a test run. */
const pictures = join(root, 'test-results/screens');

export interface Theme {
  id: string;
  /** A class of `.monaco-workbench`. */
  look: 'vs' | 'vs-dark' | 'hc-black' | 'hc-light';
  /** Another one, which ends in the name of its file. */
  file: string;
}

export const themes: readonly Theme[] = [
  { id: 'Default Light Modern', look: 'vs', file: 'light_modern' },
  { id: 'Default Dark Modern', look: 'vs-dark', file: 'dark_modern' },
  { id: 'Default High Contrast', look: 'hc-black', file: 'hc_black' },
  { id: 'Default High Contrast Light', look: 'hc-light', file: 'hc_light' },
];

/** One rule of axe that a page breaks, and where. */
export interface Fault {
  rule: string;
  nodes: readonly string[];
}

interface Ways {
  settle(settings: Readonly<Record<string, unknown>>): void;
  /** The address that restores what was open. */
  again: string;
}

export class Workbench {
  readonly page: Page;
  private readonly ways: Ways;

  constructor(page: Page, ways: Ways) {
    this.page = page;
    this.ways = ways;
    page.setDefaultTimeout(15_000);
  }

  /** The first text editor. */
  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  async load(address: string, file?: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    if (file === undefined) return;
    await this.page
      .locator('.tab', { hasText: exactly(file) })
      .first()
      .waitFor({ timeout: 60_000 });
    await this.editor.locator('.view-line').first().waitFor({ timeout: 60_000 });
  }

  /** A line of the editor that is on the screen. Blanks in it are no plain spaces: write `\s`. */
  line(text: RegExp): Locator {
    return this.editor.locator('.view-line', { hasText: text }).first();
  }

  status(text: RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** Runs a command by its label, as the palette shows it. */
  async run(label: string): Promise<void> {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    // The palette that is opened too early does not know the commands of extensions yet.
    await this.retry(async () => {
      const input = await this.palette();
      await input.fill(`>${label}`);
      const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
      await row.click({ timeout: 4000 });
    });
  }

  /** Whether the palette offers a command. */
  async offers(label: string): Promise<boolean> {
    const input = await this.palette();
    await input.fill(`>${label}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const found = await this.page.locator('.quick-input-list .label-name', { hasText: exactly(label) }).count();
    await this.page.keyboard.press('Escape');
    return found > 0;
  }

  private async palette(): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    await this.retry(async () => {
      await this.page.keyboard.press('F1');
      await input.waitFor({ timeout: 3000 });
    });
    return input;
  }

  /** Takes a row of a list that a command shows. */
  async pick(row: RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click();
  }

  /** Puts the caret at a line and column, from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.editor.click({ position: { x: 300, y: 300 } });
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.caretAt(line, column);
  }

  async caretAt(line: number, column: number): Promise<void> {
    await this.status(new RegExp(`Ln ${line}, Col ${column}(?!\\d)`)).waitFor();
  }

  /** Rests the pointer on the first piece of text that matches, and gives the hover that says `expected`. */
  async hover(word: RegExp, expected: RegExp): Promise<string> {
    const piece = this.editor.locator('.view-line span span', { hasText: word }).first();
    return this.retry(async () => {
      await this.leave();
      const text = await piece.innerText();
      const box = await piece.boundingBox();
      if (!box) throw new Error(`${word} is not on the screen`);
      const step = box.width / text.length;
      const x = box.x + step * (text.search(word) + 1);
      await this.page.mouse.move(x, box.y + box.height / 2);
      await this.page.mouse.move(x + step, box.y + box.height / 2 + 1, { steps: 3 });
      return this.shownHover(expected, 4000);
    });
  }

  /** Asks for the hover at the caret by key. */
  async hoverAtCaret(expected: RegExp): Promise<string> {
    return this.retry(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+k');
      await this.page.keyboard.press('Control+i');
      return this.shownHover(expected, 4000);
    });
  }

  private async shownHover(expected: RegExp, timeout: number): Promise<string> {
    const shown = this.page.locator('.monaco-hover:visible', { hasText: expected }).first();
    await shown.waitFor({ timeout });
    return shown.innerText();
  }

  /** Takes the pointer out of the way, and closes what floats. */
  async leave(): Promise<void> {
    await this.page.mouse.move(1395, 895);
    await this.page.keyboard.press('Escape');
  }

  /** The outline, unfolded; its rows are `.monaco-list-row`. */
  async outline(): Promise<Locator> {
    const pane = this.page.locator('.pane', { has: this.page.locator('.pane-header[aria-label^="Outline"]') });
    const header = pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await pane.locator('.monaco-list-row').first().waitFor();
    return pane;
  }

  /** Replaces the settings of the host; the page follows by itself. */
  settle(settings: Readonly<Record<string, unknown>>): void {
    this.ways.settle(settings);
  }

  async showTheme(theme: Theme): Promise<void> {
    const shown = this.page.locator(`.monaco-workbench.${theme.look}[class*="-${theme.file}-"]`);
    await this.retry(async () => {
      // A theme counts when the setting changes, not when a page loads: so it changes to another one first.
      this.settle({ 'workbench.colorTheme': theme.look === 'vs' ? 'Default Dark+' : 'Default Light+' });
      await this.page.waitForTimeout(300);
      this.settle({ 'workbench.colorTheme': theme.id });
      await shown.waitFor({ timeout: 4000 });
    });
    for (const frame of await this.page.locator('iframe.webview.ready').all()) {
      const inner = frame.contentFrame().frameLocator('iframe#active-frame');
      await inner.locator(`body[data-vscode-theme-id="${theme.id}"]`).waitFor();
    }
  }

  /** The page inside the first webview. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
  }

  private async webviewFrame(): Promise<Frame> {
    const outer = await this.page.locator('iframe.webview.ready').first().elementHandle();
    const active = await (await outer?.contentFrame())?.waitForSelector('iframe#active-frame');
    const frame = await active?.contentFrame();
    if (!frame) throw new Error('There is no webview.');
    return frame;
  }

  /** What axe finds wrong with the page in the first webview. */
  async auditWebview(): Promise<readonly Fault[]> {
    const frame = await this.webviewFrame();
    // A script tag would be refused by the page's own policy; evaluating is not.
    await frame.evaluate(axe.source);
    const run =
      '(async () => (await axe.run()).violations.map((one) => ({rule: one.id, nodes: one.nodes.map((node) => node.html)})))()';
    return frame.evaluate<readonly Fault[]>(run);
  }

  /** Loads the window anew, with the editors and panels it had. */
  async reload(): Promise<void> {
    // State goes to storage every 5 seconds.
    await this.page.waitForTimeout(8000);
    await this.page.goto(this.ways.again);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Adds a comment with the "+" beside a line, and sends it with the button of that label. */
  async comment(line: RegExp, text: string, button: RegExp): Promise<Locator> {
    const box = await this.line(line).boundingBox();
    if (!box) throw new Error(`${line} is not on the screen`);
    await this.page.mouse.move(box.x + 60, box.y + 8);
    await this.page.mouse.move(box.x + 70, box.y + 9, { steps: 3 });
    await this.editor.locator('.comment-range-glyph.line-hover').first().click();
    const widget = this.page.locator('.review-widget').first();
    await widget.locator('.comment-form .monaco-editor').waitFor();
    await this.page.keyboard.type(text);
    await widget.locator('.form-actions .monaco-button', { hasText: button }).first().click();
    await widget.locator('.comment-body').first().waitFor();
    return widget;
  }

  /** Keeps a picture under this name. */
  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  async retry<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (let left = 4; ; left--) {
      try {
        return await attempt();
      } catch (error) {
        if (left === 0) throw error;
        await this.leave();
      }
    }
  }
}

/** As a whole, whatever kind of blank stands in it; `hasText` with a string would ignore case. */
function exactly(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}
