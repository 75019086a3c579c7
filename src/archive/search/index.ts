/** Door `#archive/search`: messages found in mail at hand, by the search of a server, and by notmuch and lei. */
export { type FoundMessage, type FoundThread, threadsOfFound } from './found.ts';
export { leiArguments, readLei } from './lei.ts';
export { isFound, type Searchable } from './local.ts';
export { notmuchArguments, readNotmuch } from './notmuch.ts';
export { type Query, readQuery } from './query.ts';
export { downloadFound, searchServer } from './server.ts';
