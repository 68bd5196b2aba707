/** The texts of `$lib/overview`, in both languages. */
const vi = {
  title: 'Tổng quan',
};

const en: typeof vi = {
  title: 'Overview',
};

export const overview = { vi, en };
