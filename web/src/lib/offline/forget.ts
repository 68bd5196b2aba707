/** Signing out leaves nothing on this machine, unless something was typed that the server does not have yet: that is never lost. */

import { closed } from './kept';
import { post } from './post.svelte';
import { wipe } from './vault';

/** Removes what is kept here, with its key; `false` if something still waits to be sent, which stays, encrypted. */
export async function forget(): Promise<boolean> {
  await post.count();
  if (post.waiting.length > 0) return false;
  closed();
  await wipe();
  return true;
}
