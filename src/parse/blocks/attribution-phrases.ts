/** How mailers of one language say who wrote the quote below. All in lower case; apostrophes straight. */
export interface Phrases {
  language: string;
  /** What stands right before the date. */
  openings: readonly string[];
  /** What says that somebody wrote: behind the name, between date and name, or glued to a name in scripts without spaces. */
  verbs: readonly string[];
  /** What stands around the name or the date and is part of neither. */
  around?: readonly string[];
}

/**
 * What the mailers of the field print (Thunderbird, Gmail, Apple Mail, Outlook, mutt, KMail, Evolution, Horde and others). To add a language, add a
 * row here and one to the calendar.
 */
export const PHRASES: readonly Phrases[] = [
  {
    language: 'English',
    openings: ['on', 'at', 'in', 'dated'],
    verbs: ['wrote', 'writes', 'write', 'said', 'says', 'sent', 'typed', 'has written', 'has wrote'],
    around: ['from', 'by', 'as', 'and', 'in reply to', 'in', 'message', 'article'],
  },
  { language: 'German', openings: ['am', 'vom'], verbs: ['schrieb', 'schrieben', 'schreibt'], around: ['folgendes'] },
  {
    language: 'Dutch',
    openings: ['op'],
    verbs: ['schreef', 'het volgende geschreven', 'schrijft', 'geschreven'],
    around: ['heeft', 'het volgende'],
  },
  { language: 'French', openings: ['le'], verbs: ['a écrit', 'écrit', 'écrivait', 'écrivit', 'a ecrit'] },
  {
    language: 'Spanish',
    openings: ['el', 'el día', 'con fecha'],
    verbs: ['escribió', 'escribio', 'ha escrito', 'escribe'],
  },
  { language: 'Portuguese', openings: ['em', 'no dia', 'a'], verbs: ['escreveu', 'escreve'] },
  { language: 'Italian', openings: ['il', 'il giorno', 'in data', 'alle'], verbs: ['ha scritto', 'scrisse', 'scrive'] },
  {
    language: 'Catalan',
    openings: ['el', 'del dia', 'el dia'],
    verbs: ['va escriure', 'ha escrit', 'escrigué'],
    around: ['missatge de'],
  },
  { language: 'Romanian', openings: ['pe', 'în', 'în data de'], verbs: ['a scris', 'scria', 'a scris următoarele'] },
  { language: 'Danish', openings: ['den', 'd.'], verbs: ['skrev', 'skriver'] },
  { language: 'Norwegian', openings: ['på', 'den'], verbs: ['skrev', 'skreiv'] },
  { language: 'Swedish', openings: ['den', 'på'], verbs: ['skrev', 'skriver'], around: ['följande'] },
  { language: 'Finnish', openings: [], verbs: ['kirjoitti', 'kirjoittaa'] },
  { language: 'Estonian', openings: [], verbs: ['kirjutas', 'kirjutab'], around: ['kuupäeval', 'kasutaja'] },
  { language: 'Latvian', openings: [], verbs: ['rakstīja', 'raksta'], around: ['lietotājs'] },
  { language: 'Lithuanian', openings: [], verbs: ['rašė', 'parašė'] },
  {
    language: 'Polish',
    openings: ['w dniu', 'dnia', 'w'],
    verbs: ['napisał(a)', 'napisał', 'napisała', 'pisze', 'pisał'],
    around: ['użytkownik'],
  },
  {
    language: 'Czech',
    openings: ['dne', 'v'],
    verbs: ['napsal(a)', 'napsal', 'napsala', 'píše', 'napsal/a'],
    around: ['odesílatel', 'uživatel'],
  },
  {
    language: 'Slovak',
    openings: ['dňa'],
    verbs: ['napísal(a)', 'napísal', 'napísala', 'píše'],
    around: ['používateľ'],
  },
  {
    language: 'Slovene',
    openings: ['dne', 'v'],
    verbs: ['napisal', 'napisala', 'napisal/a', 'piše'],
    around: ['je oseba', 'oseba', 'je'],
  },
  {
    language: 'Croatian',
    openings: ['dana', 'u'],
    verbs: ['napisao je', 'napisala je', 'napisao', 'napisala', 'je napisao', 'je napisao/la'],
    around: ['korisnik'],
  },
  {
    language: 'Serbian',
    openings: ['дана', 'у'],
    verbs: ['написао је', 'написала је', 'је написао', 'је написао/ла', 'написао'],
    around: ['корисник'],
  },
  {
    language: 'Hungarian',
    openings: [],
    verbs: ['írta', 'ezt írta', 'a következőt írta'],
    around: ['keltezéssel', 'időpont', 'időpontban'],
  },
  {
    language: 'Russian',
    openings: ['в'],
    verbs: ['пишет', 'написал(а)', 'написал', 'написала', 'писал', 'писал(а)'],
    around: ['пользователь', 'от'],
  },
  {
    language: 'Ukrainian',
    openings: ['у', 'в'],
    verbs: ['пише', 'написав(-ла)', 'написав', 'написала', 'написав(ла)'],
    around: ['користувач'],
  },
  { language: 'Bulgarian', openings: ['на'], verbs: ['написа', 'пише'] },
  {
    language: 'Greek',
    openings: ['στις', 'στην'],
    verbs: ['έγραψε', 'γράφει'],
    around: ['ο χρήστης', 'ο/η χρήστης', 'η χρήστης', 'ο/η', 'ο', 'η'],
  },
  {
    language: 'Turkish',
    openings: [],
    verbs: ['yazdı', 'şunu yazdı', 'şunları yazdı', 'yazmış'],
    around: ['tarihinde', 'şunu', 'şunları', 'kullanıcısı'],
  },
  {
    language: 'Hebrew',
    openings: ['בתאריך יום', 'בתאריך', 'יום', 'ב-'],
    verbs: ['כתב', 'כתבה', 'כתב/ה'],
    around: ['מאת', 'בתאריך'],
  },
  {
    language: 'Arabic',
    openings: ['في', 'بتاريخ', 'يوم'],
    verbs: ['كتب', 'كتبت', 'تمت كتابة ما يلي بواسطة', 'كتب/ت'],
    around: ['بواسطة'],
  },
  { language: 'Persian', openings: ['در تاریخ', 'در'], verbs: ['نوشت', 'نوشته است'] },
  { language: 'Vietnamese', openings: ['vào', 'vào lúc', 'vào ngày', 'ngày'], verbs: ['đã viết', 'viết'] },
  { language: 'Indonesian', openings: ['pada', 'pada tanggal', 'pada tgl'], verbs: ['menulis', 'berkata'] },
  { language: 'Thai', openings: ['ในวันที่', 'เมื่อ', 'เมื่อวันที่'], verbs: ['เขียนว่า', 'เขียน'] },
  { language: 'Hindi', openings: [], verbs: ['ने लिखा'], around: ['को'] },
  {
    language: 'Japanese',
    openings: [],
    verbs: ['さんは書きました', 'は書きました', 'のメール', 'が書きました', 'さんが書きました', 'wrote'],
    around: ['さん', '様', '氏'],
  },
  {
    language: 'Korean',
    openings: [],
    verbs: ['님이 작성', '작성', '이(가) 쓴 글', '이/가 쓴 글', '쓴 글', '님이 쓴 글'],
    around: ['님', '님이', '에', '이', '가'],
  },
  {
    language: 'Chinese',
    openings: ['在', '于', '於'],
    verbs: ['写道', '寫道', '寫了', '写了', '提到', '说', '說', '的邮件'],
  },
];

/** Words alone before a name: `Quoting Ada Example:`. They take the place of a verb. */
export const QUOTING: readonly string[] = [
  'quoting',
  'zitat von',
  'zitiere',
  'citando a',
  'citando',
  'citation de',
  'selon',
  'citat',
  'citerar',
  'citazione',
  'cytowanie',
  'lainaus',
];
