use crate::Read;
/// r
pub fn read_json(_t: &str) -> Read {
    Read { node: None, diagnostics: vec![] }
}
