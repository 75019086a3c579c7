/** A mail of our own words, as each archive shows it: what a browser saves of such a page as text, and the pages themselves. */
export interface Mail {
  subject: string;
  name: string;
  address: string;
  /** As the header has it. */
  date: string;
  id: string;
  answers: string;
  body: readonly string[];
}

export const mail: Mail = {
  subject: 'Re: [PATCH v2 1/3] tea: warm the pot',
  name: 'Ada Example',
  address: 'ada@example.org',
  date: 'Mon, 3 Jul 2023 10:00:00 +0200',
  id: '20230703.2-ada@example.org',
  answers: '20230702.1-ben@example.org',
  body: [
    'On Sun, Jul 02, 2023, Ben Sample wrote:',
    '> A cold pot takes the heat',
    '> out of the first cup.',
    '>',
    '> Signed-off-by: Ben Sample <ben@example.org>',
    '',
    'Then warm it:',
    '',
    '  1. boil water',
    '  2. rinse the pot',
    '',
    'Ada',
  ],
};

/** Text with white space lost: at the start of lines, in rows of it, and empty lines. */
export function withoutSpace(lines: readonly string[]): string[] {
  return lines.map((line) => line.trimStart().replace(/ {2,}/g, ' ')).filter((line) => line !== '');
}

function masked({ address }: Mail): string {
  return address.replace('@', ' at ');
}

export function hypermailText({ subject, name, body }: Mail): string[] {
  return [
    subject,
    '',
    `From: ${name}`,
    'Date: Mon Jul 03 2023 - 04:00:00 EST',
    '',
    '* Next message: Ben Sample: "Re: [PATCH v2 1/3] tea: warm the pot"',
    '* Previous message: Cleo Probe: "[PATCH] coffee: grind"',
    '* Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]',
    '',
    ...body.map((line) => line.trimStart()),
    '',
    '* Next message: Ben Sample: "Re: [PATCH v2 1/3] tea: warm the pot"',
    '* Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]',
  ];
}

const BAR = '[Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]';

export function mhonarcText({ subject, body }: Mail): string[] {
  return [
    subject,
    '',
    BAR,
    '',
    '',
    ...body,
    '',
    '',
    '[Index of Archives]     [Tea]     [Coffee]',
    '',
    '  Powered by Linux',
  ];
}

export function mhonarcListText({ subject, name, address, date, answers, body }: Mail): string[] {
  return [
    BAR,
    '',
    subject,
    '',
    `  * To: Ben Sample <ben@xxxxxxxxxxx>`,
    `  * Subject: ${subject}`,
    `  * From: ${name} <${address}>`,
    `  * Date: ${date}`,
    `  * In-reply-to: <${answers}>`,
    '',
    ...body,
    '',
    '  * Follow-Ups:',
    '      + Re: [PATCH v2 1/3] tea: warm the pot',
    '          o From: Ben Sample',
    '  * Prev by Date: [PATCH] coffee: grind',
    '  * Index(es):',
    '      + Date',
    '      + Thread',
  ];
}

export function loreTextLines({ subject, name, address, date, id, answers, body }: Mail): string[] {
  return [
    'linux-tea.example.org archive mirror',
    ' help / color / mirror / Atom feed',
    `From: ${name} <${address}>`,
    'To: Ben Sample <ben@example.org>,',
    '\tCleo Probe <cleo@example.org>',
    'Cc: linux-tea@example.org',
    `Subject: ${subject}`,
    `Date: ${date}\t[thread overview]`,
    `Message-ID: <${id}> (raw)`,
    `In-Reply-To: <${answers}>`,
    '',
    ...body,
    '',
    '  parent reply\tother threads:[~2023-07-03  8:00 UTC|newest]',
    '',
    'Thread overview: 2+ messages / expand[flat|nested]  mbox.gz  Atom feed  top',
    '2023-07-02  9:00 [PATCH v2 1/3] tea: warm the pot Ben Sample',
    '2023-07-03  8:00 ` Ada Example [this message]',
    '',
    'Reply instructions:',
  ];
}

export function loreStrippedLines(one: Mail): string[] {
  return withoutSpace(loreTextLines(one).slice(2)).map((line) => line.replaceAll('\t', ' '));
}

export function openwallText({ subject, name, address, date, body }: Mail): string[] {
  return [
    'lists.example.org   lists  /  announce  tea-users',
    '[<prev] [next>] [<thread-prev] [day] [month] [year] [list]',
    `Date:\t${date}`,
    `From:\t${name} <${address.replace(/@\w{3}/, '@...')}>`,
    'To:\tBen Sample <ben@...mple.org>',
    'Cc:\tCleo Probe <cleo@...mple.org>,',
    '\tlinux-tea@...mple.org',
    `Subject: ${subject.slice(0, 28)}`,
    subject.slice(28),
    '',
    ...body,
    '',
    'Download attachment "tea.patch" of type "text/x-patch" (120 bytes)',
    '',
    'Powered by blists - more mailing lists',
    'Confused about mailing lists and their use?',
  ];
}

export function pipermailText(one: Mail): string[] {
  return [
    one.subject.replace(/^Re: /, ''),
    '',
    `${one.name} ${masked(one)}`,
    'Mon Jul  3 10:00:00 CEST 2023',
    '',
    '  * Previous message: [PATCH] coffee: grind',
    '  * Messages sorted by: [ date ] [ thread ] [ subject ] [ author ]',
    '_________________________________________________',
    '',
    ...one.body,
    '_________________________________________________',
    '  * Previous message: [PATCH] coffee: grind',
    '',
    'More information about the linux-tea mailing list',
  ];
}

export function marcText({ subject, name, address, id, body }: Mail): string[] {
  const hidden = (text: string): string => text.replace('@', ' () ').replaceAll('.org', ' ! org');
  return [
    '[prev in list] [next in list] [prev in thread] [next in thread]',
    '',
    'List:       linux-tea',
    `Subject:    ${subject}`,
    `From:       ${name} <${hidden(address)}>`,
    'Date:       2023-07-03 8:00:00',
    `Message-ID: ${hidden(id)}`,
    '[Download RAW message or body]',
    '',
    ...body,
    '',
    '[prev in list] [next in list] [prev in thread] [next in thread]',
    'Configure | About | News | Add a list | Sponsored by Tea',
  ];
}

export function mailArchiveText({ subject, name, date, body }: Mail): string[] {
  return [
    subject,
    '',
    `${name} ${date}`,
    '',
    ...body,
    '',
    'Reply via email to',
    'Previous message',
    'View by thread',
    'View by date',
    'Next message',
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const HEAD = '<!DOCTYPE html>\n<html><head><title>Tea</title><style>pre { white-space: pre-wrap }</style></head>';

export function loreHtml(one: Mail): string {
  const lines = loreTextLines(one).map(escaped);
  const at = lines.indexOf('');
  return [
    `${HEAD}<body><form\naction="../"><pre><a\nhref="../"><b>${lines[0]}</b></a>`,
    ' <a\nhref="x">help</a> / <a\nhref="x">color</a> / <a\nhref="x">mirror</a> / <a\nhref="x">Atom feed</a></pre></form><pre\nid=b>',
  ]
    .join('\n')
    .concat(
      lines
        .slice(2, at)
        .join('\n')
        .replace(/Subject: (.*)/, 'Subject: <a\nhref="#r"\nid=t>$1</a>')
        .replace('[thread overview]', '<a\nhref="#r">[thread overview]</a>')
        .replace('(raw)', '(<a\nhref="raw">raw</a>)'),
      '\n\n',
      lines.slice(at + 1, -7).join('\n'),
      '\n</pre><hr><pre>',
      lines.slice(-7).join('\n'),
      '</pre></body></html>\n',
    );
}

export function pipermailHtml(one: Mail): string {
  return [
    `${HEAD}<LINK REL="made" HREF="mailto:tea%40lists.example.org?Subject=Re%3A%20tea&In-Reply-To=%3C${encodeURIComponent(one.id)}%3E">`,
    `<BODY><H1>${escaped(one.subject.replace(/^Re: /, ''))}</H1>`,
    `<B>${one.name}</B>\n <A HREF="mailto:tea%40lists.example.org" TITLE="x">${masked(one)}\n </A><BR>`,
    '<I>Mon Jul  3 10:00:00 CEST 2023</I><P><UL><LI>Previous message: <A HREF="1.html">x</A></UL><HR>',
    `<!--beginarticle-->\n<PRE>${one.body.map(escaped).join('\n')}\n</PRE>\n\n<!--endarticle-->`,
    '<HR><UL><LI>Previous message: <A HREF="1.html">x</A></UL></body></html>\n',
  ].join('\n');
}

export function hypermailHtml({ subject, name, address, date, id, answers, body }: Mail): string {
  return [
    `${HEAD}<body><!-- received="x" -->`,
    `<!-- sent="${date}" -->\n<!-- name="${name}" -->\n<!-- email="${address}" -->`,
    `<!-- subject="${escaped(subject)}" -->\n<!-- id="${id}" -->\n<!-- inreplyto="${answers}" -->`,
    `<h1>${escaped(subject)}</h1>\n<strong>From:</strong> ${name} (<a href="mailto:${address}"><em>${address}</em></a>)<br>`,
    '<!-- next="start" -->\n<ul><li><strong>Next message:</strong> <a href="1.html">x</a></ul><hr>\n<!-- body="start" -->',
    `<pre>\n${body.map(escaped).join('\n')}\n</pre>`,
    '<!-- body="end" -->\n<hr><ul><li><strong>Next message:</strong> <a href="1.html">x</a></ul></body></html>\n',
  ].join('\n');
}

/** Letters thirteen on, as MHonArc writes a sender into its source. */
function turned(text: string): string {
  const turn = (code: number): number => {
    if (code >= 64 && code <= 91) return 64 + ((code - 64 + 14) % 28);
    return code >= 97 && code <= 122 ? 97 + ((code - 97 + 13) % 26) : code;
  };
  return String.fromCharCode(...[...text].map((sign) => turn(sign.charCodeAt(0))));
}

export function mhonarcHtml({ subject, name, address, date, id, answers, body }: Mail): string {
  const comment = (text: string): string => escaped(text).replaceAll('-', '&#45;');
  return [
    `<!-- MHonArc v2.6.19 -->\n<!--X-Subject: ${comment(subject)} -->`,
    `<!--X-From-R13: ${comment(turned(`${name} <${address}>`))} -->\n<!--X-Date: ${comment(date)} -->`,
    `<!--X-Message-Id: ${comment(id)} -->\n<!--X-Content-Type: text/plain -->\n<!--X-Reference: ${comment(answers)} -->`,
    `<!--X-Head-End-->\n${HEAD}<body>[<a href="1.html">Date Prev</a>]<h1>${escaped(subject)}</h1>`,
    '<ul><li><em>To</em>: Ben Sample &lt;<a href="x">ben@xxxxxxxxxxx</a>&gt;</li></ul><hr>',
    `<!--X-Body-of-Message-->\n<pre>${body.map(escaped).join('\n')}\n</pre>\n<!--X-Body-of-Message-End-->`,
    '<!--X-MsgBody-End-->\n<ul><li>Prev by Date: <a href="1.html">x</a></li></ul></body></html>\n',
  ].join('\n');
}

export function patchworkHtml({ subject, name, address, date, id, answers, body }: Mail): string {
  return [
    `${HEAD}<body><nav>Patchwork</nav><h1>${escaped(subject)}</h1><table id="patch-meta" class="patch-meta">`,
    '<tr><th>Headers</th><td><div id="patch-headers" class="patch-headers" style="display:none;">',
    `<pre>From: ${name} &lt;${address}&gt;\nTo: tea@example.org\nSubject: ${escaped(subject)}\nDate: ${date}`,
    `Message-Id: &lt;${id}&gt;\nIn-Reply-To: &lt;${answers}&gt;\n</pre></div></td></tr></table>`,
    `<div class="submission-message"><div class="meta"><span>${name}</span>`,
    '<span class="message-date">July 3, 2023, 8 a.m. UTC</span></div>',
    `<pre class="content">\n${body.map(escaped).join('\n')}\n</pre></div></body></html>\n`,
  ].join('\n');
}

export function mailArchiveHtml({ subject, name, date, body }: Mail): string {
  return [
    `${HEAD}<body><h1><span class="subject"><a href="x" rel="nofollow"><span itemprop="name">${escaped(subject)}</span></a></span></h1>`,
    `<p><span class="sender pipe"><a href="x"><span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">${name}</span></span></a></span>`,
    `<span class="date"><a href="x">${date}</a></span></p>`,
    `<div class="msgBody"><!--X-Body-of-Message-->\n<pre>${body.map(escaped).join('\n')}\n</pre>\n<div class="msgButtons">`,
    '<a href="x">Previous message</a></div></div></body></html>\n',
  ].join('\n');
}

export function openwallHtml(one: Mail): string {
  const bar =
    '[&lt;prev] <a href="x">[next&gt;]</a> <a href="x">[day]</a> <a href="x">[month]</a> <a href="x">[year]</a> <a href="x">[list]</a>';
  const lines = openwallText(one).map(escaped);
  return `${HEAD}<body><a href="x">lists</a>\n${bar}\n<pre style="white-space: pre-wrap">\n${lines.slice(2, -2).join('\n')}\n</pre><p><a href="x">Powered by blists</a> - <a href="x">more mailing lists</a></body></html>\n`;
}
