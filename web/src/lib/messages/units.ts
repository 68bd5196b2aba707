/** The texts of `$lib/units`, in both languages. */
const vi = {
  title: 'Đơn vị',
  label: 'Đơn vị',
  placeholder: 'Gõ tên, không cần dấu',
  nothing: 'Không thấy đơn vị nào tên như vậy. Thử gõ ít chữ hơn, hoặc tên cũ trước khi sắp xếp.',
  found: (n: number) => (n === 0 ? 'Không thấy đơn vị nào' : `${n} đơn vị, dùng phím mũi tên để chọn`),
  formerly: (name: string) => `${name} (cũ)`,
  until: (day: string) => `đến hết ${day}`,
  /** What a merged unit was made of. */
  before: (day: string, names: string) => `trước ${day}: ${names}`,
  part: (name: string) => `một phần ${name}`,
  clear: 'Xóa đơn vị đã chọn',
};

const en: typeof vi = {
  title: 'Units',
  label: 'Unit',
  placeholder: 'Type a name, no accents needed',
  nothing: 'No unit has a name like this. Try fewer letters, or a name from before the mergers.',
  found: (n: number) => (n === 0 ? 'No unit found' : `${n} units, choose with the arrow keys`),
  formerly: (name: string) => `${name} (former)`,
  until: (day: string) => `until ${day}`,
  before: (day: string, names: string) => `before ${day}: ${names}`,
  part: (name: string) => `part of ${name}`,
  clear: 'Clear the chosen unit',
};

export const units = { vi, en };
