export { type Origin, Provenance, type QuotingMail, type RowTrace } from './provenance.ts';
export { type MailWords, mailWords, Vocabulary } from './words.ts';
