export { headerText } from './header-text.ts';
export { contentBytes } from './part-bytes.ts';
export { unfold } from './part-content.ts';
export { sizeText } from './part-line.ts';
export { decode, type ReadableMessage } from './readable.ts';
export type { ReadableField, ReadablePart } from './readable-part.ts';
