import type { CancellationToken, DocumentLink } from 'vscode-languageserver/node';
import type { OpenMail } from './open-mail.ts';

/** Web addresses as they are, in ASCII; what stands in the same mail as a place of it. */
export async function documentLinks(mail: OpenMail, token: CancellationToken): Promise<DocumentLink[]> {
  return (await mail.links(token)).flatMap(({ place, target, tooltip }) => {
    const address = addressOf(mail, target);
    return address === undefined ? [] : [{ range: mail.rangeOf(place), target: address, tooltip }];
  });
}

function addressOf(mail: OpenMail, target: string): string | undefined {
  const inside = insideOf(target);
  if (inside === undefined) return /^https?:\/\//i.test(target) ? target : undefined;
  const { line, character } = mail.positionAt(inside);
  return `${mail.uri}#L${line + 1},${character + 1}`;
}

/** The offset of a target in the same source. */
function insideOf(target: string): number | undefined {
  const [, offset] = /^patchgloss:#?(\d{1,12})/.exec(target) ?? [];
  return offset === undefined ? undefined : Number(offset);
}
