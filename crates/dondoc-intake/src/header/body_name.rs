//! Names of bodies as they are printed in the corner of a document.

/// How names of bodies begin, without accents.
const HEADS: &[&str] = &[
    "an ninh",
    "bao hiem",
    "ban",
    "benh vien",
    "bo",
    "cang vu",
    "chi cuc",
    "chi nhanh",
    "chinh phu",
    "chu tich",
    "co quan",
    "cong an",
    "cong doan",
    "cong ty",
    "cuc",
    "dai",
    "dai hoc",
    "dang bo",
    "dang doan",
    "dang uy",
    "doan",
    "doan dai bieu",
    "hat",
    "hdnd",
    "hoc vien",
    "hoi",
    "hoi dong",
    "hoi dong nhan dan",
    "huyen doan",
    "huyen uy",
    "kho bac",
    "kiem toan",
    "lien doan",
    "lien hiep",
    "lien minh",
    "mat tran",
    "ngan hang",
    "phong",
    "quan doan",
    "quan khu",
    "quan uy",
    "quan uy trung uong",
    "quoc hoi",
    "quan chung",
    "so",
    "tap doan",
    "thanh doan",
    "thanh tra",
    "thanh uy",
    "thi uy",
    "thu tuong",
    "thuong truc",
    "tieu ban",
    "tinh doan",
    "tinh uy",
    "toa an",
    "tong cong ty",
    "tong cuc",
    "tong lien doan",
    "trung tam",
    "trung uong doan",
    "truong",
    "ubnd",
    "uy ban",
    "van phong",
    "vien",
    "vien kiem sat",
    "vu",
];

/// Names that are not complete without the line below.
const OPEN_ENDS: &[&str] = &[
    "uy",
    "uy ban thuong vu",
    "van phong",
    "thu tuong",
    "chu tich",
    "hoi dong",
    "ban chap hanh",
    "ban chi dao",
    "pho thu tuong",
    "thuong truc",
    "ban thuong vu",
    "chu tich nuoc cong hoa",
    "mat tran",
    "ban",
    "hoi",
    "bo",
    "so",
    "vien",
    "tong",
    "ban can su",
    "doan dai bieu",
    "lien doan",
    "bo tu lenh",
    "bo chi huy",
    "uy ban",
];

/// Words that one line leaves to the next: the first ends it, the second begins the next.
const JOINED: &[(&str, &str)] = &[
    ("uy", "ban"),
    ("dang", "bo"),
    ("dang", "uy"),
    ("can", "bo"),
    ("tong", "cuc"),
    ("chi", "cuc"),
    ("van", "phong"),
    ("cong", "an"),
    ("bao", "hiem"),
    ("lien", "doan"),
    ("quoc", "phong"),
    ("bien", "phong"),
    ("du", "phong"),
    ("phat", "trien"),
    ("quan", "doan"),
    ("trung", "doan"),
    ("xuc", "tien"),
    ("nha", "bao"),
    ("noi", "vu"),
    ("dich", "vu"),
    ("thuong", "vu"),
    ("giao", "vien"),
    ("bo", "truong"),
    ("moi", "truong"),
    ("thi", "truong"),
    ("tap", "doan"),
    ("trien", "khai"),
    ("cong", "doan"),
    ("hop", "doan"),
    ("thong", "bao"),
    ("dao", "tao"),
    ("tinh", "bao"),
    ("xa", "hoi"),
    ("chi", "hoi"),
    ("dai", "hoi"),
    ("noi", "chinh"),
    ("sinh", "vien"),
    ("hoc", "vien"),
    ("benh", "vien"),
    ("thu", "vien"),
    ("cong", "so"),
    ("chu", "so"),
];

/// Whether a line of capitals begins a name of its own.
pub(crate) fn begins_name(line: &str) -> bool {
    HEADS
        .iter()
        .any(|head| line.strip_prefix(head).is_some_and(|it| it.is_empty() || it.starts_with(' ')))
}

/// Whether `line` goes on with the name that `before` began.
pub(crate) fn goes_on(before: &str, line: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let first = line.split(' ').next().unwrap_or_default();
    !begins_name(line)
        || OPEN_ENDS.contains(&before)
        || matches!(last, "va" | "cua" | "thuoc" | "cac" | "ve")
        || JOINED.contains(&(last, first))
}

/// Whether words name an authority that issues: the line above the grounds of a decision.
pub(crate) fn begins_authority(line: &str) -> bool {
    const AUTHORITIES: &[&str] = &[
        "chu tich",
        "uy ban nhan dan",
        "ubnd",
        "hoi dong nhan dan",
        "bo truong",
        "chinh phu",
        "thu tuong",
        "quoc hoi",
        "tong bi thu",
        "uy ban thuong vu quoc hoi",
        "giam doc",
        "truong ban",
        "ban thuong vu",
        "ban chap hanh",
        "ban bi thu",
        "bo chinh tri",
        "tong giam doc",
        "chanh van phong",
        "thong doc",
        "cuc truong",
        "tong thanh tra",
        "chanh an",
        "vien truong",
        "tong cuc truong",
        "tong kiem toan",
        "chu nhiem",
        "hieu truong",
        "chi cuc truong",
        "hoi dong tham phan",
        "tinh uy",
        "thanh uy",
        "chanh thanh tra",
        "bi thu",
        "chi huy truong",
        "tu lenh",
        "truong phong",
        "vu truong",
        "bo",
        "so",
        "ban",
        "van phong",
        "hoi dong",
        "thuong truc",
    ];
    AUTHORITIES
        .iter()
        .any(|head| line.strip_prefix(head).is_some_and(|it| it.is_empty() || it.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, line: &str, one_name: bool) {
        assert_eq!(goes_on(before, line), one_name, "{before} / {line}");
    }

    #[test]
    fn lines_of_one_name_are_told_from_two_bodies() {
        check("uy ban nhan dan", "tinh lam giang", true);
        check("uy", "ban nhan dan", true);
        check("uy ban thuong vu", "quoc hoi", true);
        check("so khoa hoc va", "cong nghe", true);
        check("ban chap hanh dang", "bo tinh lam giang", true);
        check("ubnd tinh lam giang", "so giao duc va dao tao", false);
        check("ban chap hanh trung uong", "ban tuyen giao", false);
        check("tinh uy lam giang", "van phong", false);
    }
}
