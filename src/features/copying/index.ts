export { archiveAddress } from './address.ts';
export { markdownQuote } from './markdown-quote.ts';
export { plainReply } from './plain-reply.ts';
