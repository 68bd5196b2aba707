/** What each step with a task asks for; which steps there are, and who may take them, the server says. */

export type StepField = 'words' | 'reason' | 'percent' | 'reply' | 'until' | 'lead';

/** In this order the steps are offered; the first one that may be taken stands out. */
export const STEPS = [
  'confirm',
  'grant_extension',
  'refuse_extension',
  'return',
  'report',
  'progress',
  'ask_extension',
  'assign',
  'cancel',
] as const;

export type Step = (typeof STEPS)[number];

/** What is asked for with the step; a step that asks for nothing is taken with one press. */
export const FIELDS: Record<Step, readonly StepField[]> = {
  confirm: [],
  grant_extension: ['until'],
  refuse_extension: ['reason'],
  return: ['reason'],
  report: ['words', 'reply'],
  progress: ['words', 'percent'],
  ask_extension: ['until', 'reason'],
  assign: ['lead', 'reason'],
  cancel: ['reason'],
};

/** The steps to offer, of those that the server allows. */
export function offered(allowed: readonly string[]): Step[] {
  return STEPS.filter((it) => allowed.includes(it));
}
