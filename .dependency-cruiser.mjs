// The walls between the rooms are generated: src/build/rooms.mjs holds the table, src/build/walls.mjs the rules.
export { walls as default } from './src/build/walls.mjs';
