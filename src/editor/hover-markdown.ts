import { isId, type Origin, type PanelState, readState } from '#webview';
import { commandLink } from './command-link.ts';

/** The commands that a hover may run, and no others. */
export const hoverCommands = [
  'patchgloss.openConceptNote',
  'patchgloss.openSimulator',
  'patchgloss.saveAttachment',
  'patchgloss.showPlace',
] as const;

/**
 * Makes the links of a hover live: `concept:pamt`, `simulator:tdmr-pamt/one-chunk?nodes=2`, `attachment:0/2` and `place:120` become
 * command links.
 *
 * The Markdown is of our own words with mail text escaped in it. Should an escape ever be missing, nothing is gained by it:
 * a command link in the text is broken here, a bracket that was escaped is no link, and what a link can say is ids and
 * plain values, which the command reads again as strictly.
 */
export function withCommands(markdown: string, origin: Origin | undefined): string {
  return markdown
    .replace(/command(?=:)/gi, '$&\u200b')
    .replace(
      /(?<!\\)\]\((concept|simulator|attachment|place):([^\s()]*)\)/g,
      (_whole, kind: string, target: string) => {
        const link = linkOf(kind, target, origin);
        return link === undefined ? ']()' : `](${link})`;
      },
    );
}

function linkOf(kind: string, written: string, origin: Origin | undefined): string | undefined {
  // What Markdown could take for markup was escaped, an ampersand for instance.
  const target = written.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  if (kind === 'concept') return conceptLink(target, origin);
  if (kind === 'place') return placeLink(target, origin);
  return kind === 'attachment' ? attachmentLink(target, origin) : simulatorLink(target, origin);
}

function conceptLink(id: string, origin: Origin | undefined): string | undefined {
  return isId(id) ? commandLink('patchgloss.openConceptNote', origin ? { id, origin } : id) : undefined;
}

/** `attachment:0/2`: part 2 of message 0 of the document that the hover is in. */
function attachmentLink(target: string, origin: Origin | undefined): string | undefined {
  const [, message, part] = /^(\d{1,9})\/(\d{1,9})$/.exec(target) ?? [];
  if (message === undefined || part === undefined || !origin) return undefined;
  return commandLink('patchgloss.saveAttachment', { uri: origin.uri, message: Number(message), part: Number(part) });
}

/** `place:120`: an offset in the document that the hover is in. */
function placeLink(offset: string, origin: Origin | undefined): string | undefined {
  if (!/^\d{1,12}$/.test(offset) || !origin) return undefined;
  return commandLink('patchgloss.showPlace', { uri: origin.uri, offset: Number(offset) });
}

function simulatorLink(target: string, origin: Origin | undefined): string | undefined {
  const state = readSimulatorTarget(target);
  return state && commandLink('patchgloss.openSimulator', origin ? { ...state, origin } : state);
}

/** `ID`, `ID/SCENARIO` or `ID/SCENARIO?name=value&name=value`; absent when it is not of that form. */
export function readSimulatorTarget(target: string): PanelState | undefined {
  const [path = '', query = ''] = target.split('?', 2);
  const [simulator, scenario, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const values = readQuery(query);
  if (values === undefined) return undefined;
  return readState({
    simulator,
    ...(scenario ? { scenario } : {}),
    values,
    fromText: Object.keys(values),
  });
}

/** `name=value&name=value`; absent when a percent sign leads nowhere. */
function readQuery(query: string): Record<string, string | number | boolean> | undefined {
  const pairs = query.split('&').filter((pair) => pair !== '');
  try {
    return Object.fromEntries(
      pairs.map((pair) => {
        const [name = '', value = ''] = pair.split('=', 2);
        return [decodeURIComponent(name), plainValue(decodeURIComponent(value))];
      }),
    );
  } catch {
    return undefined;
  }
}

function plainValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'on') return true;
  if (text === 'false' || text === 'off') return false;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
