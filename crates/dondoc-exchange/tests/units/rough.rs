//! Whatever the bytes are: an answer, and the same file never breaks what is known.

use dondoc_core::unit::{Line, Units};
use dondoc_exchange::units::{self, Vouched};
use proptest::prelude::*;

use crate::source::{REFORM, lam_giang};

const HEADS: [&str; 6] = [
    "key,from,kind,name,code,line,parent,until,into,area,population,source\n",
    "Đơn vị hành chính từ ngày 01/7/2025,,,Đơn vị hành chính trước ngày 01/7/2025,,,,,\nx\n",
    "Tỉnh Thành Phố,Mã TP,Quận Huyện,Mã QH,Phường Xã,Mã PX,Cấp,Tên Tiếng Anh\n",
    "Stt,Mã số,Tên 34 tỉnh sau sáp nhập\n",
    ", THÀNH PHỐ LAM GIANG,,\n",
    "[{\"Code\":\"01\",\"FullName\":\"Tỉnh Lam Giang\",\"Wards\":[]}]",
];

/// Cells as they stand in such files, and as they should not.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "Tỉnh Lam Giang (99)",
            "Thành phố",
            "Xã Bình An",
            "xã ",
            "Phường 1",
            "Huyện Đông Khê (001)",
            "00004",
            "00007",
            "Nhập toàn bộ",
            "Nhập một phần",
            "Giữ nguyên",
            "Nhập một phần diện tích, toàn bộ dân số",
            "a",
            "b",
            "code:00004",
            "-",
            "2025-07-01",
            "2025-06-30",
            "commune",
            "province",
            "party",
            "7",
            "Tp",
            "Khu vực bãi",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_rows_get_an_answer(
        head in prop::sample::select(HEADS.to_vec()),
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..13), 0..12),
    ) {
        let rows: Vec<String> = rows.iter().map(|it| it.join(",")).collect();
        let text = format!("{head}{}\n", rows.join("\n"));
        if let Ok((file, _)) = units::read("x", text.as_bytes(), Some(REFORM)) {
            let plan = units::plan(&Units::default(), &Vouched::default(), &file);
            let loaded = Units::new(plan.changes);
            let _ = loaded.check();
            for day in loaded.epochs(Line::State) {
                let _ = loaded.tree(Line::State, *day);
            }
            let vouched = Vouched { days: plan.vouches_on.into_iter().collect() };
            let again = units::plan(&loaded, &vouched, &file);
            prop_assert!(again.changes.is_empty(), "{:?}", again.changes);
        }
    }

    #[test]
    fn a_damaged_file_gets_an_answer(at in 0_usize..7_000, byte: u8) {
        let mut bytes = lam_giang();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok((file, _)) = units::read("x", &bytes, None) {
            let plan = units::plan(&Units::default(), &Vouched::default(), &file);
            let _ = Units::new(plan.changes).check();
        }
    }
}
