//! The small programme of `testdata/exchange`, for tests.

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    pack::Pack,
};

pub(crate) fn pack() -> Pack {
    toml::from_str(include_str!("../../../testdata/exchange/pack.toml")).unwrap()
}

pub(crate) fn series(indicator: &str, option: &str) -> Series {
    Series {
        indicator: indicator.to_owned(),
        option: (!option.is_empty()).then(|| option.to_owned()),
    }
}

pub(crate) fn figure(indicator: &str, option: &str, content: Content) -> Figure {
    Figure {
        series: series(indicator, option),
        content,
        qualifier: Qualifier::Exact,
        status: Status::Final,
        source: Source::Derived,
        reason: None,
    }
}
