/** The texts of `$lib/reports`, in both languages. */
const vi = {
  title: 'Báo cáo',
};

const en: typeof vi = {
  title: 'Reports',
};

export const reports = { vi, en };
