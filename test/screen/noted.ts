/** A thread of two versions by invented people, and notes on its lines. */
import { type Annotation, anchor, type Kind, newAnnotation } from '#annotations';
import { anchorAt, readText } from '#features';

function mail(id: string, subject: string, who: string, body: string, answers?: string): string {
  const answer = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
  return `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${subject}
Message-ID: <${id}@example.org>
${answer}Date: Mon, 8 Jan 2024 10:00:00 +0000

${body}
`;
}

function patch(added: string): string {
  return `The TDX module needs a PAMT for every TDMR before it can run a guest.
Readers take no lock: they wait for the flag.

The table is filled once, at boot.

Signed-off-by: Ada Example <ada@example.org>
---
 mm/table.c | 2 ++

diff --git a/mm/table.c b/mm/table.c
--- a/mm/table.c
+++ b/mm/table.c
@@ -10,2 +10,4 @@ static int fill(void)
 	mutex_lock(&table_lock);
+	fill_table(&table);
+	${added}
 	mutex_unlock(&table_lock);
`;
}

const reply = `On Mon, 8 Jan 2024, Ada Example wrote:
> Readers take no lock: they wait for the flag.

Which flag?
A line that is said twice.

What else?
A line that is said twice.
`;

export const mailbox = [
  mail('noted1', '[PATCH 1/2] mm: fill the table', 'ada', patch('set_flag();')),
  mail('noted2', 'Re: [PATCH 1/2] mm: fill the table', 'bo', reply, 'noted1'),
  mail('noted3', '[PATCH v2 1/2] mm: fill the table', 'ada', patch('set_the_flag();')),
].join('\n');

let number = 0;

/** A note on words of the thread, or of the thread as it was before. */
export function noteOn(words: string, kind: Kind, text: string, before = (mails: string) => mails): Annotation {
  const source = before(mailbox);
  const start = source.indexOf(words);
  const spot = start === -1 ? undefined : anchorAt(readText(source), start, start + words.length);
  if (!spot) throw new Error(`The thread does not say: ${words}`);
  const id = `urn:example:noted-${number++}`;
  const now = '2024-03-06T09:00:00Z';
  return newAnnotation({ id, textId: `${id}-text`, now, kind, text, target: anchor(spot), creator: 'Grace' });
}
