// @ts-check
/**
 * The rooms of the house: who may import whom. This one table feeds the walls (walls.mjs), and the map in the README is
 * held against it. A room is entered by its doors, the `imports` of package.json: `#room`, and for some `#room/node`.
 *
 * @typedef {object} Room
 * @property {string} room      folder under src/
 * @property {string} holds     what the room is for, in a few words
 * @property {'core' | 'webview' | 'editor' | 'node'} kind
 *           what the room knows of the world around it: `core` knows neither DOM nor Node nor VS Code
 * @property {readonly string[]} mayImport other rooms, by their doors
 */

const core = ['mailast', 'cut', 'decode', 'parse', 'archive', 'concepts', 'simulators', 'annotations', 'reading'];

/** @type {readonly Room[]} */
export const rooms = [
  { room: 'mailast', kind: 'core', holds: 'the tree of a mail message', mayImport: [] },
  { room: 'concepts', kind: 'core', holds: 'the glossary', mayImport: [] },
  { room: 'simulators', kind: 'core', holds: 'the models', mayImport: [] },
  { room: 'cut', kind: 'core', holds: 'where things begin', mayImport: ['mailast'] },
  { room: 'annotations', kind: 'core', holds: 'what the reader writes', mayImport: ['mailast'] },
  { room: 'decode', kind: 'core', holds: 'one message as readable text', mayImport: ['cut', 'mailast'] },
  { room: 'parse', kind: 'core', holds: 'readable text as a tree', mayImport: ['decode', 'cut', 'mailast'] },
  {
    room: 'archive',
    kind: 'core',
    holds: 'many messages, by their headers',
    mayImport: ['cut', 'decode', 'mailast'],
  },
  {
    room: 'reading',
    kind: 'core',
    holds: 'what it means',
    mayImport: ['parse', 'archive', 'concepts', 'decode', 'cut', 'mailast'],
  },
  {
    room: 'features',
    kind: 'core',
    holds: 'what a reader can ask',
    mayImport: ['reading', 'annotations', 'archive', 'concepts', 'simulators', 'mailast'],
  },
  { room: 'webview', kind: 'webview', holds: 'the simulator panel', mayImport: ['simulators'] },
  {
    room: 'editor',
    kind: 'editor',
    holds: 'VS Code, one thin adapter a feature',
    mayImport: [...core, 'features', 'webview'],
  },
  { room: 'lsp', kind: 'node', holds: 'the same for other editors', mayImport: [...core, 'features'] },
  { room: 'cli', kind: 'node', holds: 'the command line', mayImport: [...core, 'features', 'lsp'] },
  { room: 'build', kind: 'node', holds: 'build, set-up, trying it', mayImport: [...core, 'features'] },
];

/** A room's Node side: its second door `node.ts` and what stands in a folder `node/` behind it. Matches paths from the root. */
export const nodeSide = '^src/[^/]+/(?:node[.]ts$|node/)';
