/** A program that adds notes to an annotation file one by one and says the id of each that is in it. `writer FILE NAME COUNT` */
import { newAnnotation } from '#annotations';
import { changeStoreFile } from '#annotations/node';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
async function writeAll(): Promise<void> {
  for (let number = 0; number < Number(count); number++) {
    const id = `urn:example:${name}-${number}`;
    const note = newAnnotation({
      ...{ id, textId: `${id}-text`, now: '2024-03-06T09:00:00Z', kind: 'remark', text: `Note ${number} of ${name}.` },
      target: { source: 'mid:a1@example.org' },
    });
    await changeStoreFile(path, 'A thread', (store) => ({ ...store, annotations: [...store.annotations, note] }));
    process.stdout.write(`${id}\n`);
  }
}

void writeAll();
