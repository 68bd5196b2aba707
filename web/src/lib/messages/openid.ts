/** The texts of signing in with a provider of identities, in both languages. */
const vi = {
  use: (name: string) => `Đăng nhập bằng ${name}`,
  leaves: 'Đăng nhập cách này thì trang mở lại từ đầu: chỉ những gì đã lưu mới còn.',
  backTitle: 'Đang đăng nhập',
  checking: 'Đang kiểm tra…',
  refusedTitle: 'Chưa đăng nhập được',
  factorTitle: 'Xác nhận bước hai',
  factorText: (name: string) => `${name} đã xác nhận bạn là ai. Tài khoản này còn cần bước xác nhận thứ hai của Dondoc.`,
  toSignIn: 'Về trang đăng nhập',
  toAccount: 'Về mục Tài khoản',
  title: (name: string) => `Đăng nhập bằng ${name}`,
  text: (name: string) =>
    `Liên kết một lần thì sau này đăng nhập bằng tài khoản ${name} của bạn, không cần mật khẩu của Dondoc. Chỉ liên kết với tài khoản của chính bạn.`,
  link: 'Liên kết',
  linked: (label: string) => `Đã liên kết với ${label}`,
  since: 'Liên kết lúc',
  used: 'Đăng nhập cách này gần nhất',
  never: 'chưa lần nào',
  unlink: 'Gỡ liên kết',
  unlinked: 'Đã gỡ liên kết.',
  unlinkText: 'Sau khi gỡ, đăng nhập bằng tên và mật khẩu của Dondoc.',
  isLinked: 'Người này đăng nhập được qua hệ thống định danh của cơ quan.',
  unlinkOf: 'Gỡ liên kết với hệ thống định danh',
};

const en: typeof vi = {
  use: (name: string) => `Sign in with ${name}`,
  leaves: 'Signing in that way opens the page anew: only what was saved is still there.',
  backTitle: 'Signing in',
  checking: 'Checking…',
  refusedTitle: 'Not signed in',
  factorTitle: 'Second factor',
  factorText: (name: string) => `${name} has said who you are. This account takes the second factor of Dondoc as well.`,
  toSignIn: 'Back to signing in',
  toAccount: 'Back to the account',
  title: (name: string) => `Signing in with ${name}`,
  text: (name: string) =>
    `Link it once, and from then on sign in with your account of ${name}, without a password of Dondoc. Link your own account only.`,
  link: 'Link',
  linked: (label: string) => `Linked with ${label}`,
  since: 'Linked on',
  used: 'Last signed in that way',
  never: 'never',
  unlink: 'Remove the link',
  unlinked: 'The link was removed.',
  unlinkText: 'Afterwards sign in with name and password of Dondoc.',
  isLinked: 'This person can sign in with the provider of identities.',
  unlinkOf: 'Remove the link with the provider of identities',
};

export const openid = { vi, en };
