/** A mail of a thread in which each mail answers the one before. */
export const mail = (who: string, id: number, body: string) => `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${id === 1 ? '' : 'Re: '}[PATCH] tea: Warm the pot first
Message-ID: <argument-${id}@example.org>
${id === 1 ? '' : `In-Reply-To: <argument-${id - 1}@example.org>\n`}Date: Mon, 8 Jan 2024 1${id}:00:00 +0000

${body}
`;

/** The body of a patch. */
export const patch = `A pot that is cold cools the water which we pour.
So warm it before we drink.

---
diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -40,3 +40,4 @@ static int make_tea(struct pot *pot)
 \tint cups = 2;
 \tpour(pot);
-\treturn 0;
+\twarm(pot);
+\treturn cups;
`;
