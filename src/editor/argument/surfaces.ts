/** What the editor shows of an argument: evaluated when it is asked for. */
export { showAlteredQuotes } from './altered-quotes.ts';
export { compareVersions } from './compare-versions.ts';
export { provideDiffColours, showDiffLines } from './diff-colours.ts';
export { copyLedger, LedgerView } from './ledger-view.ts';
export { linkVersion } from './link-version.ts';
export { provideMessageHover } from './message-hover.ts';
export { provideQuoteHover, showCut } from './quote-hover.ts';
export { provideOrigins, provideQuotes } from './said.ts';
export { versionText } from './version-page.ts';
