//! The table's fields of people, of what they did, and of devices.

/// As [`super::table::TABLE`].
pub(super) const TABLE: &[(&str, &[&str])] = &[
    // Who may sign in and what they did: of the department administrators and auditors alone.
    (
        "D",
        &[
            "access_ends_ms",
            "act_number",
            "checked_count",
            "has_code",
            "is_active",
            "login",
            "older",
            "people",
            "role",
            "sections",
            "session_count",
            "subject",
            "user_id",
            "whose",
        ],
    ),
    // How devices of stores stand.
    (
        "D",
        &[
            "backlog",
            "clock_ahead_ms",
            "condition",
            "invoices_oldest_ms",
            "invoices_pending",
            "printer_faults",
            "told_at_ms",
        ],
    ),
];
