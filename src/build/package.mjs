// @ts-check
/** Packs patchgloss-VERSION.vsix, offline, and refuses one that has grown beyond what a reader should have to load. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { bundleAll } from './bundle.mjs';
import { root } from './setup.mjs';

/** How many chunks there are is the bundler's affair; a folder let in by mistake brings hundreds of files. */
const most = { bytes: 1.5 * 1024 * 1024, files: 50 };

/** Where the package of this version is put. */
export function packagePath() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, `${name}-${version}.vsix`);
}

async function pack() {
  await bundleAll();
  const path = packagePath();
  // Everything that runs is in the bundles.
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const { size } = statSync(path);
  console.log(`${path}: ${files.length} files, ${Math.round(size / 1024)} KB`);
  if (size > most.bytes) throw new Error(`The package has more than ${most.bytes / 1024} KB.`);
  if (files.length > most.files) throw new Error(`The package has more than ${most.files} files:\n${files.join('\n')}`);
}

if (process.argv[1] === join(root, 'src/build/package.mjs')) {
  await pack().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
