export { anchor, type Spot } from './anchor.ts';
export {
  ANNO_CONTEXT,
  type Annotation,
  KINDS,
  type Kind,
  kindOf,
  MOTIVATIONS,
  type Note,
  type NoteText,
  OWN_CONTEXT,
  readNote,
  type Status,
} from './annotation.ts';
export { bodyHash } from './body-hash.ts';
export { type Candidate, CandidateIndex } from './candidates.ts';
export { changeNotes, type NoteChange } from './change-note.ts';
export { EXCHANGE_FORMATS, type ExchangeFormat, exportNotes, importNotes } from './exchange/index.ts';
export type { Json, JsonObject } from './json.ts';
export { type Merge, type MergeConflict, mergeStores } from './merge.ts';
export { messageIdOf, midUri } from './message-uri.ts';
export { place, placeAll, placeCarried, placeEach } from './place.ts';
export { MOST_LISTED, type Placing, type Where } from './placing.ts';
export { type Distinct, type Reference, referenceOf } from './reference.ts';
export { sha256 } from './sha256.ts';
export { type Damaged, emptyStore, FORMAT_VERSION, formatStore, parseStore, type Store } from './store.ts';
export { storeName } from './store-name.ts';
export { subjectKey } from './subject.ts';
export { tagsIn } from './tags.ts';
export {
  addReply,
  annotationDocument,
  changeKind,
  changeStatus,
  changeTags,
  changeTarget,
  changeText,
  type NoteDraft,
  newAnnotation,
  type ReplyDraft,
  removeReply,
} from './writing.ts';
