import type { FieldCut, MessageCut } from '../message-cut.ts';
import { betweenPatterns, htmlCut } from './html-cut.ts';
import { bareField } from './page.ts';

const LOSS =
  'A pipermail page writes " at " in addresses, drops the "Re:" of a subject, and shows no receivers and no references.';

/**
 * The source of a pipermail page: the body between two comments, the subject, the sender and the date above it in elements of their own.
 *
 *     <LINK REL="made" HREF="mailto:tea%40example.org?Subject=...&In-Reply-To=%3C20230703.1%40example.org%3E">
 *     <H1>[PATCH] tea: warm the pot</H1>
 *     <B>Ada Example</B> <A HREF="...">ada at example.org</A><BR>
 *     <I>Mon Jul  3 10:00:00 CEST 2023</I>
 *     <!--beginarticle-->
 */
export function pipermailHtml(html: string): MessageCut[] | undefined {
  const body = betweenPatterns(html, /<!--beginarticle-->/gi, /<!--endarticle-->|$/gi, 0, html.length);
  if (!body) return undefined;
  const fields = fieldsOf(html, body.start);
  return [htmlCut(html, { dialect: 'pipermail', start: 0, end: html.length, fields, body, loss: LOSS })];
}

function fieldsOf(html: string, to: number): FieldCut[] {
  const fields: FieldCut[] = [];
  // A link for answering carries the Message-ID of this mail.
  const id = betweenPatterns(
    html,
    /<link rel="made" href="mailto:[^"<>]{0,1000}?In-Reply-To=(?:%3C|&lt;|<)?/gi,
    /%3E|&gt;|>|"/gi,
    0,
    to,
  );
  if (id) fields.push({ ...bareField('Message-ID', id), written: 'percent' });
  const subject = betweenPatterns(html, /<h1>/gi, /<\/h1>/gi, 0, to);
  if (!subject) return fields;
  fields.push(bareField('Subject', subject));
  const sender = betweenPatterns(html, /<b>/gi, /<\/a>|<br\b/gi, subject.end, to);
  if (!sender) return fields;
  fields.push(bareField('From', sender));
  const date = betweenPatterns(html, /<i>/gi, /<\/i>/gi, sender.end, to);
  if (date) fields.push(bareField('Date', date));
  return fields;
}
