//! Which policies ship? Files of the same form as an administration's own.

/// The profiles: the default first, then by name.
const PROFILES: [(&str, &str); 8] = [
    ("civic", include_str!("../../profiles/civic.toml")),
    ("dpg", include_str!("../../profiles/dpg.toml")),
    ("funding-de", include_str!("../../profiles/funding-de.toml")),
    ("minimal", include_str!("../../profiles/minimal.toml")),
    ("opencode", include_str!("../../profiles/opencode.toml")),
    ("osps", include_str!("../../profiles/osps.toml")),
    ("reuse", include_str!("../../profiles/reuse.toml")),
    ("standard-for-public-code", include_str!("../../profiles/standard-for-public-code.toml")),
];

/// What a policy builds on that does not say.
pub const DEFAULT: &str = "civic";

/// The names of all.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|(name, _)| *name)
}

/// The name of a profile, if there is one.
pub fn known(name: &str) -> Option<&'static str> {
    names().find(|known| *known == name)
}

/// What a profile says.
pub(super) fn text(name: &str) -> Option<&'static str> {
    PROFILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
