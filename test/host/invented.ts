/** A small thread by invented people, for checks that need some mail and no particular one. */
export const invented: Readonly<Record<string, string>> = {
  'thread.mbox': `From ada@example.org Mon Jan  8 10:00:00 2024
From: Ada Ament <ada@example.org>
To: linux-kernel@example.org
Subject: [PATCH 1/2] x86/virt/tdx: Allocate PAMTs
Message-ID: <1@example.org>
Date: Mon, 8 Jan 2024 10:00:00 +0000

The TDX module needs PAMT for every TDMR before it can run a guest.

Signed-off-by: Ada Ament <ada@example.org>

From bo@example.org Mon Jan  8 11:00:00 2024
From: Bo Birk <bo@example.org>
To: Ada Ament <ada@example.org>
Subject: Re: [PATCH 1/2] x86/virt/tdx: Allocate PAMTs
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>
Date: Mon, 8 Jan 2024 11:00:00 +0000

On Mon, 8 Jan 2024, Ada Ament wrote:
> The TDX module needs PAMT for every TDMR before it can run a guest.

How large is the PAMT?
`,
  'notes.txt': 'A shopping list: PAMT, milk, bread.\n',
};
