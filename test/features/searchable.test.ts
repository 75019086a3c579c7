import { expect, test } from 'vitest';
import { isFound, readQuery } from '#archive/search';
import { readText, searchable } from '#features';

const THREAD = `From ada@example.org Mon Jan  8 10:00:00 2024
From: Ada Ament <ada@example.org>
To: valves@lists.example.org
Subject: [PATCH] valve: close it
Message-ID: <1@example.org>
Date: Mon, 8 Jan 2024 10:00:00 +0000

Turns the lever.

diff --git a/drivers/valve.c b/drivers/closed.c
--- a/drivers/valve.c
+++ b/drivers/closed.c
@@ -1 +1 @@
-open
+closed

From bo@example.org Tue Jan  9 10:00:00 2024
From: =?utf-8?q?B=C3=B6?= Birk <bo@example.org>
Subject: Re: [PATCH] valve: close it
Message-ID: <2@example.org>
Date: Tue, 9 Jan 2024 10:00:00 +0000
Content-Transfer-Encoding: base64

VGhlIGtldHRsZSBsZWFrcy4K
`;

test.each([
  ['s:valve', [1, 2]],
  ['f:b\u00f6', [2]],
  ['d:20240109', [2]],
  ['l:valves', [1]],
  ['dfn:drivers/valve.c', [1]],
  ['dfn:closed.c', [1]],
  ['b:kettle', [2]],
  ['b:ada@example.org', []],
  ['kettle', [2]],
  ['m:2@example.org', [2]],
])('a search of a mailbox by %s looks at what a reader reads', (query, ids) => {
  const reading = readText(THREAD);
  const found = [0, 1].flatMap((index) => {
    const message = searchable(reading, index);
    return message && isFound(readQuery(query, 0), message) ? [message] : [];
  });
  expect(found.map(({ id }) => id)).toEqual(ids.map((id) => `${id}@example.org`));
  for (const { start, id } of found) expect(THREAD.slice(start)).toMatch(new RegExp(`^From [^]*?Message-ID: <${id}>`));
});

test('there is no message behind the last one', () => {
  expect(searchable(readText(THREAD), 2)).toBeUndefined();
});
