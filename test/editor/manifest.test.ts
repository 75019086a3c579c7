import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toolNames } from '../../src/editor/tools/names.ts';

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const words = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8'));
const { contributes } = manifest;

interface Command {
  command: string;
  title: string;
  category: string;
  enablement?: string;
}
const commands: readonly Command[] = contributes.commands;
const palette: readonly { command: string; when: string }[] = contributes.menus.commandPalette;

describe('the manifest', () => {
  test('starts the extension by language, panel, link or command only', () => {
    for (const event of manifest.activationEvents)
      expect(event).toMatch(/^on(Language:|WebviewPanel:|FileSystem:patchgloss$|Uri$)/);
  });

  test('leaves patches and diffs to the built-in language', () => {
    const extensions = contributes.languages.flatMap((language: { extensions: string[] }) => language.extensions);
    expect(extensions).toEqual(['.mbox', '.mbx', '.eml']);
  });

  test('runs in virtual and in untrusted workspaces, and says what waits there', () => {
    const { virtualWorkspaces, untrustedWorkspaces } = manifest.capabilities;
    for (const { supported, description } of [virtualWorkspaces, untrustedWorkspaces]) {
      expect(supported).toBe('limited');
      expect(words[description.slice(1, -1)]).toMatch(/[.]$/);
    }
  });

  test('takes no path and no address from a workspace that is not trusted', () => {
    const settings = Object.entries<{ scope: string }>(contributes.configuration.properties);
    const places = settings.filter(([name]) => /folders?$|servers?$|[bB]rowser$|path|command/.test(name));
    expect(places.length).toBeGreaterThan(2);
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const [name, { scope }] of places)
      expect(scope === 'machine' || restrictedConfigurations.includes(name), name).toBe(true);
  });

  test('names commands in one category, in title case', () => {
    for (const { title, category } of commands) {
      expect(category).toBe('Patchgloss');
      const text: string = words[title.slice(1, -1)];
      for (const word of text.replace('...', '').split(' ')) {
        expect(text).toSatisfy(() => /^[A-Z]|^(?:a|and|as|at|by|for|to|b4|git|am|send-email)$/.test(word));
      }
    }
  });

  test('shows in the palette only what works there', () => {
    const conditions = new Map(palette.map(({ command, when }) => [command, when]));
    const always = commands.map(({ command }) => command).filter((command) => !conditions.has(command));
    expect(always).toEqual([
      'patchgloss.openSimulator',
      'patchgloss.openConceptNote',
      'patchgloss.fetchThread',
      'patchgloss.searchMail',
      'patchgloss.openMailbox',
    ]);
    for (const { command } of commands) {
      if (command.startsWith('patchgloss.note.')) expect(conditions.get(command)).toBe('false');
    }
  });

  test('saves an edited note with the key that sends a comment, which takes the first action', () => {
    const actions: readonly { command: string; group: string }[] = contributes.menus['comments/comment/context'];
    const [first] = [...actions].sort((one, other) => one.group.localeCompare(other.group));
    expect(first?.command).toBe('patchgloss.note.saveEdit');
  });

  test('has few settings, each described', () => {
    const settings = Object.values<{ markdownDescription: string }>(contributes.configuration.properties);
    expect(settings.length).toBeLessThanOrEqual(15);
    for (const { markdownDescription } of settings) expect(words[markdownDescription.slice(1, -1)]).toBeTruthy();
  });

  test('has an icon of at least 128 pixels', () => {
    const icon = readFileSync(new URL(manifest.icon, root));
    expect(icon.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(icon.readUInt32BE(16)).toBeGreaterThanOrEqual(128);
    expect(icon.readUInt32BE(20)).toBeGreaterThanOrEqual(128);
  });

  test('offers tools to language models only where the setting says so, and each of them is there', () => {
    const tools: { name: string; when: string; inputSchema: { required: string[] } }[] =
      manifest.contributes.languageModelTools;
    expect(tools.map(({ name }) => name)).toEqual(toolNames.map((name) => `patchgloss_${name}`));
    for (const { when } of tools) expect(when).toBe('config.patchgloss.languageModelTools');
    expect(manifest.contributes.configuration.properties['patchgloss.languageModelTools'].default).toBe(false);
  });
});
