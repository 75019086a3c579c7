/** What the editor does to find mail, when a reader asks for it. */
export { saveFound } from './save-found.ts';
export { searchMail } from './search-command.ts';
