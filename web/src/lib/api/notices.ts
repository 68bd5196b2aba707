/** Notices to the account, and the digest of the day. */
import { post, request } from './client';

export interface Digest { late: number[]; soon: number[]; returned: number[]; to_decide: number[]; to_escalate: number[] }
export interface Notice { what: string; kind: string; at: string; is_read: boolean; text: string | null; task: number | null; letter: number | null; unit: { id: number; name: string | null } | null; n_tasks: number; by: string; digest: Digest | null }
export interface NoticeList { items: Notice[]; n_unread: number }

export const noticesApi = {
  list: () => request<NoticeList>('/api/notices'),
  read: (what: readonly string[]) => post<NoticeList>('/api/notices/read', { what }),
};
