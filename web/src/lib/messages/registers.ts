/** The texts of `$lib/registers`, in both languages. */
const vi = {
  title: 'Sổ theo dõi',
};

const en: typeof vi = {
  title: 'Registers',
};

export const registers = { vi, en };
