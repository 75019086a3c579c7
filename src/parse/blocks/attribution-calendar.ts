/** The words of dates in one language, lower case, without the full stop of an abbreviation. */
interface Calendar {
  language: string;
  months: string;
  days: string;
  /** Small words inside a date: `10 de julio a las 16:32`. Empty where there are none. */
  links: string;
}

/**
 * Months and weekdays as mailers print them, long and short, in the cases that dates use. Only whole words count, and a month only beside
 * a number: `Jan Example` is a name.
 */
const CALENDARS: readonly Calendar[] = [
  {
    language: 'English',
    months:
      'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
    days: 'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun',
    links: 'at the of on',
  },
  {
    language: 'German',
    months:
      'januar jänner februar feber märz april mai juni juli august september oktober november dezember jän mär mrz okt dez',
    days: 'montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so',
    links: 'um den der',
  },
  {
    language: 'Dutch',
    months: 'januari februari maart april mei juni juli augustus september oktober november december mrt okt',
    days: 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo',
    links: 'om',
  },
  {
    language: 'French',
    months:
      'janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr fév avr juil déc',
    days: 'lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim',
    links: 'à a',
  },
  {
    language: 'Spanish',
    months:
      'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic',
    days: 'lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom',
    links: 'de del a la las los',
  },
  {
    language: 'Portuguese',
    months:
      'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro fev abr mai ago set out dez',
    days: 'segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo seg ter qua qui sex sáb dom',
    links: 'de às à as a feira s',
  },
  {
    language: 'Italian',
    months:
      'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen mag giu lug ago set ott dic',
    days: 'lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dom',
    links: 'alle ore ora',
  },
  {
    language: 'Catalan',
    months:
      'gener febrer març abril maig juny juliol agost setembre octubre novembre desembre gen febr abr jul ag set oct nov des',
    days: 'dilluns dimarts dimecres dijous divendres dissabte diumenge dl dt dc dj dv ds dg',
    links: 'de d a les',
  },
  {
    language: 'Romanian',
    months:
      'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie ian iun iul noi',
    days: 'luni marți marţi miercuri joi vineri sâmbătă duminică lun mar mie joi vin sâm dum',
    links: 'la ora',
  },
  {
    language: 'Danish and Norwegian',
    months:
      'januar februar marts mars april maj mai juni juli august september oktober november december desember okt des',
    days: 'mandag tirsdag onsdag torsdag fredag lørdag søndag man tir tirs ons tor tors fre lør søn',
    links: 'kl den på d',
  },
  {
    language: 'Swedish',
    months: 'januari februari mars april maj juni juli augusti september oktober november december okt',
    days: 'måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tor tors fre lör sön',
    links: 'kl klockan den',
  },
  {
    language: 'Finnish',
    months:
      'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta tammik helmik maalisk huhtik toukok kesäk heinäk elok syysk lokak marrask jouluk tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu',
    days: 'maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina ma ti ke to pe la su',
    links: 'klo kello',
  },
  {
    language: 'Estonian',
    months:
      'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember jaan veebr apr okt dets',
    days: 'esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev e t k n r l p',
    links: 'kell',
  },
  {
    language: 'Latvian and Lithuanian',
    months:
      'janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris janv febr jūn jūl sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio',
    days: 'pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena pirmd otrd trešd ceturtd piektd sestd svētd pr an tr kt pn št sk',
    links: 'plkst g d val m',
  },
  {
    language: 'Polish',
    months:
      'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia sty lut kwi maj cze lip sie wrz paź lis gru',
    days: 'poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw czw pt sob niedz nd',
    links: 'o godz r',
  },
  {
    language: 'Czech and Slovak',
    months:
      'ledna února března dubna května června července srpna září října listopadu prosince led úno bře dub kvě čvn čvc srp zář říj lis pro januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra máj jún júl',
    days: 'pondělí úterý středa čtvrtek pátek sobota neděle po út st čt pá so ne pondelok utorok streda štvrtok piatok nedeľa ut št pi',
    links: 'v ve o',
  },
  {
    language: 'Croatian, Serbian and Slovene',
    months:
      'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca sij velj ožu tra svi lip srp kol ruj lis stu pro januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra avg јануар фебруар март април мај јун јул август септембар октобар новембар децембар јан феб апр авг сеп окт нов дец',
    days: 'ponedjeljak utorak srijeda četvrtak petak subota nedjelja pon uto sri čet pet sub ned ponedeljek torek sreda četrtek sobota tor sre pet sob пон уто сре чет пет суб нед',
    links: 'u ob',
  },
  {
    language: 'Hungarian',
    months:
      'január február március április május június július augusztus szeptember október november december febr márc ápr máj jún júl szept',
    days: 'hétfő kedd szerda csütörtök péntek szombat vasárnap h k sze cs p szo v',
    links: '',
  },
  {
    language: 'Russian',
    months:
      'января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв февр фев мар апр июн июл авг сент сен окт нояб ноя дек',
    days: 'понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс',
    links: 'в г время',
  },
  {
    language: 'Ukrainian',
    months:
      'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня січ лют бер берез квіт трав черв лип серп вер верес жовт лист груд',
    days: 'понеділок вівторок середа четвер пʼятниця субота неділя пн вт ср чт пт сб нд',
    links: 'о р',
  },
  {
    language: 'Bulgarian',
    months:
      'януари февруари март април май юни юли август септември октомври ноември декември яну фев апр авг сеп окт ное дек',
    days: 'понеделник вторник сряда четвъртък петък събота неделя пн вт ср чт пт сб нд',
    links: 'в г ч',
  },
  {
    language: 'Greek',
    months:
      'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου ιαν φεβ μαρ απρ μαΐ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ',
    days: 'δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρί τετ πέμ παρ σάβ κυρ',
    links: 'στις ώρα',
  },
  {
    language: 'Turkish',
    months:
      'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık oca şub nis may haz tem ağu eyl eki kas ara',
    days: 'pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz',
    links: 'saat',
  },
  {
    language: 'Hebrew',
    months:
      'ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר ינו פבר בינו בפבר באוג בספט באוק בנוב בדצמ',
    days: "ראשון שני שלישי רביעי חמישי שישי שבת א' ב' ג' ד' ה' ו'",
    links: 'יום ב בשעה',
  },
  {
    language: 'Arabic and Persian',
    months:
      'يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر ژانویه فوریه آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر',
    days: 'الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه',
    links: 'في الساعة ساعت',
  },
  {
    language: 'Vietnamese',
    months: 'tháng thg',
    days: 'th cn',
    links: 'vào lúc ngày năm',
  },
  {
    language: 'Indonesian',
    months: 'januari februari maret april mei juni juli agustus september oktober november desember agu agt okt des',
    days: 'senin selasa rabu kamis jumat sabtu minggu sen sel rab kam jum sab min',
    links: 'pukul jam',
  },
  {
    language: 'Thai',
    months: 'ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค',
    days: 'จ อ พ พฤ ศ ส อา',
    links: 'เวลา',
  },
];

/** What stands behind a number and belongs to it: `10:00 Uhr`, `2024 г.`, `6 pm`. */
const UNITS = 'am pm a.m p.m uhr h hrs hod г г. р ч g r u น godz st nd rd th er º ª';

const ZONES =
  'utc gmt ut z est edt cst cdt mst mdt pst pdt cet cest eet eest wet west bst ist msk msd jst kst hkt sgt aest aedt acst awst nzst nzdt sast brt art hst akst akdt';

/** The half of the day, before or behind a time. `am` is not one: it opens dates in German. */
const HALVES = 'π.μ μ.μ ص م صباحا مساء sa ch öö ös';

/** What closes a date, and is no part of it. */
const CLOSING = 'tarihinde keltezéssel';

export type DateWord = 'month' | 'day' | 'link' | 'unit' | 'zone' | 'half' | 'closing';

/** What a word may be in a date; `mar` is a month and a day. */
export const DATE_WORDS: ReadonlyMap<string, ReadonlySet<DateWord>> = tableOf();

function tableOf(): Map<string, Set<DateWord>> {
  const table = new Map<string, Set<DateWord>>();
  const add = (words: string, kind: DateWord): void => {
    for (const word of words.split(' ')) {
      const known = table.get(word);
      if (known) known.add(kind);
      else if (word !== '') table.set(word, new Set([kind]));
    }
  };
  for (const { months, days, links } of CALENDARS) {
    add(months, 'month');
    add(days, 'day');
    add(links, 'link');
  }
  add(UNITS, 'unit');
  add(ZONES, 'zone');
  add(HALVES, 'half');
  add(CLOSING, 'closing');
  return table;
}
