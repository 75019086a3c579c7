/** What the editor asks about an open mail: one adapter a feature. Evaluated with the first question. */
export { showComplaints } from './diagnostics.ts';
export { foldingProvider } from './folding.ts';
export { provideHover } from './hover.ts';
export { linkProvider } from './links.ts';
export { outlineProvider } from './outline.ts';
export { readShownThreads } from './shown-threads.ts';
