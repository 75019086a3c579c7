import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A server that the suites in the host fetch from: threads by invented people, on this machine, open to pages too. */
export interface MailServer {
  /** `http://127.0.0.1:PORT/valves` */
  address: string;
  stop(): void;
}

const mail = (id: string, parent?: string) => `From mboxrd@z Thu Jan  1 00:00:00 1970
From: ${id} <${id}@example.org>
Subject: ${parent === undefined ? '' : 'Re: '}[PATCH] valve: close it
Message-ID: <${id}@example.org>
${parent === undefined ? '' : `In-Reply-To: <${parent}@example.org>\n`}Date: Mon, 8 Jan 2024 10:00:00 +0000

Said by ${id}.

`;

/** What a search finds: the thread, as a feed. */
const feed = (address: string) => `<?xml version="1.0" encoding="us-ascii"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>valve</title>
${['root', 'reply0'].map((id) => `<entry><author><name>${id}</name><email>${id}@example.org</email></author><title>${id === 'root' ? '' : 'Re: '}[PATCH] valve: close it</title><updated>2024-01-08T10:00:00Z</updated><link href="${address}/${id}@example.org/"/></entry>`).join('\n')}
</feed>`;

/** Each time that the thread is asked for it has one more reply. `hang@example.org` is never answered. */
export async function startMailServer(): Promise<MailServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.url?.includes('/hang@')) return;
    if (request.url?.startsWith('/valves/?q=valve&x=A')) {
      response.end(feed(`http://${request.headers.host}/valves`));
      return;
    }
    if (request.url !== '/valves/root@example.org/t.mbox.gz') {
      response.writeHead(404).end('Not here');
      return;
    }
    asked += 1;
    const replies = Array.from({ length: asked }, (_, at) => mail(`reply${at}`, 'root'));
    response.end(gzipSync([mail('root'), ...replies].join('')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/valves`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
