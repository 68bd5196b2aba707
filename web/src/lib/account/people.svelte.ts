/** The names of people for the whole page, each asked for once. */
import { SvelteMap } from 'svelte/reactivity';

import { namesApi } from '$lib/api/accounts';
import { Names, type Named } from './names';

export const people = new Names(async (of) => (await namesApi.named(of)).items, new SvelteMap<string, Named>());
