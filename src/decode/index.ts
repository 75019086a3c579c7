export { decode, type ReadableField, type ReadableMessage } from './readable.ts';
