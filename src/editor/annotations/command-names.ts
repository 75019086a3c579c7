/** The commands of the margin, without the extension's prefix. */
export const noteCommandNames = [
  'addMarginNote',
  'showUnplacedNotes',
  'note.save',
  'note.edit',
  'note.cancelEdit',
  'note.saveEdit',
  'note.delete',
] as const;

export type NoteCommand = (typeof noteCommandNames)[number];
