/**
 * Parts of the editor's room that a reader may never ask for. They are evaluated on first use: whatever the entry holds is
 * paid for by everybody who opens a text file.
 */
export const attachments = () => import('./attachments.ts');
/** Who said what: quotes traced, versions compared, the ledger. */
export const argumentSurfaces = () => import('./argument/surfaces.ts');
export const fetching = () => import('./fetch/surfaces.ts');
export const searching = () => import('./search/surfaces.ts');
export const authoringRoom = () => import('./authoring/room.ts');
/** The reader's own notes: in the margin, as glyphs, in their view. */
export const annotationsRoom = () => import('./annotations/room.ts');
/** Going about in a mail, copying from it, and what the editor asks of it beside hovers and outlines. */
export const navigationRoom = () => import('./navigation/room.ts');
export const notePages = () => import('./concept-page.ts');
export const panels = () => import('./panel.ts');
export const readingViews = () => import('./reading-view.ts');
/** Decorations, the Concepts view and what else there is about terms beside hovers. */
export const termSurfaces = () => import('./terms/surfaces.ts');
export const places = () => import('./show-place.ts');
export const threadsRooms = () => import('./threads/room.ts');
export const commitHovers = () => import('./repository/commit-hover.ts');
export const repositoryCommands = () => import('./repository/check-applies.ts');
export const sourceDefinitions = () => import('./repository/source-definition.ts');
export const sourceLinks = () => import('./repository/source-links.ts');
/** Answers, briefs and reading paths: what a reader gives to others. */
export const sharingRoom = () => import('./reply/room.ts');
export const pathRoom = () => import('./reading-path/room.ts');
export const surfaces = () => import('./surfaces.ts');
export const toolRoom = () => import('./tools/answer-tool.ts');
