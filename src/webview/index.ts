/** The door of the panel's room, for the editor: the protocol and the words. The page itself is `panel.ts`. */
export * from './protocol.ts';
export { stateOf } from './shared-state.ts';
export { english, type Words } from './words.ts';
