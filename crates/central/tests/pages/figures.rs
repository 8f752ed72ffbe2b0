//! Numbers and lists of a report, as a program reads them.

use serde_json::Value;

/// The number under a name.
pub(super) fn int(value: &Value, name: &str) -> i64 {
    value[name].as_i64().unwrap_or_else(|| panic!("{name} in {value}"))
}

/// The list under a name.
pub(super) fn rows<'a>(report: &'a Value, list: &str) -> &'a [Value] {
    report[list].as_array().unwrap_or_else(|| panic!("{list} in {report}"))
}
