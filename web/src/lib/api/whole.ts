/**
 * An answer with all that the description of the API calls optional: the server leaves nothing out, it sends `null` for
 * what is unknown, and the description has no word for that.
 */
export type Whole<T> = T extends readonly (infer E)[]
  ? Whole<E>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;
