/** What the editor shows about terms, beside hovers: evaluated when the first mail is there, or a command asks. */
export { ConceptsView } from './concepts-view.ts';
export { showTerms } from './decorations.ts';
export { findAllMentions } from './find-mentions.ts';
export { showHover, toggleHovers } from './hover-mode.ts';
export { provideInlayHints } from './inlays.ts';
export { provideDefinition, provideDocumentHighlights, provideReferences } from './navigation.ts';
export { explainThread, followThreads, provideDocumentLinks } from './pages.ts';
