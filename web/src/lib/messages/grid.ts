/** The texts of `$lib/grid`, in both languages. */
const vi = {
  title: 'Biểu nhập số liệu',
};

const en: typeof vi = {
  title: 'Data entry form',
};

export const grid = { vi, en };
