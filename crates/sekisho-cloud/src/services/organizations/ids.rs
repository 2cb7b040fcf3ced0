//! Ids. Source: Organizations API Reference for their forms; their lengths as recorded.

use crate::dice::Dice;

/// `o-pdbiiraurm`.
pub(super) fn organization(dice: &mut Dice) -> String {
    format!("o-{}", dice.lower(10))
}

/// `r-bmrv`.
pub(super) fn root(dice: &mut Dice) -> String {
    format!("r-{}", dice.lower(4))
}

/// `ou-bmrv-hrcu9hog`: it tells its root.
pub(super) fn unit(root: &str, dice: &mut Dice) -> String {
    format!("ou-{}-{}", root.trim_start_matches("r-"), dice.lower(8))
}

/// `p-95lyaycq7l`.
pub(super) fn policy(dice: &mut Dice) -> String {
    format!("p-{}", dice.lower(10))
}

/// `car-` and 32 hexadecimal digits.
pub(super) fn request(dice: &mut Dice) -> String {
    format!("car-{}", dice.hex(32))
}

/// `h-` and 32 hexadecimal digits.
pub(super) fn handshake(dice: &mut Dice) -> String {
    format!("h-{}", dice.hex(32))
}
