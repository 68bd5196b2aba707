/** The texts of `$lib/account`, in both languages. */
const vi = {
  title: 'Tài khoản',
};

const en: typeof vi = {
  title: 'Account',
};

export const account = { vi, en };
