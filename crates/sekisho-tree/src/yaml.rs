use crate::Read;
/// r
pub fn read_yaml(_t: &str) -> Read {
    Read { node: None, diagnostics: vec![] }
}
