/** The texts of `$lib/home`, in both languages. */
const vi = {
  title: 'Việc của tôi',
};

const en: typeof vi = {
  title: 'My work',
};

export const home = { vi, en };
