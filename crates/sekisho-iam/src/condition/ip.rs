//! IP addresses and ranges in CIDR notation (RFC 4632), both versions.

use std::net::IpAddr;

/// A range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IpRange {
    base: IpAddr,
    prefix: u32,
}

impl IpRange {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`; without a prefix it is the one address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            None => (text, None),
            Some((address, prefix)) => (address, Some(prefix)),
        };
        let base = parse_address(address)?;
        let longest = if base.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|prefix| *prefix <= longest)?
            }
            Some(_) => return None,
        };
        Some(Self { base, prefix })
    }

    /// Whether the address lies in the range; one of the other version never does.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let same = |base: u128, address: u128, width: u32| {
            (base ^ address).checked_shr(width - self.prefix).unwrap_or(0) == 0
        };
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(one)) => {
                same(base.to_bits().into(), one.to_bits().into(), 32)
            }
            (IpAddr::V6(base), IpAddr::V6(one)) => same(base.to_bits(), one.to_bits(), 128),
            _ => false,
        }
    }
}

/// Reads one address.
pub(super) fn parse_address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (range, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("::/0", "::1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("203.0.113.99/24", "203.0.113.1", true),
        ] {
            let range = IpRange::parse(range).unwrap();
            assert_eq!(
                range.contains(parse_address(address).unwrap()),
                expected,
                "{range:?} {address}"
            );
        }
    }

    #[test]
    fn what_is_no_range() {
        for text in
            ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "::/129", "10.0.0.0/8/8"]
        {
            assert_eq!(IpRange::parse(text), None, "{text}");
        }
    }
}
