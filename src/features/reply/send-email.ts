import { messageIdsOf } from '#reading';
import { draftIn } from './draft-mail.ts';
import { isAddress, isMessageId } from './names.ts';

/** The command that sends a draft, for the reader to run; or why there is none. */
export type SendCommand = { command: string } | { refused: string };

/**
 * `git send-email --in-reply-to=ID --to=ADDRESS --cc=ADDRESS FILE` for a draft that is kept in a file. Every argument is one word of a POSIX shell, whatever
 * stands in the mail.
 */
export function sendEmailCommand(text: string, file: string): SendCommand {
  const draft = draftIn(text);
  if (!draft) return { refused: 'This is no draft of a mail: it has no Subject and To, or it was sent already.' };
  const addresses = [...draft.to, ...draft.cc];
  const wrong = addresses.find(({ address }) => address === undefined || !isAddress(address));
  if (wrong) return { refused: `"${wrong.address ?? wrong.name ?? ''}" is no address. Mend it in To or Cc first.` };
  if (addresses.length === 0) return { refused: 'Nobody gets this mail: fill in To.' };
  if (/[\p{Cc}]/u.test(file))
    return { refused: 'The name of the file holds control characters. Save it under another one.' };
  const [answered] = (draft.page.fields.get('in-reply-to') ?? []).flatMap(messageIdsOf).filter(isMessageId);
  const words = [
    ...(answered === undefined ? [] : [`--in-reply-to=${answered}`]),
    ...draft.to.map(({ address }) => `--to=${address}`),
    ...draft.cc.map(({ address }) => `--cc=${address}`),
    file.startsWith('-') ? `./${file}` : file,
  ];
  return { command: ['git send-email', ...words.map(shellWord)].join(' ') };
}

/** A word that no shell reads anything into. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
