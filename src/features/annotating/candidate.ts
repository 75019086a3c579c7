import type { Candidate, Spot } from '#annotations';
import { messageIdsOf } from '#reading';
import type { Page } from '../reading.ts';
import { BodyText } from './body-text.ts';
import { patchIdOf } from './patch-id.ts';

/** A message as notes are placed in it. Small beside the page it was made from, which may be read again. */
export interface NotedMail {
  candidate: Candidate;
  body: BodyText;
}

/** `path` is the file's label, for mail without a Message-ID. */
export function notedMail(key: string, page: Page, path: string | undefined): NotedMail {
  const body = new BodyText(page.body);
  return {
    body,
    candidate: { key, ...identityOf(page, path), references: referencesOf(page), text: body.text },
  };
}

export function identityOf(
  page: Page,
  path: string | undefined,
): Pick<Spot, 'messageId' | 'path' | 'subject' | 'patchId'> {
  const patchId = patchIdOf(page);
  const messageId = messageIdsOf(page.fields.get('message-id')?.[0] ?? '')[0];
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(path === undefined ? {} : { path }),
    ...(page.subject === undefined ? {} : { subject: page.subject }),
    ...(patchId === undefined ? {} : { patchId }),
  };
}

function referencesOf(page: Page): string[] {
  return ['references', 'in-reply-to'].flatMap((name) => (page.fields.get(name) ?? []).flatMap(messageIdsOf));
}
