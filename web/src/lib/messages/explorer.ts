/** The texts of `$lib/explorer`, in both languages. */
const vi = {
  title: 'Tra cứu số liệu',
};

const en: typeof vi = {
  title: 'Figures',
};

export const explorer = { vi, en };
