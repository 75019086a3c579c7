export { messagesIn, threadsWithLedgers } from './answered.ts';
export { briefOf } from './brief.ts';
export { type BriefFile, type BriefNotes, briefNotes } from './brief-notes.ts';
export { htmlBrief } from './html-brief.ts';
export { markedLines, type Stretch } from './marked.ts';
export { visible } from './visible.ts';
