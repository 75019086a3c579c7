// @ts-check
/** What a VS Code under test needs: the bundles, and the editor itself. */
import { setUpBundles, setUpVscode } from '../../src/build/setup.mjs';

export default async function setUp() {
  await setUpBundles();
  await setUpVscode();
}
