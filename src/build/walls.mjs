// @ts-check
/** The table of rooms as rules for dependency-cruiser. `.dependency-cruiser.mjs` hands them on; `npm run walls` runs them. */
import { readFileSync } from 'node:fs';
import { nodeSide, rooms } from './rooms.mjs';

const severity = /** @type {const} */ ('error');

/**
 * What stands behind `#room` and `#room/other` in package.json, as paths from the root. A door may differ by host, and
 * is then an object of conditions.
 *
 * @type {readonly string[]}
 */
const doors = Object.values(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).imports)
  .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
  .map((target) => target.replace('./', ''));

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.\\]/g, '[$&]');
}

/** @param {readonly string[]} alternatives */
function anyOf(alternatives) {
  return `(?:${alternatives.map(escaped).join('|')})`;
}

/**
 * A room may import itself and the doors of the rooms it is allowed; everything else under src/ is a violation.
 *
 * @param {import('./rooms.mjs').Room} room
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function roomRules({ room, mayImport }) {
  const own = doors.filter((door) => door.startsWith(`src/${room}/`));
  return [
    {
      name: `${room}-imports-only-what-stands-below`,
      comment: `${room} may import ${mayImport.join(', ') || 'no other room'}`,
      severity,
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/${anyOf([room, ...mayImport])}/` },
    },
    {
      name: `${room}-is-entered-by-its-door`,
      comment: `from outside, ${room} is imported as #${room} or another of its doors`,
      severity,
      from: { path: '^src/', pathNot: `^src/${room}/` },
      to: { path: `^src/${room}/`, pathNot: `^${anyOf([...own, `src/${room}/index.ts`])}$` },
    },
  ];
}

/** @param {import('./rooms.mjs').Room['kind']} kind */
function roomsOfKind(kind) {
  return anyOf(rooms.filter((one) => one.kind === kind).map((one) => one.room));
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const worldRules = [
  {
    name: 'every-folder-is-a-room',
    comment: 'a new folder under src/ gets a row in src/build/rooms.mjs first',
    severity,
    from: { path: '^src/[^/]+/', pathNot: `^src/${anyOf(rooms.map((one) => one.room))}/` },
    to: {},
  },
  {
    name: 'other-rooms-by-name',
    comment: 'another room is imported as #room, not by a relative path',
    severity,
    from: { path: '^src/([^/]+)/' },
    to: { path: '^src/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  },
  {
    name: 'vscode-only-in-editor',
    comment: 'the editor is known to src/editor and src/extension.ts alone',
    severity,
    from: { path: '^src/', pathNot: '^src/(?:editor/|extension[.]ts$)' },
    to: { path: '(?:^|/)vscode(?:/index[.]d[.]ts)?$' },
  },
  {
    name: 'node-only-on-the-node-side',
    comment: 'the same code runs in a browser: files and processes are ports, implemented behind node.ts',
    severity,
    from: { path: '^src/', pathNot: [`^src/${roomsOfKind('node')}/`, nodeSide] },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'second-doors-only-from-the-node-side',
    severity,
    from: { path: '^src/', pathNot: [`^src/${roomsOfKind('node')}/`, nodeSide] },
    to: { path: nodeSide },
  },
  {
    name: 'entry-imports-only-editor',
    severity,
    from: { path: '^src/[^/]+[.]ts$' },
    to: { path: '^src/', pathNot: '^src/editor/' },
  },
  {
    name: 'no-circles',
    severity,
    from: { path: '^src/' },
    to: { circular: true },
  },
  {
    name: 'everything-resolves',
    severity,
    from: { path: '^src/' },
    to: { couldNotResolve: true, pathNot: '^vscode$' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export const walls = {
  forbidden: [...rooms.flatMap(roomRules), ...worldRules],
  options: {
    // Beside TypeScript 7 the default parser reads no TypeScript and reports success on 0 files.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/concepts/notes/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
