use super::*;
#[test]
fn smoke() {
    let none = |_: &Name| None;
    for (text, want) in [
        ("1/3*3 == 1", true),
        ("0.1 + 0.2 == 0.3", true),
        ("-0.5 + 1 == 0.5", true),
        ("(1.25) * 4 == 5", true),
    ] {
        assert_eq!(Expression::read(text).unwrap().holds(&none), Ok(Some(want)), "{text}");
    }
}
