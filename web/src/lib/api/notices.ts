/** Notices to the account, and the digest of the day. */
import { post, request } from './client';
import type { components } from './schema';
import type { Whole } from './whole';

export type Notice = Whole<components['schemas']['NoticeView']>;
export type NoticeList = Whole<components['schemas']['NoticeList']>;
export type Digest = Whole<components['schemas']['DigestView']>;

export const noticesApi = {
  list: () => request<NoticeList>('/api/notices'),
  /** `what` as the list names them. */
  read: (what: readonly string[]) => post<NoticeList>('/api/notices/read', { what }),
};
