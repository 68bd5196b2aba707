/** The texts of `$lib/admin`, in both languages. */
const vi = {
  title: 'Quản trị',
};

const en: typeof vi = {
  title: 'Administration',
};

export const admin = { vi, en };
