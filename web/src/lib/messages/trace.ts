/** The texts of `$lib/trace`, in both languages. */
const vi = {
  title: 'Số này từ đâu',
};

const en: typeof vi = {
  title: 'Where this figure comes from',
};

export const trace = { vi, en };
