/** Invented mails that the tests of the command line read. */

export const PATCH = `From: =?utf-8?q?Ad=C3=A8le?= Example <adele@example.org>
To: ben@example.org, "Okafor, Cy" <cy@example.org>
Cc: Dee Example <dee@example.org>
Subject: [PATCH v2 1/2] tea: warm
 the pot
Date: Mon, 4 Mar 2024 09:12:31 +0100
Message-ID: <20240304081231.1-1-adele@example.org>
In-Reply-To: <20240304081231.1-0-adele@example.org>
References: <20240304081231.1-0-adele@example.org>

A cold pot cools the water, see https://example.org/pot and [1].

[1] The first experiment

Fixes: 0123456789ab ("tea: pour")
Signed-off-by: Adele Example <adele@example.org>
---
 tea.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)

diff --git a/tea.c b/tea.c
index 0123456789ab..ba9876543210 100644
--- a/tea.c
+++ b/tea.c
@@ -1,2 +1,3 @@ int main(void)
 	fill(kettle);
-	pour(kettle);
+	warm(pot);
+	pour(kettle);
--\x20
2.43.0
`;

export const COVER = `From: Adele Example <adele@example.org>
To: ben@example.org
Subject: [PATCH v2 0/2] tea: two small things
Date: Mon, 4 Mar 2024 09:12:30 +0100
Message-ID: <20240304081231.1-0-adele@example.org>

The PAMT of the TDX module has nothing to do with it.
`;

export const REPLY = `From: Ben Okafor <ben@example.org>
To: Adele Example <adele@example.org>
Subject: Re: [PATCH v2 1/2] tea: warm the pot
Date: Mon, 4 Mar 2024 10:00:00 +0000
Message-ID: <reply.1@example.org>
In-Reply-To: <20240304081231.1-1-adele@example.org>
References: <20240304081231.1-0-adele@example.org> <20240304081231.1-1-adele@example.org>

On Mon, 4 Mar 2024, Adele Example wrote:
> A cold pot cools the water, see
> https://example.org/pot
>
> diff --git a/tea.c b/tea.c
> --- a/tea.c
> +++ b/tea.c
> @@ -1,2 +1,3 @@ int main(void)
>  	fill(kettle);
> -	pour(kettle);
> +	warm(pot);
> +	pour(kettle);

Good.

Reviewed-by: Ben Okafor <ben@example.org>
`;

/** An mbox of mails, with an empty line between them. */
export function mbox(...mails: readonly string[]): string {
  return mails.map((mail) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail}`).join('\n');
}

/** An annotation file of another tool: W3C's selectors alone, on words of the patch. */
export function notes(...quotes: readonly string[]): string {
  const items = quotes.map((exact, index) => ({
    id: `urn:example:${index}`,
    type: 'Annotation',
    body: { type: 'TextualBody', value: `On ${exact}` },
    target: {
      source: 'mid:20240304081231.1-1-adele@example.org',
      selector: { type: 'TextQuoteSelector', exact },
    },
  }));
  return JSON.stringify({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items });
}
