//! IP addresses and ranges in CIDR notation (RFC 4632), both versions.

use std::net::IpAddr;

/// A range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IpRange {
    base: IpAddr,
    prefix: u32,
}

impl IpRange {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`; without a prefix it is the one address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
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

    /// The first address of the range, where the range is written with another one.
    pub(crate) fn first_if_not_base(&self) -> Option<IpAddr> {
        let first = match self.base {
            IpAddr::V4(base) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                IpAddr::V4((base.to_bits() & mask).into())
            }
            IpAddr::V6(base) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                IpAddr::V6((base.to_bits() & mask).into())
            }
        };
        (first != self.base).then_some(first)
    }

    /// Whether the range is all addresses of its version.
    pub(crate) fn is_every(&self) -> bool {
        self.prefix == 0
    }

    /// Whether every address of the other range lies in this one.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.base)
    }

    /// How many bits are given.
    pub(crate) fn prefix(&self) -> u32 {
        self.prefix
    }

    /// Whether it is a range of IPv4.
    pub(crate) fn is_ipv4(&self) -> bool {
        self.base.is_ipv4()
    }

    /// Whether the address lies in the range; one of the other version never does.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
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
pub(crate) fn parse_address(text: &str) -> Option<IpAddr> {
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
    fn ranges_include_smaller_ones() {
        let range = |text| IpRange::parse(text).unwrap();
        assert!(range("10.0.0.0/8").includes(&range("10.1.0.0/16")));
        assert!(!range("10.1.0.0/16").includes(&range("10.0.0.0/8")));
        assert!(!range("10.0.0.0/8").includes(&range("11.0.0.0/16")));
        assert_eq!(range("10.0.0.7/8").first_if_not_base(), Some("10.0.0.0".parse().unwrap()));
        assert_eq!(range("10.0.0.0/8").first_if_not_base(), None);
        assert_eq!(range("1.2.3.4/0").first_if_not_base(), Some("0.0.0.0".parse().unwrap()));
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
