//! What do tests of this module need? Hostile folders, and a thread that is not root.

use rustix::thread::{CapabilitySet, capabilities, set_capabilities};

/// From here on this thread may read no more than an ordinary user, even where the tests run as root.
pub(crate) fn without_privileges() {
    let mut sets = capabilities(None).unwrap();
    sets.effective.remove(CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH);
    set_capabilities(None, sets).unwrap();
}
