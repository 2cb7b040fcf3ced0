//! How long a data key is. Source: KMS API Reference, "GenerateDataKey".

use super::fault;
use crate::fault::Fault;

/// The length that a request asks for, in bytes; the model bounds it.
pub(super) fn length(spec: Option<&str>, bytes: Option<u32>) -> Result<usize, Fault> {
    let length = match (spec, bytes) {
        (Some("AES_256"), None) => Some(32),
        (Some("AES_128"), None) => Some(16),
        (None, Some(bytes)) => usize::try_from(bytes).ok(),
        _ => None,
    };
    length.ok_or_else(|| fault::validation("Please specify either number of bytes or key spec."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_both_is_wanted() {
        assert_eq!(length(Some("AES_256"), None), Ok(32));
        assert_eq!(length(Some("AES_128"), None), Ok(16));
        assert_eq!(length(None, Some(64)), Ok(64));
        assert!(length(None, None).is_err());
        assert!(length(Some("AES_256"), Some(32)).is_err());
    }
}
