/** What two people must want: what waits, and what the second one says. */
import { post, request } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Countersign = Schemas['CountersignView'];
export type CountersignList = Schemas['CountersignList'];

/** Whether an answer says that a second person has to confirm first. */
export function waits(answer: unknown): answer is Countersign {
  return typeof answer === 'object' && answer !== null && 'may_decide' in answer;
}

export const countersignsApi = {
  list: () => request<CountersignList>('/api/countersigns'),
  confirm: (it: Countersign) => post<Countersign>(`/api/countersigns/${it.id}/confirm`, { digest: it.digest }),
  refuse: (it: Countersign, reason: string) => post<Countersign>(`/api/countersigns/${it.id}/refuse`, { reason }),
  withdraw: (it: Countersign) => post<Countersign>(`/api/countersigns/${it.id}/withdraw`, {}),
};
