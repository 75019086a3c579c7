export { isMail } from '#reading';
export * from './annotating/index.ts';
export * from './answers/index.ts';
export * from './applying/index.ts';
export * from './argument/index.ts';
export { attachmentFile, attachments, LARGEST_ATTACHMENT } from './attachments.ts';
export { commitAt } from './commit-at.ts';
export { complaints, type PlacedComplaint } from './complaints.ts';
export { conceptPage } from './concept-page.ts';
export * from './copying/index.ts';
export { explanationsOf } from './explanations/index.ts';
export { foldLines, quotesBelow } from './fold-lines.ts';
export { folds } from './folds.ts';
export { frameHover } from './frame-hover.ts';
export { type HiddenSign, hiddenSigns } from './hidden-signs.ts';
export { hover } from './hover/index.ts';
export { compareVersions, type PatchDiff, type SeriesVersion, versionsIn } from './interdiff.ts';
export * from './lenses/index.ts';
export { links, mailTarget, messageIdAt } from './links.ts';
export * from './moving/index.ts';
export { outline } from './outline.ts';
export { type OutlineThread, outlineThreads } from './outline-threads.ts';
export { ourGlossary, packsInUse, usePacks } from './packs.ts';
export type * from './plain.ts';
export { plainText } from './plain-text.ts';
export { pointInBody, QuoteTraces, type TraceAnswer, type TracedThread, traceAnswer } from './provenance.ts';
export { messageAt, type Reading, readBytes, readText } from './reading.ts';
export {
  type ReadingView,
  readingView,
  readPage,
  type ThreadMail,
  type ThreadView,
  threadView,
} from './reading-view/index.ts';
export { type SearchableMessage, searchable, searchablePage } from './searchable.ts';
export { browserAddress, type SourceBrowser, sourceBrowserOf } from './source-browser.ts';
export { sourceLinks } from './source-links.ts';
export { pathInside, type SourceName, sourceNameAt } from './source-path.ts';
export * from './speakers/index.ts';
export * from './terms/index.ts';
export * from './threads-view/index.ts';
export { explainForTool, hunkForTool, ledgerForTool, outlineForTool } from './tools.ts';
