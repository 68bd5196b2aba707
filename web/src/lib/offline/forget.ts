/** Signing out leaves nothing on this machine, unless something was typed that the server does not have yet: that is never lost. */

import { closed, dropOwn } from './kept';
import { post } from './post.svelte';
import { wipe } from './vault';

/** Removes what is kept here of the one who signs out, and with the last of it the key; `false` if something still waits to be sent, which stays, encrypted. */
export async function forget(): Promise<boolean> {
  await post.count();
  if (post.waiting.length > 0) return false;
  // The key goes with the last; what another person typed on this machine is not ours to lose.
  if (!(await dropOwn())) return true;
  closed();
  await wipe();
  return true;
}
