import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/build/setup.mjs';
import { filesOf } from '../../src/build/translations.mjs';

/** What every translated word stands in: text of ours without them is a word that no translation reaches. */
export const [opening, closing] = ['\u27e6', '\u27e7'];

/** The language of the pseudo words: one that the editor accepts, for it reads no files of languages that it does not know. */
export const pseudoLanguage = 'de';

/** A copy of the built extension in which every word of ours stands in marks. */
export function pseudoExtension(): { folder: string; remove(): void } {
  const parent = join(root, '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'pseudo-'));
  for (const name of ['package.json', 'package.nls.json', 'l10n', 'media', 'dist']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const english = filesOf();
  const pseudo = filesOf(pseudoLanguage);
  for (const kind of ['manifest', 'code'] as const) {
    const words: Record<string, string> = JSON.parse(readFileSync(join(root, english[kind]), 'utf8'));
    const marked = Object.entries(words).map(([key, text]) => [key, text.split('\n').map(inMarks).join('\n')]);
    writeFileSync(join(folder, pseudo[kind]), JSON.stringify(Object.fromEntries(marked)));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A line that is one link stays one, and an icon in front stays in front. */
function inMarks(line: string): string {
  const link = /^\[(.*)\](\(command:.*\))$/.exec(line);
  if (link) return `[${opening}${link[1]}${closing}]${link[2]}`;
  const [, icon = '', text = ''] = /^(\$\([\w-]+\) )?(.*)$/.exec(line) ?? [];
  return `${icon}${opening}${text}${closing}`;
}
