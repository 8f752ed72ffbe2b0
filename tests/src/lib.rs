//! Stories over more than one crate; each file in this folder is one story.
