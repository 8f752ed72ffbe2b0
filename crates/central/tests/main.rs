//! Tests of central.
