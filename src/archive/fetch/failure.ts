import { hostOf } from './servers.ts';

/** Why a server gave no mail. */
export type FailureKind =
  | 'not there'
  | 'too many'
  | 'challenge'
  | 'web page'
  | 'refused'
  | 'out of order'
  | 'cancelled'
  | 'silent'
  | 'unreachable'
  | 'slow'
  | 'too large'
  | 'not mail'
  | 'sent on';

export interface Failure {
  kind: FailureKind;
  /** Whom we asked. */
  url: string;
  /** More about it, in words or as the number of the status. */
  detail?: string;
}

type Sentence = (detail: string) => string;

/** What is said of a server, behind its name. */
const SAID: Readonly<Record<FailureKind, Sentence>> = {
  'not there': () => 'does not have it (404)',
  'too many': (detail) => `asks for fewer requests (429)${detail === '' ? '' : `; try again in ${detail}`}`,
  challenge: () => 'answered with a page that tests for a browser',
  'web page': () => 'answered with a web page instead of mail',
  refused: (detail) => `refuses it (${detail})`,
  'out of order': (detail) => `is out of order (${detail})`,
  cancelled: () => 'was not asked to the end: cancelled',
  silent: (detail) => `did not answer within ${detail}`,
  unreachable: (detail) => `cannot be asked: ${detail}`,
  slow: (detail) => `sent nothing readable within ${detail}`,
  'too large': (detail) => `sent more than can be kept: ${detail}`,
  'not mail': (detail) => `sent something that is no mail${detail === '' ? '' : `: ${detail}`}`,
  'sent on': (detail) => `sends on to ${detail}`,
};

/** One sentence about all servers that were asked. */
export function failureText(failures: readonly Failure[]): string {
  return failures.map(({ kind, url, detail }) => `${hostOf(url)} ${SAID[kind](detail ?? '')}`).join('; ');
}
