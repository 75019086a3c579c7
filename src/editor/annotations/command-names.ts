/** The commands of notes, without the extension's prefix. */
export const noteCommandNames = [
  'addMarginNote',
  'showUnplacedNotes',
  'nextMarginNote',
  'previousMarginNote',
  'exportAnnotations',
  'importAnnotations',
  'annotations.group',
  'annotations.filter',
  'annotations.clearFilter',
  'note.save',
  'note.saveAs',
  'note.reply',
  'note.edit',
  'note.cancelEdit',
  'note.saveEdit',
  'note.delete',
  'note.resolve',
  'note.reopen',
  'note.kind',
  'note.tags',
  'note.placeHere',
  'note.open',
  'note.openFile',
] as const;

export type NoteCommand = (typeof noteCommandNames)[number];
