/** The texts of `$lib/tasks`, in both languages. */
const vi = {
  title: 'Nhiệm vụ',
};

const en: typeof vi = {
  title: 'Tasks',
};

export const tasks = { vi, en };
