//! Tests.

mod typeset;
