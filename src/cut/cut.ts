import type { Complaint, Source } from '#mailast';
import { flattened } from './dialects/flattened.ts';
import { hypermail } from './dialects/hypermail.ts';
import { mbox } from './dialects/mbox.ts';
import { message } from './dialects/message.ts';
import { mhonarc } from './dialects/mhonarc.ts';
import { patch } from './dialects/patch.ts';
import { text } from './dialects/text.ts';
import type { Dialect, MailboxCut } from './message-cut.ts';

/** The first dialect that recognises the source cuts it. `text` takes everything. */
const DIALECTS: readonly Dialect[] = [mbox, flattened, hypermail, mhonarc, message, patch, text];

const HEAD = 8192;

/** Cuts a source into messages. Never fails: what cannot be mail is said in a complaint, and has no messages. */
export function cut(source: Source): MailboxCut {
  const refusal = refuse(source);
  if (refusal) return { dialect: 'none', messages: [], complaints: [refusal] };
  const dialect = dialectOf(source);
  const messages = dialect.cut(source);
  return { dialect: dialect.name, messages, complaints: [] };
}

function dialectOf(source: Source): Dialect {
  const head = source.text.slice(0, HEAD);
  return DIALECTS.find((dialect) => dialect.recognises(head, source)) ?? text;
}

/** Whether the first units of a text are mail: anything but plain text and a bare diff. At most 4096 units are looked at. */
export function isMail(head: string): boolean {
  const looked = head.slice(0, 4096);
  const dialect = dialectOf({ units: 'utf16', text: looked });
  if (dialect === patch) return /^(?:Signed-off-by|Subject|From): /m.test(looked);
  return dialect !== text && !isBinary(looked);
}

function refuse(source: Source): Complaint | undefined {
  const { text: units } = source;
  if (units.trim() === '') {
    return {
      ruleId: 'empty-source',
      reason: 'There is nothing to read here: the file is empty. Open an mbox, a mail or a patch.',
      severity: 'warning',
      start: 0,
      end: 0,
    };
  }
  if (!isBinary(units.slice(0, HEAD))) return undefined;
  return {
    ruleId: 'binary-source',
    reason: 'This is not mail text: the file holds binary data. Open an mbox, a mail, a patch or a saved archive page.',
    severity: 'error',
    start: 0,
    end: 0,
  };
}

/** More than one unit in twenty is a control character that text does not have. A few NULs in a mail are data. */
function isBinary(head: string): boolean {
  let controls = 0;
  for (let at = 0; at < head.length; at++) {
    const unit = head.charCodeAt(at);
    if (unit < 32 ? unit < 7 || (unit > 13 && unit !== 27) : unit === 127 || unit === 0xfffd) controls++;
  }
  return controls * 20 > head.length;
}
