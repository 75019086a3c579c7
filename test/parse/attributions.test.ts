import { describe, expect, it } from 'vitest';
import { type Attribution, textSource, walk } from '#mailast';
import { readChecked } from './invariants.ts';

function attributionsIn(body: string): Attribution[] {
  const { messages } = readChecked(textSource(`From: Ben Sample <ben@example.org>\nSubject: tea\n\n${body}`));
  const found: Attribution[] = [];
  for (const { tree } of messages) {
    walk(tree, (node) => {
      if (node.type === 'attribution') found.push(node);
      return undefined;
    });
  }
  return found;
}

/** `author | date` of each attribution; a dash stands for what is absent. */
function said(body: string): string[] {
  return attributionsIn(body).map(({ author, date }) => `${author ?? '-'} | ${date ?? '-'}`);
}

const ADA = 'Ada Example';
const MAIL = `${ADA} <ada@example.org>`;

/** What a mailer prints, and the date in it. All name the same author. */
const forms: [mailer: string, line: string, date: string][] = [
  ['mutt', `On Mon, Jul 03, 2023 at 10:00:00AM +0200, ${ADA} wrote:`, 'Mon, Jul 03, 2023 at 10:00:00AM +0200'],
  ['Thunderbird', `On 7/3/23 10:00, ${ADA} wrote:`, '7/3/23 10:00'],
  ['Evolution', `On Mon, 2023-07-03 at 10:00 +0200, ${ADA} wrote:`, 'Mon, 2023-07-03 at 10:00 +0200'],
  ['KMail', `On Monday, July 3, 2023 10:00:00 AM CEST ${ADA} wrote:`, 'Monday, July 3, 2023 10:00:00 AM CEST'],
  [
    'KMail with an offset',
    `On Monday, July 3, 2023 2:29:09 PM GMT+2 ${ADA} wrote:`,
    'Monday, July 3, 2023 2:29:09 PM GMT+2',
  ],
  ['Wanderlust', `At Mon, 3 Jul 2023 10:00:00 +0200, ${ADA} wrote:`, 'Mon, 3 Jul 2023 10:00:00 +0200'],
  ['Apple Mail', `On Jul 3, 2023, at 10:00 AM, ${MAIL} wrote:`, 'Jul 3, 2023, at 10:00 AM'],
  ['Zimbra', `----- On Jul 3, 2023, at 10:00 AM, ${ADA} ada@example.org wrote:`, 'Jul 3, 2023, at 10:00 AM'],
  ['Zoho', `---- On Mon, 03 Jul 2023 10:00:00 +0200 ${MAIL} wrote ----`, 'Mon, 03 Jul 2023 10:00:00 +0200'],
  ['webmail of mail.ru', `Monday, 3 July 2023, 10:00 AM +0300 from ${MAIL}:`, 'Monday, 3 July 2023, 10:00 AM +0300'],
  ['old Gmail', `2023-07-03 10:00 GMT+02:00 ${MAIL}:`, '2023-07-03 10:00 GMT+02:00'],
  ['a time first', `10:00 AM, July 3, 2023, "${ADA}" <ada@example.org>:`, '10:00 AM, July 3, 2023'],
  ['the verb before the date', `${ADA} wrote on 2023-07-03 10:00:`, '2023-07-03 10:00'],
  [
    'an address that was cut out',
    `On Mon, Jul 3, 2023 at 10:00 AM ${ADA} <ada@xxxxxxxxxxx> wrote:`,
    'Mon, Jul 3, 2023 at 10:00 AM',
  ],
  [
    'an address in an address',
    `On Jul 3, 2023, at 10:00, ${ADA} <ada@example.org<mailto:ada@example.org>> wrote:`,
    'Jul 3, 2023, at 10:00',
  ],
  ['HTML entities', `On Jul 3, 2023, ${ADA} &lt;ada@example.org&gt; wrote:`, 'Jul 3, 2023'],
  ['German', `Am 03.07.2023 um 10:00 schrieb ${ADA}:`, '03.07.2023 um 10:00'],
  ['German, Gmail', `Am Mo., 3. Juli 2023 um 10:00 Uhr schrieb ${MAIL}:`, 'Mo., 3. Juli 2023 um 10:00 Uhr'],
  ['German, KMail', `Am Montag, 3. Juli 2023, 10:00:00 CEST schrieb ${ADA}:`, 'Montag, 3. Juli 2023, 10:00:00 CEST'],
  ['German, name first', `${ADA} schrieb am 03.07.23 um 10:00:`, '03.07.23 um 10:00'],
  ['French', `Le 03/07/2023 à 10:00, ${ADA} a écrit :`, '03/07/2023 à 10:00'],
  ['French, Gmail', `Le lun. 3 juil. 2023 à 10:00, ${MAIL} a écrit :`, 'lun. 3 juil. 2023 à 10:00'],
  ['Spanish', `El lun, 3 jul 2023 a las 10:00, ${ADA} (<ada@example.org>) escribió:`, 'lun, 3 jul 2023 a las 10:00'],
  [
    'Spanish, a month that is a weekday',
    `El mar, 4 mar 2024 a las 10:00, ${MAIL} escribió:`,
    'mar, 4 mar 2024 a las 10:00',
  ],
  ['Portuguese', `Em seg., 3 de jul. de 2023 às 10:00, ${MAIL} escreveu:`, 'seg., 3 de jul. de 2023 às 10:00'],
  ['Portuguese, date last', `${MAIL} escreveu (segunda, 3/07/2023 à(s) 10:00):`, 'segunda, 3/07/2023 à(s) 10:00'],
  ['Italian', `Il giorno lun 3 lug 2023 alle ore 10:00 ${MAIL} ha scritto:`, 'lun 3 lug 2023 alle ore 10:00'],
  ['Catalan', `Missatge de ${MAIL} del dia dl., 3 de jul. 2023 a les 10:00:`, 'dl., 3 de jul. 2023 a les 10:00'],
  ['Romanian', `Pe lun., 3 iul. 2023 la 10:00, ${MAIL} a scris:`, 'lun., 3 iul. 2023 la 10:00'],
  ['Dutch', `Op ma 3 jul 2023 om 10:00 schreef ${MAIL}:`, 'ma 3 jul 2023 om 10:00'],
  ['Dutch, Apple Mail', `Op 3 jul. 2023, om 10:00 heeft ${MAIL} het volgende geschreven:`, '3 jul. 2023, om 10:00'],
  ['Danish', `Den man. 3. jul. 2023 kl. 10.00 skrev ${MAIL}:`, 'man. 3. jul. 2023 kl. 10.00'],
  ['Norwegian', `man. 3. juli 2023 kl. 10:00 skrev ${MAIL}:`, 'man. 3. juli 2023 kl. 10:00'],
  ['Swedish', `Den mån 3 juli 2023 kl 10:00 skrev ${MAIL}:`, 'mån 3 juli 2023 kl 10:00'],
  ['Finnish', `ma 3. heinäk. 2023 klo 10.00 ${ADA} (ada@example.org) kirjoitti:`, 'ma 3. heinäk. 2023 klo 10.00'],
  ['Polish', `pon., 3 lip 2023 o 10:00 ${MAIL} napisał(a):`, 'pon., 3 lip 2023 o 10:00'],
  ['Polish, Thunderbird', `W dniu 3.07.2023 o 10:00, ${ADA} pisze:`, '3.07.2023 o 10:00'],
  ['Czech', `po 3. 7. 2023 v 10:00 odesílatel ${MAIL} napsal:`, 'po 3. 7. 2023 v 10:00'],
  ['Czech, Thunderbird', `Dne 03. 07. 23 v 10:00 ${ADA} napsal(a):`, '03. 07. 23 v 10:00'],
  ['Slovak', `po 3. 7. 2023 o 10:00 ${MAIL} napísal(a):`, 'po 3. 7. 2023 o 10:00'],
  ['Slovene', `V pon., 3. jul. 2023 ob 10:00 je oseba ${MAIL} napisala:`, 'pon., 3. jul. 2023 ob 10:00'],
  ['Croatian', `pon, 3. srp 2023. u 10:00 ${MAIL} napisao je:`, 'pon, 3. srp 2023. u 10:00'],
  ['Hungarian', `2023.07.03. 10:00 keltezéssel, ${ADA} írta:`, '2023.07.03. 10:00'],
  ['Hungarian, Gmail', `${MAIL} ezt írta (időpont: 2023. júl. 3., H, 10:00):`, '2023. júl. 3., H, 10:00'],
  ['Russian', `03.07.2023 10:00, ${ADA} пишет:`, '03.07.2023 10:00'],
  ['Russian, Gmail', `пн, 3 июл. 2023 г. в 10:00, ${MAIL}:`, 'пн, 3 июл. 2023 г. в 10:00'],
  [
    'Russian, an address for a name',
    `03.07.2023 10:00 пользователь "${ADA}" <ada@example.org> написал:`,
    '03.07.2023 10:00',
  ],
  ['Ukrainian', `пн, 3 лип. 2023 р. о 10:00 ${MAIL} пише:`, 'пн, 3 лип. 2023 р. о 10:00'],
  ['Bulgarian', `На пн, 3.07.2023 г. в 10:00 ${MAIL} написа:`, 'пн, 3.07.2023 г. в 10:00'],
  ['Greek', `Στις Δευ 3 Ιουλ 2023 στις 10:00 π.μ., ο χρήστης ${MAIL} έγραψε:`, 'Δευ 3 Ιουλ 2023 στις 10:00 π.μ'],
  ['Turkish', `${MAIL}, 3 Tem 2023 Pzt, 10:00 tarihinde şunu yazdı:`, '3 Tem 2023 Pzt, 10:00'],
  [
    'Hebrew',
    `\u202bבתאריך יום ב׳, 3 ביולי 2023 ב-10:00 מאת \u202a${ADA}\u202c\u200f <\u202aada@example.org\u202c\u200f>:\u202c`,
    'ב׳, 3 ביולי 2023 ב-10:00',
  ],
  [
    'Arabic',
    `في الاثنين، 3 يوليو 2023 في 10:00 ص تمت كتابة ما يلي بواسطة ${MAIL}:`,
    'الاثنين، 3 يوليو 2023 في 10:00 ص',
  ],
  ['Vietnamese', `Vào 10:00 3 tháng 7, 2023, ${MAIL} đã viết:`, '10:00 3 tháng 7, 2023'],
  ['Indonesian', `Pada tanggal Sen, 3 Jul 2023 pukul 10.00 ${MAIL} menulis:`, 'Sen, 3 Jul 2023 pukul 10.00'],
  ['Thai', `ในวันที่ จ. 3 ก.ค. 2023 เวลา 10:00 ${MAIL} เขียนว่า:`, 'จ. 3 ก.ค. 2023 เวลา 10:00'],
  ['Japanese', `2023年7月3日(月) 10:00 ${MAIL}:`, '2023年7月3日(月) 10:00'],
  ['Japanese, Apple Mail', `2023/07/03 10:00、${MAIL}のメール:`, '2023/07/03 10:00'],
  ['Korean', `2023년 7월 3일 (월) 오전 10:00, ${MAIL}님이 작성:`, '2023년 7월 3일 (월) 오전 10:00'],
  ['Chinese, Gmail', `${MAIL} 于2023年7月3日周一 10:00写道：`, '2023年7月3日周一 10:00'],
  ['Chinese, Thunderbird', `在 2023/7/3 10:00, ${ADA} 写道:`, '2023/7/3 10:00'],
  ['Chinese, traditional', `${MAIL} 於 2023年7月3日 週一 上午10:00寫道：`, '2023年7月3日 週一 上午10:00'],
];

describe('an attribution of', () => {
  it.each(forms)('%s names author and date, with the quote or without', (_, line, date) => {
    expect(said(`${line}\n> text\n`)).toEqual([`${ADA} | ${date}`]);
    expect(said(`Thanks.\n\n${line}\n\nThe text was trimmed away.\n`)).toEqual([`${ADA} | ${date}`]);
  });

  it.each(forms)('%s is read when it is wrapped at any space', (_, line, date) => {
    const spaces = [...line.matchAll(/ /g)]
      .map(({ index }) => index)
      .filter((at) => at > 8 && !(line.startsWith(ADA) && at > 30));
    for (const at of spaces.slice(-12)) {
      const wrapped = `${line.slice(0, at)}\n${line.slice(at + 1)}`;
      expect([wrapped, ...said(`${wrapped}\n> text\n`)]).toEqual([wrapped, `${ADA} | ${date}`]);
    }
  });

  it.each(forms)('%s is read in a quote of any depth', (_, line, date) => {
    expect(said(`> > ${line}\n> > > text\n`)).toEqual([`${ADA} | ${date}`]);
  });
});

describe('what only a quote below makes an attribution', () => {
  it.each([
    [`${ADA} wrote:`, `${ADA} | -`],
    [`${ADA} wrote...`, `${ADA} | -`],
    [`As ${ADA} said:`, `${ADA} | -`],
    ['ada wrote:', 'ada | -'],
    [`On Monday ${ADA} wrote:`, `${ADA} | Monday`],
    ['On Tue, Jan Example wrote:', 'Jan Example | Tue'],
    [`${ADA} wrote in\n <20230703100000.1@example.org>:`, `${ADA} | -`],
    [`In article <1@example.org>, ${ADA} writes:`, `${ADA} | -`],
    [`${MAIL}:`, `${ADA} | -`],
    [`2023/7/3 ${MAIL}`, `${ADA} | 2023/7/3`],
  ])('%s', (line, wanted) => {
    expect(said(`${line}\n> text\n`)).toEqual([wanted]);
    expect(said(`${line}\n\ntext\n`)).toEqual([]);
  });
});

describe('prose is no attribution, also before a quote', () => {
  it.each([
    'On the other hand, this is what the author of the datasheet wrote:',
    'I looked on 3 July 2023 at what Ada wrote:',
    'On 7/3/2023 10:00 I looked at what you wrote:',
    'The kernel log says:',
    'The following was reported on 2023-07-03:',
    'After this change it writes:',
    'Fixed in 5.10 by Ada:',
    'Problem:',
    '2023-07-03 10:00:',
    'On x86, the following happens:',
    'wrote:',
    '  fprintf(log, "On 3 Jul 2023 Ada wrote:");',
  ])('%s', (line) => {
    expect(said(`${line}\n> text\n`)).toEqual([]);
  });
});

describe('header lines above a message', () => {
  it.each([
    ['English', 'From: ', 'Sent: ', 'To: ', 'Subject: '],
    ['bold marks', '*From:* ', '*Sent:* ', '*To:* ', '*Subject:* '],
    ['German', 'Von: ', 'Gesendet: ', 'An: ', 'Betreff: '],
    ['French', 'De : ', 'Envoyé : ', 'À : ', 'Objet : '],
    ['Italian', 'Da: ', 'Inviato: ', 'A: ', 'Oggetto: '],
    ['Swedish', 'Från: ', 'Skickat: ', 'Till: ', 'Ämne: '],
    ['Russian', 'От: ', 'Отправлено: ', 'Кому: ', 'Тема: '],
    ['Chinese', '发件人：', '发送时间：', '收件人：', '主题：'],
    ['Korean', '보낸 사람: ', '보낸 날짜: ', '받는 사람: ', '제목: '],
  ])('in %s name who wrote what stands below', (_, from, sent, to, subject) => {
    const block = [`${from}${MAIL}`, `${sent}3 July 2023 10:00`, `${to}ben@example.org`, `${subject}tea`];
    expect(said(`Yes.\n\n${block.join('\n')}\n\nIs it warm?\n`)).toEqual([`${ADA} | 3 July 2023 10:00`]);
    const quoted = block.map((line) => `> > ${line}`).join('\n');
    expect(said(`${quoted}\n> >\n> > Is it warm?\n`)).toEqual([`${ADA} | 3 July 2023 10:00`]);
  });

  it('may stand under a line that says so, and hold long lists of readers', () => {
    const readers = Array.from({ length: 20 }, (_, at) => ` reader${at}@example.org;`).join('\n');
    const block = `-----Original Message-----\nFrom: ${ADA} [mailto:ada@example.org]\nSent: July 3, 2023\nTo: ben@example.org;\n${readers}\nSubject: RE: tea`;
    expect(said(`Yes.\n\n${block}\n\nIs it warm?\n`)).toEqual([`${ADA} | July 3, 2023`]);
  });

  it('may stand on one line', () => {
    expect(said(`From: ${MAIL} Sent: Monday, July 3, 2023 10:00 AM\n> Is it warm?\n`)).toEqual([
      `${ADA} | Monday, July 3, 2023 10:00 AM`,
    ]);
  });

  it('that git writes above a commit message are none', () => {
    expect(
      said(`From: ${MAIL}\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nSubject: [PATCH] tea: warm it\n\nWarm it.\n`),
    ).toEqual([]);
  });

  it.each(['-----Original Message-----', '----- Original Message -----', '-------- Ursprüngliche Nachricht --------'])(
    '%s alone names nobody',
    (line) => expect(said(`Yes.\n\n${line}\n\nIs it warm?\n`)).toEqual(['- | -']),
  );

  it('of a forwarded message may be one line with a name', () => {
    expect(said(`----- Forwarded message from ${MAIL} -----\n\nIs it warm?\n`)).toEqual([`${ADA} | -`]);
  });
});

it.each([
  'Visit us now\n>>> >>>  http://www.example.org <<<\nand drink tea',
  'On 3 July we meet.\n\nOn 4 July too.',
  'Dates are in my text:\n\n2023-01-15 14:30:25\nJan 15, 2023 at 14:30\n',
  'It comes From: our own, not From: elsewhere.',
  'Sent from my teapot',
])('%j holds no attribution', (body) => {
  expect(said(body)).toEqual([]);
});
