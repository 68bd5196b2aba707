//! tmp
use dondoc_core::problem::Problem;
pub(crate) fn text(_b: &[u8]) -> Result<String, Problem> {
    Err(Problem::NoText)
}
