/** The texts of `$lib/units`, in both languages. */
const vi = {
  title: 'Đơn vị',
};

const en: typeof vi = {
  title: 'Units',
};

export const units = { vi, en };
