/** What the editor shows of an argument: evaluated when it is asked for. */
export { provideOrigins, provideQuotes } from './said.ts';
